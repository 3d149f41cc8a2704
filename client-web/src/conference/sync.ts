// Bringing what is held up to what the server has: `feed` in parts until it is live, then one batch after the other
// (design.md §3 Live verification). All of a feed is verified before any of it counts.
import { verifySignature } from '../crypto/signature';
import { closedInput } from '../crypto/signed_input';
import { hex } from '../crypto/bytes';
import { unitTag } from '../crypto/leaf';
import type { Arrival, Ledger, VerifiedEntry } from '../ledger/ledger';
import { LedgerViolation } from '../ledger/violation';
import { limits } from '../wire/limits';
import { type Batch, type FeedPart, readBatch, readFeedPart, type WireEntry } from '../wire/messages';
import type { Json } from '../wire/json';
import { Malformed } from '../wire/check';
import type { Standpoint } from './standpoint';

export interface SyncEvents {
  progress(held: number, size: number): void;
  /** A feed that the server asked for did not come through. */
  failed(error: unknown): void;
  /** What was verified and folded; `closed` = units that ceased to be readable. */
  arrived(entries: VerifiedEntry[], closed: string[]): void;
}

/** Bounds of one catching-up, beyond which the server is not believed to be ours. */
const feedLeavesMax = 20_000_000;
const feedEntriesMax = 500_000;
/** How much later than a colleague one may hear of an entry. */
const comesWithinMs = 10_000;

export class Sync {
  private feeding = false;
  /** What came in the same breath as the feed's last part. */
  private waiting: (() => void)[] = [];
  live = false;
  private expecting = false;

  constructor(private readonly at: Standpoint, private readonly events: SyncEvents) {}

  /** Someone has seen a log of this size: what does not come by itself is asked for, and the answer judged (`feed`). */
  expect(size: number): void {
    if (this.expecting || size <= this.at.holdings.ledger.size) return;
    this.expecting = true;
    this.at.host.after(comesWithinMs, () => {
      this.expecting = false;
      if (!this.live || this.at.holdings.ledger.size >= size) return;
      this.feed().catch((error: unknown) => this.events.failed(error));
    });
  }

  lost(): void {
    this.live = false;
    this.feeding = false;
    this.waiting = [];
  }

  /** Errors: rejects with RequestFailed, Malformed or LedgerViolation. */
  async feed(): Promise<void> {
    if (this.feeding) return;
    this.feeding = true;
    this.live = false;
    try {
      const { ledger, heads } = this.at.holdings;
      const parts: FeedPart[] = [];
      let leaves = 0;
      let entries = 0;
      let params: object = ledger.held();
      for (;;) {
        const part = readFeedPart(await this.at.connection.request('feed', params, 3 * limits.answerMs));
        if (part.size < heads.size) {
          throw new LedgerViolation('ROLLED_BACK', `server ${part.size}, held ${heads.size}`, null, { note: part.checkpoint });
        }
        if (part.leaves.length > 0 && part.from !== ledger.size + leaves) throw new LedgerViolation('GAP', `leaves from ${part.from}`);
        parts.push(part);
        leaves += part.leaves.length;
        entries += part.entries.length;
        if (leaves > feedLeavesMax || entries > feedEntriesMax) throw new Malformed('feed without end');
        this.events.progress(ledger.size + leaves, part.size);
        if (part.live) break;
        params = { next: true };
      }
      this.take(parts);
      this.live = true;
    } finally {
      this.feeding = false;
    }
    for (const look of this.waiting.splice(0)) look();
  }

  /** Now, or once the feed under way is taken: what is said of the log's head is held against all that was sent before it. */
  inOrder(look: () => void): void {
    if (this.feeding) this.waiting.push(look);
    else look();
  }

  private take(parts: FeedPart[]): void {
    const { ledger } = this.at.holdings;
    const last = parts.at(-1);
    if (!last) return;
    const whole = new Whole(ledger);
    for (const part of parts) whole.add(part);
    const closed = [...whole.closed];
    for (const unit of closed) ledger.drop(unit);
    const arrival: Arrival = {
      from: ledger.size, leaves: parts.flatMap((part) => part.leaves), checkpoint: last.checkpoint,
      salts: whole.salts, entries: whole.entries,
    };
    const entries = this.at.holdings.take(arrival, closed, closed.length > 0);
    this.at.clock.set(last.timeMs);
    this.events.arrived(entries, closed);
  }

  /** Errors: throws Malformed or LedgerViolation. */
  batch(params: Json): void {
    if (this.feeding) {
      this.waiting.push(() => this.batch(params));
      return;
    }
    if (!this.live) return; // what it says comes with the feed
    const batch = readBatch(params);
    const { ledger } = this.at.holdings;
    if (batch.refeed) {
      void this.feed().catch((error: unknown) => this.events.failed(error));
      return;
    }
    if (batch.size < ledger.size || (batch.size === ledger.size && batch.leaves.length > 0)) return; // the feed brought it
    if (batch.from > ledger.size) throw new Malformed('batch: a gap'); // asked for anew, by feed
    if (batch.timeMs < ledger.newestTimeMs) throw new LedgerViolation('TIME', 'server time before the newest entry');
    this.checkClosed(batch);
    const closed = batch.closed.map((one) => one.unit);
    const entries = this.at.holdings.take(batch, closed, false);
    this.at.clock.set(batch.timeMs);
    this.events.arrived(entries, closed);
  }

  private checkClosed(batch: Batch): void {
    const { founding } = this.at.holdings.ledger;
    for (const one of batch.closed) {
      const input = closedInput(this.at.log, this.at.me, one.unit, batch.size);
      if (!verifySignature(one.signature, input, founding.serverKey)) throw new LedgerViolation('CLOSED', one.unit);
    }
  }
}

/** The parts of one feed taken together: a unit may cease to be readable between two of them. */
class Whole {
  readonly salts = new Map<string, Uint8Array>();
  entries: WireEntry[] = [];
  /** Held units that were closed while we were away: unsigned here, since dropping can only take away (design.md §2). */
  readonly closed = new Set<string>();

  constructor(private readonly ledger: Ledger) {}

  add(part: FeedPart): void {
    const closed = new Set(part.closed);
    const gone = new Set([...this.salts].filter(([unit, salt]) => closed.has(hex(unitTag(salt, unit)))).map(([unit]) => unit));
    for (const tag of closed) {
      const held = this.ledger.unitByTag(tag);
      if (held !== null) this.closed.add(held);
      // Closed and sent anew in the same part: what comes with it is whole.
      if (held !== null && !part.salts.has(held)) gone.add(held);
    }
    for (const unit of gone) this.salts.delete(unit);
    this.entries = [...this.entries, ...part.entries].filter((entry) => !gone.has(entry.unit));
    for (const [unit, salt] of part.salts) this.salts.set(unit, salt);
  }
}
