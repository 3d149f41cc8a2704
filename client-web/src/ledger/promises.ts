// What the log has promised under its own timestamped cosignature (server/log/FORMAT.md "The log's own cosignature"):
// that it held so many entries at that second, and that every later one is later. Its key stands in entry 0.
import { cosignedAt } from '../crypto/cosignature';
import { noteKeyTypes, parseNote, verifyCheckpoint } from '../crypto/note';
import type { Founding } from './founding';
import type { Ledger, VerifiedEntry } from './ledger';
import { LedgerViolation } from './violation';

export interface Promised {
  size: number;
  atMs: number;
  note: string;
}

/** Of eight hours, at one in 30 s. */
const heldMax = 1_024;

/** Null where the note does not carry the log's own cosignature, or the log makes none. */
export function promisedIn(note: string, { origin, logKey, cosignerKey }: Founding): Promised | null {
  const head = cosignerKey && verifyCheckpoint(note, origin, logKey);
  const signed = head && parseNote(note);
  const atS = signed && cosignedAt(signed, { name: origin, key: cosignerKey, type: noteKeyTypes.cosigner });
  return typeof atS === 'number' && head ? { size: head.size, atMs: atS * 1_000, note } : null;
}

export class Promises {
  /** By size; none of an earlier time than one before it, since that would say less. */
  private held: Promised[] = [];

  constructor(private readonly ledger: () => Ledger) {}

  get newest(): Promised | null {
    return this.held.at(-1) ?? null;
  }

  /** Errors: throws LedgerViolation where an entry that is held breaks it. */
  take(promised: Promised): void {
    const says = (more: Promised, less: Promised) => more.size <= less.size && more.atMs >= less.atMs;
    if (this.held.some((one) => says(one, promised))) return;
    this.held = [...this.held.filter((one) => !says(promised, one)), promised].sort((a, b) => a.size - b.size).slice(-heldMax);
    for (const entry of this.ledger().entries()) this.hold(entry, promised);
  }

  /** Of an entry that has come. Errors: throws LedgerViolation. */
  check(entry: VerifiedEntry): void {
    const promised = this.held.filter((one) => one.size <= entry.index).at(-1); // the latest of those that bind it
    if (promised) this.hold(entry, promised);
  }

  private hold(entry: VerifiedEntry, promised: Promised): void {
    if (entry.index < promised.size || entry.timeMs > promised.atMs) return;
    const unit = this.ledger().units.get(entry.unit);
    const previous = unit?.entries[entry.position - 1]?.leaf ?? new Uint8Array(32);
    throw new LedgerViolation('PROMISE', `not later than the log promised at ${promised.size}`, entry.index, {
      note: promised.note, entry: { ...entry, previous }, ...(unit && { salt: unit.salt }),
    });
  }
}
