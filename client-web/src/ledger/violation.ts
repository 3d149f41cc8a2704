// The server showed something that cannot be true of an honest one. Evidence, not an error to repair: the client
// keeps what it saw, shows it, and extends nothing any more (design.md §3 Freshness).

export type ViolationCode =
  | 'FOUNDING' // entry 0 is not the pinned one, or does not define the log's keys
  | 'LOG_NAME'
  | 'CHECKPOINT' // no valid signature of the log over the checkpoint
  | 'ROOT' // the leaves held do not give the signed root: two histories
  | 'ROLLED_BACK' // a signed head older than one already verified
  | 'GAP' // leaf hashes or entries of a unit are missing
  | 'LEAF' // an entry does not hash to its leaf
  | 'CHAIN' // an entry does not follow its unit's previous one
  | 'ENVELOPE'
  | 'SIGNATURE'
  | 'DEVICE' // signed by a device unknown, revoked or not its author's at that index
  | 'UNIT' // an entry stands in another unit than its statement's
  | 'STATEMENT' // the rules do not know it, or do not allow it where all they rest on is held
  | 'TIME' // ledger time ran backwards, or a signed time does not verify
  | 'CLOSED'; // `closed` without the server's signature

export class LedgerViolation extends Error {
  constructor(readonly code: ViolationCode, readonly detail: string, readonly index: number | null = null) {
    super(`${code}: ${detail}`);
    this.name = 'LedgerViolation';
  }
}
