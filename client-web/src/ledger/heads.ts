// Every signed head that this device has seen, from whomever, is of one history (design.md §3 Freshness): compared with
// the leaves held, at once or when they come. The newest verified one is kept across restarts beside the ledger, so
// that a vault which lost its ledger still knows a server that went back.
import { base64, concat, equal, fromBase64, fromHex, fromUtf8, hex, utf8 } from '../crypto/bytes';
import { quorumAt } from '../crypto/cosignature';
import { checkpointBody, noteKeyId, noteSignature, verifyCheckpoint } from '../crypto/note';
import { isObject, type Json, parseJson } from '../wire/json';
import { type Founding, readFounding } from './founding';
import type { Ledger, VerifiedEntry } from './ledger';
import { promisedIn, Promises } from './promises';
import { LedgerViolation } from './violation';

export interface Head {
  size: number;
  root: Uint8Array;
  note: string;
}

/** Heads ahead of the leaves, and notes of before the log's key is known, that are remembered at once. */
const waitingMax = 64;
const knownMax = 256;

/** By when a head that the leaves here reach was vouched for, by the clock of whoever did. */
class Vouched {
  private ahead: { size: number; atMs: number }[] = [];
  atMs: number | null = null;

  put(size: number, atMs: number): void {
    this.ahead = [...this.ahead, { size, atMs }].slice(-waitingMax);
  }

  /** It counts once this device holds as much: else a server could show the newest head and hide what is under it. */
  reach(size: number): void {
    for (const { atMs } of this.ahead.filter((one) => one.size <= size)) this.atMs = Math.max(this.atMs ?? 0, atMs);
    this.ahead = this.ahead.filter((one) => one.size > size);
  }
}

export class Heads {
  /** The newest that was held against the leaves. */
  private newest: Head | null = null;
  private waiting: Head[] = [];
  private unfounded: string[] = [];
  private founded: Founding | null = null;
  /** A unit was closed to this reader at some time: not every leaf has to be theirs to explain. */
  closedOnce = false;
  /** By the quorum that entry 0 names; by the log itself. */
  private readonly byQuorum = new Vouched();
  private readonly byLog = new Vouched();
  private readonly promises = new Promises(() => this.ledger());
  /** How often the server has told how its witnesses stand. */
  told = 0;
  /** Notes and roots that were compared before. */
  private readonly known = new Set<string>();

  constructor(private readonly ledger: () => Ledger) {}

  /** Of the newest signed head, compared or not: a server that answers with less has gone back. */
  get size(): number {
    return Math.max(this.newest?.size ?? 0, this.waiting.at(-1)?.size ?? 0, this.ledger().size);
  }

  /** The newest that was verified, and the newest that was signed, for the evidence. */
  get verified(): Head | null {
    return this.newest;
  }
  get last(): Head | null {
    return this.waiting.at(-1) ?? this.newest;
  }

  /** Of the ledger, or as it was kept beside a ledger that is lost. */
  get founding(): Founding | null {
    return this.ledger().isFounded ? this.ledger().founding : this.founded;
  }

  /** By when that quorum had cosigned a head that the leaves here reach, by the witnesses' own clocks; null: none did. */
  get quorumAtMs(): number | null {
    return this.byQuorum.atMs;
  }
  /** Likewise the log's own key. */
  get ownAtMs(): number | null {
    return this.byLog.atMs;
  }

  /** A note of the server's. Errors: throws LedgerViolation. */
  saw(note: string): void {
    if (this.known.has(note)) return;
    const ledger = this.ledger();
    if (!ledger.isFounded) {
      this.unfounded = [...this.unfounded, note].slice(-waitingMax);
      return;
    }
    const { origin, logKey } = ledger.founding;
    const head = verifyCheckpoint(note, origin, logKey);
    if (!head) throw new LedgerViolation('CHECKPOINT', 'not signed by the log', null, { note });
    this.remember(note);
    this.compare({ size: head.size, root: head.root, note });
  }

  /**
   * A note that is to carry the cosignatures of the witnesses of entry 0. Where their quorum is not on it, it is one
   * more head of the log and nothing else. Errors: throws LedgerViolation.
   */
  cosigned(note: string): void {
    this.saw(note);
    const ledger = this.ledger();
    if (!ledger.isFounded) return;
    const { origin, logKey, witnesses } = ledger.founding;
    const atS = quorumAt(note, witnesses);
    const head = atS === null ? null : verifyCheckpoint(note, origin, logKey);
    if (!head || atS === null) return;
    this.byQuorum.put(head.size, atS * 1_000);
    this.reach();
  }

