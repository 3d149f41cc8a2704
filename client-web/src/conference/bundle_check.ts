// A bundle of `kasane export`, verified in the page: the same as `kasane verify FILE.zip` asks of it, by this client's
// own code and policy.wasm. Nothing of it leaves the page.
import { equal, fromBase64, fromUtf8, hex, utf8 } from '../crypto/bytes';
import { sha256 } from '../crypto/hash';
import { encodeLeaf, hashOfLeaf, unitTag } from '../crypto/leaf';
import { verifyInclusion } from '../crypto/merkle';
import { quorumAt } from '../crypto/cosignature';
import { verifyCheckpoint } from '../crypto/note';
import { envelopesName, jsonOf, leavesName, readEnvelopes, readLeaves, readProof, readUnits } from '../ledger/bundle_files';
import { Ledger, type VerifiedEntry } from '../ledger/ledger';
import { LedgerViolation } from '../ledger/violation';
import { promisedIn } from '../ledger/promises';
import { hasQuorum, leastCosigners, readPolicy, suits, type WitnessPolicy } from '../ledger/witness_policy';
import type { Files } from '../ledger/zip';
import { type Policy, PolicyFailed } from '../policy/door';
import { Questions, verdict } from '../policy/questions';
import { strOrNull } from './rows';
import { isObject, type JsonObject } from '../wire/json';
import type { WireEntry } from '../wire/messages';

/** What does not hold, by code (text/proof_*); `detail`: a file's name, a reason of the policy, or technical words. */
export interface Finding {
  index: number | null;
  what: FindingCode;
  detail: string;
}

export const findingCodes = [
  'about', 'units', 'extra', 'missing', 'unreadable', 'gap', 'time', 'leaf', 'envelope',
  'strange', 'unit', 'other_envelope', 'broken', 'seen', 'refused', 'opened', 'other_unit', 'no_request',
  'other_request', 'now_permit', 'now_deny', 'policy', 'other_witnesses', 'cosigned_head', 'cosigned_fork', 'no_quorum', 'own_head', 'own_fork', 'no_own', 'promise', 'other_log', 'not_made', 'decisions', 'proof',
] as const;
export type FindingCode = (typeof findingCodes)[number];

export interface BundleReport {
  log: string;
  size: number;
  part: boolean;
  envelopes: number;
  units: number;
  releases: number;
  refusals: number;
  proofs: number;
  findings: Finding[];
  /** What the page did not judge, by code (text/proof_*). */
  notJudged: string[];
}

export type Progress = (done: number, total: number) => Promise<void>;

const findingsMax = 1_000;
const entriesMax = 2_000_000;
const stretch = 256;
const noHash = new Uint8Array(32);
/** After these alone nobody has been given anything yet. */
const foundingEntries = 2;

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

export class BundleCheck {
  private readonly report: BundleReport = { log: '', size: 0, part: false, envelopes: 0, units: 0, releases: 0, refusals: 0, proofs: 0, findings: [], notJudged: ['readme'] };
  private readonly left: Set<string>;
  private readonly leaves: Uint8Array[] = [];
  private readonly entries: WireEntry[] = [];
  private readonly decided = new Map<number, string>();
  private readonly requests = new Map<string, VerifiedEntry>();
  private readonly released = new Set<string>();
  private note = '';
  private readonly times: number[] = [];

  constructor(private readonly files: Files, private readonly policy: Policy, private readonly foundingHash: string, private readonly progress: Progress) {
    this.left = new Set(files.keys());
  }

