// What this device holds: the verified ledger, and the fold of it by the rules. The only place where entries get from
// the one to the other.
import { LedgerViolation } from '../ledger/violation';
import { Heads } from '../ledger/heads';
import { type Arrival, Ledger, type VerifiedEntry } from '../ledger/ledger';
import type { Policy, PolicyFold } from '../policy/door';
import { Questions } from '../policy/questions';
import { Chunks } from './chunks';
import type { Keep } from './ports';

export class Holdings {
  ledger: Ledger;
  private fold: PolicyFold;
  private foldedTo = -1;
  private reader: string | null = null;
  private readonly chunks: Chunks;
  readonly heads = new Heads(() => this.ledger);
  /** Raised whenever the fold changed: cached answers of an older one are void. */
  generation = 0;

  constructor(
    private readonly policy: Policy, keep: Keep, private readonly foundingHash: string, private readonly device: string,
  ) {
    this.ledger = new Ledger(foundingHash);
    this.fold = policy.fresh(null);
    this.chunks = new Chunks(keep);
  }

  /** Reads back what the vault keeps; what does not verify any more is asked for anew. */
  async load(): Promise<void> {
    const chunks = await this.chunks.load();
    const head = await this.chunks.headKept();
    try {
      this.heads.read(head);
      if (chunks === null) throw new LedgerViolation('ENVELOPE', 'a kept chunk does not read');
      for (const chunk of chunks) {
        for (const unit of chunk.droppedBefore) this.ledger.drop(unit);
        this.ledger.add(chunk.arrival, true);
        for (const unit of chunk.dropped) this.ledger.drop(unit);
      }
      this.reader = this.ledger.directory.device(this.device)?.person ?? null;
      this.heads.settle();
      this.refold(false);
      await this.chunks.compact(this.ledger, chunks.length);
    } catch {
      await this.chunks.clear();
      this.ledger = new Ledger(this.foundingHash);
      this.fold = this.policy.fresh(null);
      this.foldedTo = -1;
    }
  }

  /** Whose device this is, by the directory; null before it is held. */
  get person(): string | null {
    return this.reader;
  }

  /** Whose fold this is, as the server's answer to `authenticate` says; the directory has to agree once it is held. */
  read(person: string): void {
    if (this.reader === person) return;
    this.reader = person;
    this.refold(true);
  }

  /** Errors: throws LedgerViolation, and PolicyFailed where the module gave up. */
  take(arrival: Arrival, closed: string[], droppedBefore: boolean): VerifiedEntry[] {
    const entries = this.ledger.add(arrival);
    this.heads.settle(entries);
    if (closed.length > 0) this.heads.closedOnce = true;
    // A feed's closed units were dropped before, so that they may come again whole in the same feed.
    const gone = droppedBefore ? closed : closed.filter((unit) => this.ledger.drop(unit));
    this.chunks.add(
      droppedBefore ? { arrival, droppedBefore: closed, dropped: [] } : { arrival, droppedBefore: [], dropped: gone }, this.heads.print(),
    );
    if (gone.length > 0 || entries.some((entry) => entry.index <= this.foldedTo)) this.refold(true);
    else for (const entry of entries) this.append(entry, true);
    this.generation++;
    return entries;
  }

  /** What was seen of the log's heads since the last entry came. */
  keepHeads(): void {
    this.chunks.keepHead(this.heads.print());
  }

  /** From the start, in a fresh instance: something earlier became readable, or something ceased to be. */
  private refold(checked: boolean): void {
    this.fold = this.policy.fresh(this.reader);
    this.foldedTo = -1;
    for (const entry of this.ledger.entries()) this.append(entry, checked);
    this.generation++;
  }

  private append(entry: VerifiedEntry, checked: boolean): void {
    if (checked && entry.unit === 'directory' && entry.index > 1 && !this.ruled.has(entry.index)) this.rule(entry);
    if (entry.payload.kind === 'key.release') this.groundOf(entry);
    const { unit } = this.fold.append(entry.index, entry.timeMs, entry.payloadBytes);
    if (unit !== entry.unit) throw new LedgerViolation('UNIT', `${entry.payload.kind} in ${entry.unit}, is ${unit}`, entry.index);
    this.foldedTo = entry.index;
  }

  /**
   * The directory is held whole, so its entries are judged and not believed: a server and one bad device together add
   * no person, role or device that the rules refuse.
   */
  private readonly ruled = new Set<number>();
  private rule(entry: VerifiedEntry): void {
    const { body: _body, ...statement } = entry.payload.statement;
    const answer = new Questions(this.fold, entry.timeMs).may({ ...statement, signed_with: entry.payload.device });
    if (!answer.accepted) throw new LedgerViolation('STATEMENT', `${entry.payload.kind}: ${answer.reason}`, entry.index);
    this.ruled.add(entry.index);
  }

  /** On what ground a key was released, asked at that point of the fold: later statements change nothing about it. */
  readonly grounds = new Map<number, string>();
  private groundOf(entry: VerifiedEntry): void {
    const { record, device, item } = entry.payload.statement;
    const person = typeof device === 'string' ? this.ledger.directory.device(device)?.person : undefined;
    if (typeof record !== 'string' || typeof device !== 'string' || person === undefined) return;
    const verdict = new Questions(this.fold, entry.timeMs).see(record, person, device, typeof item === 'string' ? item : null);
    if (verdict.outcome === 'permit' && verdict.ground) this.grounds.set(entry.index, verdict.ground);
    else this.grounds.delete(entry.index);
  }

  questions(atMs: number): Questions {
    return new Questions(this.fold, Math.max(atMs, this.ledger.newestTimeMs));
  }

  unitOf(statement: object): string {
    return this.fold.unitOf(statement);
  }

  /** Does it take from anybody's access (policy/stale)? The table is the policy's. */
  narrows(statement: object): boolean {
    return this.fold.effectOf(statement).narrows;
  }

  holds(unit: string): boolean {
    return this.ledger.units.has(unit);
  }

  flush(): Promise<void> {
    return this.chunks.flush();
  }
}
