// `npm --prefix client-web run --silent decide -- FILE.json [--pretty]`: answers a scenario (policy.md §10) through policy.wasm,
// byte for byte what `kasane decide` prints. KASANE_WASM names the module (default build/wasm/policy.wasm). Exit status 0; 2 with
// one line on standard error where the file is no scenario, the module cannot be read, wants imports, or traps.
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const BYTES_MAX = 256 * 1024 * 1024; // of the module's memory: a larger file could not even be put into it

/** The module, compiled once; each scenario gets an instance of its own, since a trap ends one. */
export function openModule(path) {
  const module = new WebAssembly.Module(readFileSync(path));
  if (WebAssembly.Module.imports(module).length > 0) throw new Error('the module wants imports');
  return module;
}

/** `{answers}` or `{why}`: what `kasane decide` prints for these bytes, or the one line why they are no scenario. */
export function decide(module, scenario, pretty = false) {
  const { exports: door } = new WebAssembly.Instance(module, {});
  try {
    door._initialize();
    const input = door.p_alloc(scenario.length) >>> 0;
    if (input === 0) return { why: 'no memory for the scenario' };
    new Uint8Array(door.memory.buffer).set(scenario, input);
    const held = door.p_decide(input, scenario.length, pretty ? 1 : 0);
    // A new view: the call may have grown the memory.
    const start = door.p_out_ptr() >>> 0;
    const out = Buffer.from(door.memory.buffer, start, door.p_out_len() >>> 0);
    return held === 0 ? { why: out.toString() } : { answers: Buffer.from(out) };
  } catch (error) {
    return { why: `the rules ran out of memory (${error.message})` };
  }
}

/** One byte more than `BYTES_MAX` at most: a device never ends. */
function read(path) {
  const file = openSync(path, 'r');
  try {
    const pieces = [];
    for (let size = 0; size <= BYTES_MAX; ) {
      const piece = Buffer.alloc(1 << 16);
      const count = readSync(file, piece);
      if (count === 0) break;
      pieces.push(piece.subarray(0, count));
      size += count;
    }
    return Buffer.concat(pieces);
  } finally {
    closeSync(file);
  }
}

function main(args) {
  const file = args.find((arg) => !arg.startsWith('--'));
  if (file === undefined) return { why: 'which scenario file?' };
  const attempt = (what, act) => {
    try {
      return { value: act() };
    } catch (error) {
      return { why: `${what}: ${error.code === undefined ? error.message : 'cannot be read'}` };
    }
  };
  const path = process.env.KASANE_WASM ?? fileURLToPath(new URL('../../build/wasm/policy.wasm', import.meta.url));
  const module = attempt(path, () => openModule(path));
  if (module.why) return module;
  // npm runs scripts in client-web; INIT_CWD is where it was called.
  const scenario = attempt(file, () => read(resolve(process.env.INIT_CWD ?? '.', file)));
  if (scenario.why) return scenario;
  const result = decide(module.value, scenario.value, args.includes('--pretty'));
  return result.why ? { why: `${file}: ${result.why}` } : result;
}

if (process.argv[1] && fileURLToPath(import.meta.url) === resolve(process.argv[1])) {
  const { answers, why } = main(process.argv.slice(2));
  if (answers) process.stdout.write(answers);
  else process.stderr.write(`decide: ${why}\n`);
  process.exitCode = answers ? 0 : 2;
}