  async run(): Promise<BundleReport> {
    const about = jsonOf(fromUtf8(this.file('bundle.json')));
    const { size, made, scope } = about ?? {};
    if (!about || about['v'] !== 1 || typeof size !== 'number' || typeof made !== 'number' || size < 1 || size > entriesMax || made >= size || !isObject(scope)) {
      this.find(null, 'about');
      return this.report;
    }
    Object.assign(this.report, { log: strOrNull(about, 'log') ?? '', size, part: Object.keys(scope).length > 0 });
    if (this.report.part) this.report.notJudged.push('accepted');
    this.note = fromUtf8(this.file('checkpoint')) ?? '';
    this.file('README.txt');
    const units = readUnits(this.files);
    this.left.delete('units.jsonl');
    if (!units) this.find(null, 'units');
    this.report.units = units?.length ?? 0;
    await this.readTiles(size, units ?? []);
    const ledger = await this.fold(units ?? []);
    if (ledger) this.finish(ledger, made, scope);
    if (ledger) this.witnesses(ledger);
    if (ledger) this.own(ledger);
    this.left.delete('own');
    this.left.delete('cosigned');
    this.left.delete('policy');
    for (const name of this.left) this.find(null, 'extra', name);
    return this.report;
  }

  private find(index: number | null, what: FindingCode, detail = ''): void {
    if (this.report.findings.length < findingsMax) this.report.findings.push({ index, what, detail });
  }

  private file(name: string): Uint8Array {
    this.left.delete(name);
    const bytes = this.files.get(name);
    if (!bytes) this.find(null, 'missing', name);
    return bytes ?? new Uint8Array();
  }

  /** Every leaf, each unit's chain, and which envelope stands at which leaf. */
  private async readTiles(size: number, units: readonly { name: string; salt: Uint8Array }[]): Promise<void> {
    const byTag = new Map(units.map((unit) => [hex(unitTag(unit.salt, unit.name)), unit.name]));
    const chains = new Map<string, { count: number; last: Uint8Array }>();
    let lastMs = 0;
    const used = new Set<string>();
    for (let tile = 0; tile * stretch < size; tile++) {
      const width = Math.min(stretch, size - tile * stretch);
      const leaves = readLeaves(this.file(leavesName(tile, width)), width);
      const shown = readEnvelopes(this.files, tile);
      this.left.delete(envelopesName(tile));
      if (!leaves || !shown) {
        this.find(tile * stretch, 'unreadable');
        return;
      }
      leaves.forEach(({ leaf, bytes }, i) => {
        const index = tile * stretch + i;
        const tag = hex(leaf.unit);
        const chain = chains.get(tag) ?? { count: 0, last: noHash };
        if (leaf.position !== chain.count || !equal(leaf.previous, chain.last)) this.find(index, 'gap');
        if (leaf.timeMs < lastMs) this.find(index, 'time');
        lastMs = Math.max(lastMs, leaf.timeMs);
        this.times.push(leaf.timeMs);
        const hash = hashOfLeaf(leaf);
        if (!equal(encodeLeaf(leaf), bytes)) this.find(index, 'leaf');
        used.add(tag);
        chains.set(tag, { count: chain.count + 1, last: hash });
        this.leaves.push(hash);
        this.entry(index, leaf, byTag.get(tag) ?? null, shown.get(index) ?? null);
      });
      await this.progress(this.leaves.length, 2 * size);
    }
    for (const [tag, name] of byTag) if (!used.has(tag)) this.find(null, 'units', name);
  }

  private entry(index: number, leaf: Parameters<typeof hashOfLeaf>[0], unit: string | null, envelope: string | null): void {
    if (unit !== null && envelope === null) this.find(index, 'envelope');
    if (unit === null && envelope !== null) this.find(index, 'strange');
    if (unit === null && envelope === null && !this.report.part) this.find(index, 'unit');
    if (unit === null || envelope === null) return;
    if (!equal(sha256(utf8(envelope)), leaf.envelope)) this.find(index, 'other_envelope');
    this.entries.push({ index, timeMs: leaf.timeMs, unit, position: leaf.position, previous: leaf.previous, envelope, ciphertext: null });
  }

