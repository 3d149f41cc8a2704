// Law 12 of policy.md §11 through policy.wasm, as a browser holds it: of drawn ledgers, the units that a reader may read
// are folded entry by entry in an instance of the module, and each question is answered byte for byte as the native fold
// of the same entries answers it, and never permits what the whole ledger denies.
// node folds_in_wasm.mjs MODULE WRITER COUNT; ends with `N passed, N failed[, N skipped]`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openModule } from '../../client-web/wasm/decide.mjs';

const [modulePath, writer, count] = process.argv.slice(2);
for (const part of [modulePath, writer]) {
  if (existsSync(part)) continue;
  console.log(`skipped: ${part} is not built\n0 passed, 0 failed, 1 skipped`);
  process.exit(0);
}
const scratch = mkdtempSync(join(tmpdir(), 'kasane-folds-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
const module = openModule(modulePath);

/** An instance that holds one reader's fold (client-web/wasm/abi.cpp). */
function fresh(reader) {
  const { exports: door } = new WebAssembly.Instance(module, {});
  door._initialize();
  const give = (text, run) => {
    const bytes = Buffer.from(text);
    const at = door.p_alloc(bytes.length) >>> 0;
    new Uint8Array(door.memory.buffer).set(bytes, at);
    run(at, bytes.length);
    door.p_free(at);
    return Buffer.from(door.memory.buffer, door.p_out_ptr() >>> 0, door.p_out_len() >>> 0).toString();
  };
  give(reader, (at, length) => door.p_reader(at, length));
  return {
    append: ({ payload, index, time_ms: time }) =>
      give(payload, (at, length) => door.p_append(at, length, BigInt(index), BigInt(time))),
    ask: (query) => give(JSON.stringify(query), (at, length) => door.p_ask(at, length)),
  };
}

const written = spawnSync(writer, [scratch, count], { encoding: 'utf8' });
if (written.status !== 0) {
  console.log(`${writer}: ${written.stderr}\n0 passed, 1 failed`);
  process.exit(1);
}

const failures = [];
let passed = 0;
let questions = 0;
let permits = 0;
for (const file of readdirSync(scratch)) {
  const { reader, entries, answers } = JSON.parse(readFileSync(join(scratch, file), 'utf8'));
  const wrong = [];
  const fold = fresh(reader);
  for (const entry of entries) {
    // A browser drops an entry whose unit it finds to be another (design.md §3).
    const folded = fold.append(entry);
    if (folded !== JSON.stringify({ unit: entry.unit })) wrong.push(`entry ${entry.index}: ${folded}, natively ${entry.unit}`);
  }
  for (const { query, answer, may_permit: mayPermit } of answers) {
    questions += 1;
    const held = fold.ask(query);
    if (held !== answer) wrong.push(`${JSON.stringify(query)}: ${held}, natively ${answer}`);
    if (JSON.parse(held).outcome !== 'permit') continue;
    permits += 1;
    if (!mayPermit) wrong.push(`${JSON.stringify(query)} is permitted here and not by the whole`);
  }
  if (wrong.length === 0) passed += 1;
  else failures.push(`${file}, ${reader}: ${wrong.length} wrong, the first: ${wrong[0]}`);
}
for (const failure of failures.slice(0, 20)) console.log(failure);
console.log(`${questions} questions asked of ${count} readers' folds in policy.wasm, ${permits} permitted`);
if (permits === 0) failures.push('nothing was permitted');
console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length === 0 ? 0 : 1);