  /**
   * A note that is to carry the log's own cosignature. Where it does not, it is one more head of the log and nothing
   * else. Errors: throws LedgerViolation, too where an entry held here is not as late as it promises.
   */
  promised(note: string): void {
    this.saw(note);
    const ledger = this.ledger();
    const promised = ledger.isFounded ? promisedIn(note, ledger.founding) : null;
    if (!promised) return;
    this.promises.take(promised);
    this.byLog.put(promised.size, promised.atMs);
    this.reach();
  }

  private reach(): void {
    for (const vouched of [this.byQuorum, this.byLog]) vouched.reach(this.ledger().size);
  }

  /**
   * What a colleague's frame says that they have seen, with the log's signature over it. False where that signature is
   * none: then it says nothing about the server. Errors: throws LedgerViolation where it is another history's.
   */
  heard(value: Json | undefined): boolean {
    if (!isObject(value) || !this.ledger().isFounded) return false;
    const { size, root: rootText, signature } = value;
    if (typeof size !== 'number' || typeof rootText !== 'string' || typeof signature !== 'string') return false;
    const root = fromHex(rootText, 32);
    const { origin, logKey } = this.ledger().founding;
    if (!root || fromBase64(signature)?.length !== 64) return false;
    const at = `${size}/${rootText}`;
    if (this.known.has(at)) return true;
    const signed = base64(concat(noteKeyId(origin, logKey), fromBase64(signature) ?? new Uint8Array()));
    const note = `${checkpointBody({ origin, size, root })}\n— ${origin} ${signed}\n`;
    if (!verifyCheckpoint(note, origin, logKey)) return false;
    this.remember(at);
    this.compare({ size, root, note });
    return true;
  }

  /** The own newest head, as frames carry it. */
  said(): { size: number; root: string; signature: string } | null {
    const { checkpoint, isFounded } = this.ledger();
    if (!isFounded || checkpoint === null) return null;
    const signature = noteSignature(checkpoint, this.ledger().founding.origin, this.ledger().founding.logKey);
    return signature && { ...this.ledger().seen, signature: base64(signature) };
  }

  /** After the ledger took something in: `fresh` are the entries. Errors: throws LedgerViolation. */
  settle(fresh: readonly VerifiedEntry[] = []): void {
    const ledger = this.ledger();
    if (!ledger.isFounded) return;
    for (const note of this.unfounded.splice(0)) this.saw(note);
    const due = this.waiting.filter((head) => head.size <= ledger.size);
    this.waiting = this.waiting.filter((head) => head.size > ledger.size);
    for (const head of due) this.compare(head);
    if (this.newest && this.newest.size <= ledger.size && this.newest.note !== ledger.checkpoint) this.compare(this.newest);
    if (ledger.checkpoint !== null && ledger.size >= (this.newest?.size ?? 0)) {
      this.newest = { size: ledger.size, root: ledger.rootAt(ledger.size) ?? new Uint8Array(), note: ledger.checkpoint };
    }
    for (const entry of fresh) this.promises.check(entry);
    this.reach();
  }

  private compare(head: Head): void {
    const ledger = this.ledger();
    if (head.size > ledger.size) {
      this.waiting = [...this.waiting, head].sort((a, b) => a.size - b.size).slice(-waitingMax);
      return;
    }
    const root = ledger.rootAt(head.size);
    if (root && !equal(root, head.root)) throw new LedgerViolation('ROOT', `two roots at ${head.size}`, null, { note: head.note });
  }

  private remember(what: string): void {
    this.known.add(what);
    if (this.known.size > knownMax) this.known.delete(this.known.values().next().value ?? '');
  }

  // ── across restarts ───────────────────────────────────────────────────────
  print(): Uint8Array | null {
    const { newest: head, founding } = this;
    return head && founding && utf8(JSON.stringify({ size: head.size, root: hex(head.root), note: head.note, founding: founding.envelope, closed_once: this.closedOnce, own: this.promises.newest?.note ?? null }));
  }

  /** From the own sealed vault: not judged again. */
  read(bytes: Uint8Array | null): void {
    const value = bytes && parseJson(fromUtf8(bytes) ?? '');
    if (!value || !isObject(value)) return;
    const { size, root: rootText, note, founding } = value;
    const root = typeof rootText === 'string' ? fromHex(rootText, 32) : null;
    if (typeof size !== 'number' || !root || typeof note !== 'string' || typeof founding !== 'string') return;
    this.founded = readFounding(founding, this.ledger().foundingHash);
    this.newest = { size, root, note };
    this.closedOnce = value['closed_once'] === true;
    const { own } = value;
    const promised = typeof own === 'string' && this.founded ? promisedIn(own, this.founded) : null;
    if (promised) this.promises.take(promised);
  }
}
