// The epochs of one item: drawn as its steward, opened and checked as one of its recipients (design.md §4 Talk,
// crypto/FORMATS.md §9). Nobody sends under an epoch whose recipients their own fold does not allow.
import { equal, fromHex, hex } from '../crypto/bytes';
import { sha256 } from '../crypto/hash';
import { randomBytes } from '../crypto/random';
import { epochCommitment, wordNumbers } from '../crypto/talk';
import { epochWrapInfo, openWrap, wrapAad } from '../crypto/wrap';
import { wrapsRoot } from '../crypto/wraps_root';
import type { VerifiedEntry } from '../ledger/ledger';
import { readOpenedEpoch } from '../wire/messages';
import type { Failure } from './model';
import { failureOf, Refused, type Standpoint } from './standpoint';

export interface Epoch {
  number: number;
  secret: Uint8Array;
  recipients: ReadonlySet<string>;
}

interface Commit {
  number: number;
  kc: Uint8Array;
  wrapsRoot: Uint8Array;
  previous: Uint8Array;
  entry: VerifiedEntry;
}

const first = new Uint8Array(32);

function readCommit(entry: VerifiedEntry): Commit | null {
  const { epoch } = entry.payload.statement;
  const hash = (name: string) => (typeof entry.payload.body[name] === 'string' ? fromHex(entry.payload.body[name], 32) : null);
  const [kc, root, previous] = [hash('kc'), hash('wraps_root'), hash('previous')];
  return typeof epoch === 'number' && kc && root && previous ? { number: epoch, kc, wrapsRoot: root, previous, entry } : null;
}

export class Epochs {
  private readonly opened = new Map<number, Epoch | 'refused'>();
  private refusedUnder = '';
  private readonly opening = new Map<number, Promise<Epoch | null>>();

  constructor(private readonly at: Standpoint, private readonly item: string) {}

  commits(): Commit[] {
    const entries = this.at.holdings.ledger.units.get(`item/${this.item}`)?.entries ?? [];
    return entries.filter(({ payload }) => payload.kind === 'epoch.commit').map(readCommit).filter((one) => one !== null);
  }

  last(): Commit | null {
    return this.commits().at(-1) ?? null;
  }

  secret(number: number): Epoch | null {
    const epoch = this.opened.get(number);
    return epoch && epoch !== 'refused' ? epoch : null;
  }

  /** The server gave none for this number, as things stand. */
  refused(number: number): boolean {
    return this.opened.get(number) === 'refused';
  }

  /** What was refused is asked again once the circumstances (item state, own place in `epoch`) are others. */
  circumstances(now: string): void {
    if (now === this.refusedUnder) return;
    this.refusedUnder = now;
    for (const [number, epoch] of this.opened) if (epoch === 'refused') this.opened.delete(number);
  }

  /** Null where the server gives none to this device (said before it came in). Errors: rejects with Refused. */
  open(number: number): Promise<Epoch | null> {
    const known = this.opened.get(number);
    if (known !== undefined) return Promise.resolve(known === 'refused' ? null : known);
    const running = this.opening.get(number);
    if (running) return running;
    const started = this.fetch(number).finally(() => this.opening.delete(number));
    this.opening.set(number, started);
    return started;
  }

  private async fetch(number: number): Promise<Epoch | null> {
    const { at } = this;
    const commits = this.commits();
    const place = commits.findIndex((commit) => commit.number === number);
    const commit = commits[place];
    if (!commit) return null;
    // The chain of commits: nobody slips an epoch in between.
    const before = commits[place - 1]?.entry.envelopeHash ?? first;
    if (!equal(commit.previous, before)) throw new Refused({ code: 'EPOCH_UNSAFE', detail: 'previous' });
    let answer;
    try {
      answer = readOpenedEpoch(await at.connection.request('open', { item: this.item, epoch: number }));
    } catch (error) {
      const failure = failureOf(error);
      if (failure.code === 'OFFLINE') throw new Refused(failure);
      this.opened.set(number, 'refused');
      return null;
    }
    if (answer.item !== this.item || answer.epoch !== number) throw new Refused({ code: 'TAMPERED' });
    const root = wrapsRoot(answer.list);
    if (answer.wrap === null) {
      this.opened.set(number, 'refused');
      return null;
    }
    const mine = answer.list.find((one) => one.device === at.device.id);
    if (!root || !equal(root, commit.wrapsRoot)) throw new Refused({ code: 'EPOCH_UNSAFE', detail: 'list' });
    if (!mine || !equal(mine.digest, sha256(answer.wrap))) throw new Refused({ code: 'TAMPERED' });
    const info = epochWrapInfo(at.log, this.item, number, commit.kc);
    const secret = openWrap(at.device.kem, info, wrapAad(at.device.id), answer.wrap);
    if (!secret || !equal(epochCommitment(secret), commit.kc)) throw new Refused({ code: 'TAMPERED' });
    const epoch = { number, secret, recipients: new Set(answer.list.map((one) => one.device)) };
    this.opened.set(number, epoch);
    return epoch;
  }

  /** Recipients beyond what the own fold allows: nothing is sent then. A private seat checks that all are seated. */
  unsafe(epoch: Epoch, seated: ReadonlySet<string>, inPrivateSeat: boolean): Failure | null {
    const { directory } = this.at.holdings.ledger;
    const allowed = inPrivateSeat ? seated : new Set(this.at.questions().epoch(this.item));
    const beyond = [...epoch.recipients].filter((id) => {
      const device = directory.liveAt(id, Number.MAX_SAFE_INTEGER);
      return !device || !allowed.has(device.person);
    });
    return beyond.length > 0 ? { code: 'EPOCH_UNSAFE', beyond } : null;
  }

  /** Draws and commits the next epoch. The first accepted commit of a number wins. Errors: rejects. */
  async commit(): Promise<void> {
    const { at, item } = this;
    at.requireExtension();
    at.requireComplete(this.caseId());
    await at.tails.assure(this.caseId());
    const last = this.last();
    const number = (last?.number ?? 0) + 1;
    const secret = randomBytes(32);
    const kc = epochCommitment(secret);
    const devices = at.liveDevices(at.questions().epoch(item));
    const { root, wraps } = at.wrapTo(devices, epochWrapInfo(at.log, item, number, kc), secret);
    const body = { kc: hex(kc), wraps_root: hex(root), previous: hex(last?.entry.envelopeHash ?? first) };
    const statement = { kind: 'epoch.commit', item, epoch: number, body };
    const answer = await at.append({ envelopes: [at.sign(statement)], blobs: [], wraps: [wraps] });
    this.opened.set(number, { number, secret, recipients: new Set(wraps.map(([device]) => device)) });
    await at.covers(answer.receipts[0]?.index ?? 0);
    // Another device was faster: what counts is what the ledger says.
    const winner = this.commits().find((commit) => commit.number === number);
    if (winner && !equal(winner.kc, kc)) this.opened.delete(number);
  }

  private caseId(): string {
    const entries = this.at.holdings.ledger.units.get(`item/${this.item}`)?.entries ?? [];
    return String(entries.find(({ payload }) => payload.kind === 'item.add')?.payload.statement['case']);
  }

  words(number: number): number[] | null {
    const commit = this.commits().find((one) => one.number === number);
    const root = commit && this.at.holdings.ledger.firstRootOver(commit.entry.index);
    return commit && root ? wordNumbers(commit.entry.leaf, root) : null;
  }

  wipe(): void {
    for (const epoch of this.opened.values()) if (epoch !== 'refused') epoch.secret.fill(0);
    this.opened.clear();
  }
}