  /** Signatures and what was seen, then the rules, entry by entry as the server asked them. Null where it cannot go on. */
  private async fold(units: readonly { name: string; salt: Uint8Array }[]): Promise<Ledger | null> {
    const ledger = new Ledger(this.foundingHash);
    const fold = this.policy.fresh(null);
    const salts = new Map(units.map((unit) => [unit.name, unit.salt]));
    try {
      for (let from = 0; from < Math.max(1, this.entries.length); from += stretch) {
        const entries = this.entries.slice(from, from + stretch);
        const taken = ledger.add(from === 0
          ? { from: 0, leaves: this.leaves, checkpoint: this.note, salts, entries }
          : { from: ledger.size, leaves: [], checkpoint: this.note, salts: new Map(), entries });
        for (const entry of taken) this.rules(ledger, fold, entry);
        await this.progress(this.report.size + Math.round((from / Math.max(1, this.entries.length)) * this.report.size), 2 * this.report.size);
      }
      return ledger;
    } catch (error) {
      if (error instanceof LedgerViolation) this.find(error.index, 'broken', `${error.code}: ${error.detail}`);
      else if (error instanceof PolicyFailed) this.find(null, 'broken', error.message); // what stands there no rules can read
      else throw error;
      return null;
    }
  }

  private rules(ledger: Ledger, fold: ReturnType<Policy['fresh']>, entry: VerifiedEntry): void {
    const { payload, index } = entry;
    this.report.envelopes++;
    const root = payload.seen.size > 0 ? ledger.rootAt(payload.seen.size) : null;
    if (index > 1 && (!root || hex(root) !== payload.seen.root)) this.find(index, 'seen');
    const { body: _body, ...statement } = payload.statement;
    const questions = new Questions(fold, entry.timeMs);
    if (!this.report.part && index > 1) {
      const answer = questions.may({ ...statement, ...(payload.device === 'server' ? {} : { signed_with: payload.device }) });
      if (!answer.accepted) this.find(index, 'refused', answer.reason ?? '');
    }
    if (payload.kind === 'key.request') this.requests.set(hex(entry.envelopeHash), entry);
    if (payload.kind === 'key.release' || payload.kind === 'access.denied') this.decide(questions, entry);
    if (payload.kind === 'opened' && !this.released.has(`${strOrNull(statement, 'record')}/${strOrNull(statement, 'device')}/${payload.by}`)) this.find(index, 'opened');
    const { unit } = fold.append(index, entry.timeMs, entry.payloadBytes);
    if (unit !== entry.unit) this.find(index, 'other_unit');
    if (payload.kind === 'ledger.heads' && !this.report.notJudged.includes('heads')) this.report.notJudged.push('heads');
  }

  /** Decided again on what stands before it. */
  private decide(questions: Questions, { payload, index, timeMs }: VerifiedEntry): void {
    const { statement, body, kind } = payload;
    const release = kind === 'key.release';
    this.report[release ? 'releases' : 'refusals']++;
    const [record, person, device, item] = ['record', 'person', 'device', 'item'].map((name) => strOrNull(statement, name));
    const request = this.requests.get(strOrNull(body, 'request') ?? '');
    if (release && !request) this.find(index, 'no_request');
    if (request && (request.payload.by !== person || strOrNull(request.payload.statement, 'record') !== record || strOrNull(request.payload.statement, 'device') !== device)) {
      this.find(index, 'other_request');
    }
    if (release) this.released.add(`${record}/${device}/${person}`);
    const again = questions.see(record ?? '', person ?? '', device ?? null, item ?? null);
    const recorded = release && isObject(body['decision']) ? verdict({ outcome: 'permit', ...body['decision'] }) : null;
    const holds = release
      ? again.outcome === 'permit' && recorded !== null && again.ground === recorded.ground && same(again.cites, recorded.cites) && same(again.obligations, recorded.obligations) && again.until === recorded.until
      : again.outcome === 'deny' && (again.reason ?? 'UNKNOWN') === strOrNull(body, 'reason');
    if (!holds) this.find(index, again.outcome === 'permit' ? 'now_permit' : 'now_deny', again.ground ?? again.reason ?? '');
    this.decided.set(index, JSON.stringify({
      index, at: new Date(timeMs).toISOString(), kind, person: person ?? '', device: device ?? '', record: record ?? '', item: item ?? null, request: request?.index ?? null,
      prefix: index, ...(release ? { decision: body['decision'] ?? null } : { reason: body['reason'] ?? null }),
    }));
  }

