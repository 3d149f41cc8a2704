// The questions of decisions.cpp, asked of policy.wasm and of two engines of others, in the same round: cedar-wasm (prepared
// policy, the one subject's live cells as tags, the smallest entities that decide) and casbin (the one subject's rules loaded
// beforehand). Both are given what a plain application would have looked up for them. All answers must agree.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { newEnforcer, newModelFromString } from 'casbin';

const cedar = createRequire(import.meta.url)('@cedar-policy/cedar-wasm/nodejs');
const { values: said } = parseArgs({
  options: {
    first: { type: 'string' }, rounds: { type: 'string' }, scratch: { type: 'string' }, program: { type: 'string' },
    peers: { type: 'string' }, smoke: { type: 'boolean' },
  },
});
const rows = (name) => readFileSync(`${said.scratch}/${name}`, 'utf8').trimEnd().split('\n').map((line) => line.split('\t'));
const questions = rows('questions.txt').map(([permit, query, subject, category, own, agency, person]) => ({
  permit: permit === '1', query, subject, category, own, agency, person,
}));
const granted = new Map(); // subject → the cells `category agency` whose newest word is a grant
for (const [subject, category, agency, state] of rows('consents.txt')) {
  if (!granted.has(subject)) granted.set(subject, new Set());
  const cell = `${category} ${agency}`;
  if (state === '1') granted.get(subject).add(cell);
  else granted.get(subject).delete(cell);
}

const first = Number(said.first ?? 0);
function figure(round, table, row, value) {
  process.stdout.write(`figure\t${round}\t${table}\t${row}\t${value.toPrecision(6)}\n`);
}
/** Nanoseconds of CPU a question, each given with its place in `questions`; every answer is held against the policy's. */
function measured(asked, decide, whose) {
  const answers = new Array(asked.length);
  const before = process.cpuUsage();
  for (let i = 0; i < asked.length; i++) answers[i] = decide(asked[i], i);
  const spent = process.cpuUsage(before);
  const each = ((spent.user + spent.system) * 1e3) / asked.length;
  asked.forEach((one, i) => {
    if (answers[i] !== one.permit) throw new Error(`${whose} and the policy do not agree on ${one.query}`);
  });
  return each;
}

function wasmDoor() {
  const module = new WebAssembly.Module(readFileSync(process.env.KASANE_WASM ?? 'build/wasm/policy.wasm'));
  const { exports: door } = new WebAssembly.Instance(module, {});
  door._initialize();
  const encoder = new TextEncoder();
  const room = door.p_alloc(1 << 16);
  const put = (text) => encoder.encodeInto(text, new Uint8Array(door.memory.buffer, room, 1 << 16)).written;
  door.p_reader(room, put('p-0'));
  for (const [index, time, payload] of rows('ledger.txt')) door.p_append(room, put(payload), BigInt(index), BigInt(time));
  // The query's bytes are written beforehand: what is compared with the native door begins with text in memory.
  const texts = questions.map((one) => {
    const bytes = encoder.encode(one.query);
    const at = door.p_alloc(bytes.length);
    new Uint8Array(door.memory.buffer).set(bytes, at);
    return [at, bytes.length];
  });
  const permit = encoder.encode('{"outcome":"permit"');
  return (_one, i) => {
    const [at, length] = texts[i];
    door.p_ask(at, length);
    const out = new Uint8Array(door.memory.buffer, door.p_out_ptr(), permit.length);
    return out[permit.length - 2] === permit[permit.length - 2]; // the t of permit, where a deny has another letter
  };
}

function cedarDecide() {
  const policies = `permit(principal, action == Action::"see", resource) when {
    principal in resource.item && (principal.agency == resource.agency ||
      (resource.subject.hasTag(context.cell) && context.now < resource.subject.getTag(context.cell))) };`;
  const parsed = cedar.preparsePolicySet('consent', { staticPolicies: policies });
  if (parsed.type !== 'success') throw new Error(JSON.stringify(parsed));
  const uid = (type, id) => ({ type, id });
  const until = 4_000_000_000;
  const subjects = new Map([...granted].map(([subject, cells]) =>
    [subject, { uid: uid('Subject', subject), attrs: {}, parents: [], tags: Object.fromEntries([...cells].map((cell) => [cell, until])) }]));
  const calls = questions.map((one) => ({
    principal: uid('Person', one.person), action: uid('Action', 'see'), resource: uid('Record', 'r'),
    context: { cell: `${one.category} ${one.agency}`, now: 1_780_000_000 },
    preparsedPolicySetId: 'consent',
    entities: [
      { uid: uid('Person', one.person), attrs: { agency: one.agency }, parents: [uid('Item', 'i')] },
      { uid: uid('Record', 'r'), parents: [], attrs: {
        agency: one.own, item: { __entity: uid('Item', 'i') }, subject: { __entity: uid('Subject', one.subject) } } },
      subjects.get(one.subject),
    ],
  }));
  return (_one, i) => {
    const answer = cedar.statefulIsAuthorized(calls[i]);
    if (answer.type !== 'success') throw new Error(JSON.stringify(answer));
    return answer.response.decision === 'allow';
  };
}

async function casbinDecide(asked) {
  const model = `[request_definition]
r = agency, own, category, now
[policy_definition]
p = agency, category, until
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.agency == r.own || (r.agency == p.agency && r.category == p.category && r.now < p.until)`;
  const enforcers = new Map();
  for (const { subject } of asked) {
    if (enforcers.has(subject)) continue;
    const enforcer = await newEnforcer(newModelFromString(model));
    for (const cell of granted.get(subject)) {
      const [category, agency] = cell.split(' ');
      await enforcer.addPolicy(agency, category, '4000000000');
    }
    enforcers.set(subject, enforcer);
  }
  return (one) => enforcers.get(one.subject).enforceSync(one.agency, one.own, one.category, 1_780_000_000);
}

const wasm = wasmDoor();
const few = questions.slice(0, said.smoke ? 20 : 3_000);
const cedarSees = cedarDecide();
const casbinSees = await casbinDecide(few);
for (let round = first; round < first + Number(said.rounds ?? 1); round++) {
  if (!said.smoke) measured(questions, wasm, 'policy.wasm'); // warm
  figure(round, 'see-door', 'wasm', measured(questions, wasm, 'policy.wasm'));
  figure(round, 'see', 'cedar', measured(few, cedarSees, 'cedar-wasm'));
  figure(round, 'see', 'casbin', measured(few, casbinSees, 'casbin'));
}
