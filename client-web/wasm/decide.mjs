// `node client-web/wasm/decide.mjs FILE.json [--pretty]`: answers a scenario (policy.md §10) through policy.wasm, byte for byte
// what `kasane decide` prints. KASANE_WASM names the module (default build/wasm/policy.wasm). Exit status 0; 2 where the file is
// no scenario, the module cannot be read, wants imports, or traps.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const fail = (why) => {
  process.stderr.write(`decide.mjs: ${why}\n`);
  process.exit(2);
};

const args = process.argv.slice(2);
const pretty = args.includes('--pretty');
const file = args.find((arg) => !arg.startsWith('--'));
if (file === undefined) fail('which scenario file?');

const read = (path) => {
  try {
    return readFileSync(path);
  } catch {
    return fail(`${path}: cannot be read`);
  }
};

const path = process.env.KASANE_WASM ?? fileURLToPath(new URL('../../build/wasm/policy.wasm', import.meta.url));
const module = new WebAssembly.Module(read(path));
if (WebAssembly.Module.imports(module).length > 0) fail('the module wants imports');
const { exports: door } = new WebAssembly.Instance(module, {});
door._initialize();

const scenario = read(file);
try {
  const input = door.p_alloc(scenario.length) >>> 0;
  if (input === 0) fail('no memory for the scenario');
  new Uint8Array(door.memory.buffer).set(scenario, input);
  const held = door.p_decide(input, scenario.length, pretty ? 1 : 0);
  // A new view: the call may have grown the memory.
  const start = door.p_out_ptr() >>> 0;
  const out = new Uint8Array(door.memory.buffer).slice(start, start + (door.p_out_len() >>> 0));
  if (held === 0) fail(`${file}: ${new TextDecoder().decode(out)}`);
  process.stdout.write(out);
} catch (error) {
  fail(`${file}: ${error.message}`);
}