  /** The policy file, and the newest head that witnesses cosigned: by entry 0's witnesses, where it names any, else by the policy's own. */
  private witnesses(ledger: Ledger): void {
    const { origin, logKey, witnesses: founded } = ledger.founding;
    const policy = readPolicy(fromUtf8(this.file('policy')) ?? '');
    const [log, ...more] = policy?.logs ?? [];
    if (!policy || !log || more.length > 0 || log.name !== origin || !equal(log.key, logKey)) return this.find(null, 'policy');
    const wanted = leastCosigners(policy) > 0 || (founded.least > 0 && ledger.size > foundingEntries);
    if (this.files.has('cosigned')) this.cosigned(ledger, policy);
    else if (wanted) this.find(null, 'no_quorum');
  }

  private cosigned(ledger: Ledger, policy: WitnessPolicy): void {
    const { origin, logKey, witnesses: founded } = ledger.founding;
    const note = fromUtf8(this.file('cosigned')) ?? '';
    const head = verifyCheckpoint(note, origin, logKey);
    if (!head) return this.find(null, 'cosigned_head');
    const root = ledger.rootAt(head.size);
    if (!root || !equal(root, head.root)) this.find(null, 'cosigned_fork');
    if (!suits(policy, founded)) this.find(null, 'other_witnesses');
    if (!hasQuorum(policy, note) || (founded.least > 0 && quorumAt(note, founded) === null)) this.find(null, 'no_quorum');
  }

  /** The newest head that the log itself cosigned, and that what came after it is later. Times never run backwards, so the next one speaks for all. */
  private own(ledger: Ledger): void {
    const { founding } = ledger;
    if (!this.files.has('own')) {
      if (founding.cosignerKey && ledger.size > foundingEntries) this.find(null, 'no_own');
      return;
    }
    const note = fromUtf8(this.file('own')) ?? '';
    const promised = promisedIn(note, founding);
    const head = promised && verifyCheckpoint(note, founding.origin, founding.logKey);
    if (!head) return this.find(null, 'own_head');
    const root = ledger.rootAt(head.size);
    if (!root || !equal(root, head.root)) this.find(null, 'own_fork');
    const next = this.times[head.size];
    if (next !== undefined && next <= promised.atMs) this.find(head.size, 'promise');
  }

  private finish(ledger: Ledger, made: number, scope: JsonObject): void {
    if (ledger.founding.log !== this.report.log) this.find(null, 'other_log');
    const recorded = ledger.entry(made)?.payload;
    if (recorded?.kind !== 'export.made' || !same(recorded.body['scope'], scope)) this.find(made, 'not_made');
    const told = [...this.decided.values()].map((line) => `${line}\n`).join('');
    if (fromUtf8(this.file('decisions.jsonl')) !== told) this.find(null, 'decisions');
    const { origin, logKey } = ledger.founding;
    const head = verifyCheckpoint(this.note, origin, logKey);
    for (const index of new Set([...this.decided.keys(), made])) {
      const proof = readProof(this.file(`proofs/${index}.tlog-proof`));
      const path = proof?.path.map(fromBase64) ?? [];
      const good = proof && head && proof.index === index && proof.note === this.note && path.every((step) => step !== null)
        && verifyInclusion(this.leaves[index] ?? noHash, index, head.size, head.root, path.filter((step) => step !== null));
      if (good) this.report.proofs++;
      else this.find(index, 'proof');
    }
  }
}
