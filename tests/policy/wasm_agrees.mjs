// The same bytes natively and as WebAssembly (policy.md, head): every scenario of the folders given, through both.
// node wasm_agrees.mjs KASANE MODULE FOLDER…; exit status 1 where they differ, `skipped: …` where a part is not built.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [kasane, module, ...folders] = process.argv.slice(2);
for (const part of [kasane, module]) {
  if (!existsSync(part)) {
    console.log(`skipped: ${part} is not built`);
    process.exit(0);
  }
}
const decide = join(dirname(fileURLToPath(import.meta.url)), '../../client-web/wasm/decide.mjs');
const present = folders.filter((folder) => existsSync(folder));
const files = present.flatMap((folder) => readdirSync(folder).filter((name) => name.endsWith('.json')).map((name) => join(folder, name)));
let differing = files.length === 0 ? 1 : 0;
for (const file of files) {
  for (const more of [[], ['--pretty']]) {
    const native = spawnSync(kasane, ['decide', file, ...more]);
    const wasm = spawnSync(process.execPath, [decide, file, ...more], { env: { ...process.env, KASANE_WASM: module } });
    if (native.status === 0 && wasm.status === 0 && native.stdout.equals(wasm.stdout)) continue;
    console.log(`${file} ${more}: natively ${native.status} ${native.stderr}, in wasm ${wasm.status} ${wasm.stderr}`);
    differing += 1;
  }
}
console.log(`${files.length} scenarios, ${differing} differ`);
process.exit(differing === 0 ? 0 : 1);
