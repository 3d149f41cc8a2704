// The server showed something that cannot be true of an honest one. Evidence, not an error to repair: the client
// keeps what it saw, shows it, and extends nothing any more (design.md §3 Freshness).
import type { WireEntry } from '../wire/messages';

export type ViolationCode =
  | 'FOUNDING' // entry 0 is not the pinned one, or does not define the log's keys
  | 'LOG_NAME'
  | 'CHECKPOINT' // no valid signature of the log over the checkpoint
  | 'ROOT' // the leaves held do not give the signed root: two histories
  | 'ROLLED_BACK' // a signed head older than one already verified
  | 'SEEN' // the log holds a statement whose author was shown another history
  | 'HIDDEN' // a unit ends, in what was shown, before the place where the log says that it ends
  | 'GAP' // leaf hashes or entries of a unit are missing
  | 'LEAF' // an entry does not hash to its leaf
  | 'CHAIN' // an entry does not follow its unit's previous one
  | 'ENVELOPE'
  | 'SIGNATURE'
  | 'DEVICE' // signed by a device unknown, revoked or not its author's at that index
  | 'UNIT' // an entry stands in another unit than its statement's
  | 'STATEMENT' // the rules do not know it, or do not allow it where all they rest on is held
  | 'PROMISE' // an entry came after a head that the log had cosigned, and is not later than that
  | 'TIME' // ledger time ran backwards, or a signed time does not verify
  | 'UNEXPLAINED' // a leaf that no entry shown to an officer who reads everything accounts for
  | 'CLOSED'; // `closed` without the server's signature

/** What it rests on, for the evidence file. */
export interface Shown {
  /** The signed note that does not fit what is held. */
  note?: string;
  /** An entry that is in the log and cannot be, with the salt of the unit that it was shown in. */
  entry?: WireEntry;
  salt?: Uint8Array;
  /** Of a hidden tail: what the evidence file says of it. */
  hidden?: object;
}

export class LedgerViolation extends Error {
  constructor(readonly code: ViolationCode, readonly detail: string, readonly index: number | null = null, readonly shown: Shown = {}) {
    super(`${code}: ${detail}`);
    this.name = 'LedgerViolation';
  }
}
