// The same bytes natively and as WebAssembly (policy.md, head), through `kasane decide` and `npm … run decide`: every scenario of
// the folders given, COUNT generated ones, and files that are no scenario.
// node wasm_agrees.mjs KASANE MODULE WRITER COUNT FOLDER…; ends with `N passed, N failed, N skipped`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decide, openModule } from '../../client-web/wasm/decide.mjs';

const [kasane, modulePath, writer, count, ...folders] = process.argv.slice(2);
const clientWeb = join(dirname(fileURLToPath(import.meta.url)), '../../client-web');
for (const part of [kasane, modulePath, writer]) {
  if (existsSync(part)) continue;
  console.log(`skipped: ${part} is not built\n0 passed, 0 failed, 1 skipped`);
  process.exit(0);
}
const scratch = mkdtempSync(join(tmpdir(), 'kasane-agrees-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

let passed = 0;
const failures = [];
const check = (name, holds, detail = '') => {
  if (holds) passed += 1;
  else failures.push(`${name} ${detail}`);
};
const module = openModule(modulePath);
const native = (file, ...more) => spawnSync(kasane, ['decide', file, ...more], { maxBuffer: 1 << 28 });
const throughNpm = (file, ...more) =>
  spawnSync('npm', ['--prefix', clientWeb, 'run', '--silent', 'decide', '--', file, ...more], {
    env: { ...process.env, KASANE_WASM: resolve(modulePath) },
    maxBuffer: 1 << 28,
  });
const oneLine = (bytes) => /^[^\n]+\n$/.test(bytes.toString());
const jsonFiles = (folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(folder, name));

check('the module imports nothing', WebAssembly.Module.imports(module).length === 0);
check(
  'the module exports what the door binds and no more',
  WebAssembly.Module.exports(module)
    .map(({ name }) => name)
    .sort()
    .join() === '_initialize,memory,p_alloc,p_append,p_ask,p_decide,p_free,p_out_len,p_out_ptr,p_reader,p_unit',
  JSON.stringify(WebAssembly.Module.exports(module)),
);

// The scenarios, as a user would ask: npm from the folder that one stands in, a relative path.
for (const file of folders.filter((folder) => existsSync(folder)).flatMap(jsonFiles)) {
  const [one, other] = [native(file), throughNpm(relative('.', file))];
  const same = one.status === 0 && other.status === 0 && one.stdout.equals(other.stdout);
  check(file, same, `natively ${one.status} ${one.stderr}, in wasm ${other.status} ${other.stderr}`);
  const [wide, wideOther] = [native(file, '--pretty'), decide(module, readFileSync(file), true)];
  check(`${file} --pretty`, wideOther.answers?.equals(wide.stdout), wideOther.why);
}

// The generated ones, in this process, an instance each.
const generated = join(scratch, 'drawn');
check('scenarios are drawn', spawnSync(writer, [generated, count]).status === 0);
const drawn = jsonFiles(generated);
check(`${count} of them`, drawn.length === Number(count));
for (const file of drawn) {
  const [one, other] = [native(file), decide(module, readFileSync(file))];
  const same = one.status === 0 && other.answers !== undefined && one.stdout.equals(other.answers);
  check(file, same, `natively ${one.status} ${one.stderr}, in wasm ${other.why ?? 'other bytes'}`);
}

// What is no scenario: exit 2 with one line, in both.
const whole = '{"title":"x","statements":[],"queries":[]}';
const bad = {
  'an empty file': '',
  'half of one': whole.slice(0, 30),
  'trailing bytes': `${whole} x`,
  'two values': whole + whole,
  'a byte order mark': `\uFEFF${whole}`,
  'a duplicate key': whole.replace('"queries"', '"title":"y","queries"'),
  'a duplicate key deep within': whole.replace('"statements":[]', '"statements":[{"kind":"x","body":{"a":[{"b":1,"b":1}]}}]'),
  'a duplicate key, once escaped': whole.replace('"queries"', '"titl\\u0065":"y","queries"'),
  'invalid UTF-8': Buffer.concat([Buffer.from('{"title":"'), Buffer.from([0xc3, 0x28]), Buffer.from(whole.slice(10))]),
  'half of a surrogate pair': whole.replace('"x"', '"\\ud800"'),
  'a million nested brackets': whole.replace('[]', '['.repeat(1_000_000)),
  'a million nested brackets, closed': whole.replace('[]', '['.repeat(1_000_000) + ']'.repeat(1_000_000)),
  'a million nested objects': whole.replace('[]', '{"a":'.repeat(1_000_000)),
  'a comment': `/* no */${whole}`,
  'a trailing comma': whole.replace('"x",', '"x",,'),
  'not a number': whole.replace('[]', '[NaN]'),
  'a list': '[]',
  'a number': '1e999',
  'no title': '{"statements":[],"queries":[]}',
  'a title that is no text': whole.replace('"x"', '1'),
  'statements that are no list': whole.replace('[]', '{}'),
  'no queries': '{"title":"x","statements":[]}',
};
for (const [name, text] of Object.entries(bad)) {
  const file = join(scratch, 'bad.json');
  writeFileSync(file, text);
  const [one, other] = [native(file), decide(module, readFileSync(file))];
  check(`${name} is refused natively`, one.status === 2 && one.stdout.length === 0 && oneLine(one.stderr), one.stderr);
  check(`${name} is refused in wasm`, other.why !== undefined && !other.why.includes('\n'), other.why);
  check(`${name} for the same reason`, one.stderr.toString().endsWith(`: ${other.why}\n`), `${one.stderr}${other.why}`);
}
for (const file of [join(scratch, 'absent.json'), scratch, '/dev/zero']) {
  const one = native(file);
  check(`${file} is refused natively`, one.status === 2 && oneLine(one.stderr), one.stderr);
}
for (const file of [join(scratch, 'absent.json'), scratch, join(scratch, 'bad.json')]) {
  const other = throughNpm(file);
  check(`${file} is refused through npm`, other.status === 2 && other.stdout.length === 0 && oneLine(other.stderr), other.stderr);
}

for (const line of failures.slice(0, 20)) console.log(line);
console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length === 0 ? 0 : 1);
