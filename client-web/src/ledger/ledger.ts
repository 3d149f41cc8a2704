// The verified log as one device holds it: all leaf hashes, and of the units it may read every entry. Nothing counts
// before it is checked here: signed root over all leaves, leaf = entry, unit chain without a hole, signatures by
// devices of the ledger's own directory (design.md §3). What the rules make of it is `policy/`'s matter.
import { equal, hex, utf8 } from '../crypto/bytes';
import { parseEnvelope, verifyEnvelope } from '../crypto/envelope';
import { sha256 } from '../crypto/hash';
import { hashOfLeaf, unitTag } from '../crypto/leaf';
import { verifyCheckpoint } from '../crypto/note';
import type { WireEntry } from '../wire/messages';
import { Directory } from './directory';
import { type Founding, readFounding } from './founding';
import { parsePayload, type Payload, type Seen } from './payload';
import { Roots } from './roots';
import { LedgerViolation, type ViolationCode } from './violation';

export interface VerifiedEntry {
  index: number;
  timeMs: number;
  unit: string;
  position: number;
  envelope: string;
  /** SHA-256 of the envelope's text. */
  envelopeHash: Uint8Array;
  payloadBytes: Uint8Array;
  payload: Payload;
  leaf: Uint8Array;
  ciphertext: Uint8Array | null;
}

export interface Unit {
  name: string;
  tag: string;
  salt: Uint8Array;
  entries: VerifiedEntry[];
}

/** What one message of the server adds, before any of it is believed. */
export interface Arrival {
  /** Index of the first of `leaves`. */
  from: number;
  leaves: Uint8Array[];
  checkpoint: string;
  salts: Map<string, Uint8Array>;
  entries: WireEntry[];
}

const noHash = new Uint8Array(32);

export class Ledger {
  readonly leaves: Uint8Array[] = [];
  readonly units = new Map<string, Unit>();
  private readonly byIndex = new Map<number, VerifiedEntry>();
  private newestIndex = -1;
  directory = new Directory();
  private readonly roots = new Roots();
  private founded: Founding | null = null;
  /** Text of the newest verified checkpoint. */
  checkpoint: string | null = null;
  private rootHash: Uint8Array = new Uint8Array(0);
  /** Roots of checkpoints by size, for the four words of an epoch. */
  private readonly checkpoints: { size: number; root: Uint8Array }[] = [];
  newestTimeMs = 0;

  constructor(readonly foundingHash: string) {}

  get size(): number {
    return this.leaves.length;
  }

  get founding(): Founding {
    if (!this.founded) throw new Error('Ledger.founding: nothing is held yet');
    return this.founded;
  }

  get isFounded(): boolean {
    return this.founded !== null;
  }

  /** Newest verified head, as payloads name it. */
  get seen(): Seen {
    return { size: this.size, root: hex(this.rootHash) };
  }

  /** What `feed` tells the server that this device holds. */
  held(): { size: number; units: [string, number][] } {
    return { size: this.size, units: [...this.units.values()].map((unit) => [unit.tag, unit.entries.length]) };
  }

  /**
   * Takes one arrival in, or throws LedgerViolation and stays as it was for good (the caller stops using it).
   * `trusted`: read back from this device's own sealed vault, so signatures are not verified a second time.
   * Returns the new entries in ledger order.
   */
  add(arrival: Arrival, trusted = false): VerifiedEntry[] {
    if (arrival.from !== this.size) throw new LedgerViolation('GAP', `leaves from ${arrival.from}, held ${this.size}`);
    const first = arrival.entries.find((entry) => entry.index === 0);
    if (!this.founded) {
      if (!first) throw new LedgerViolation('FOUNDING', 'entry 0 is missing');
      this.founded = readFounding(first.envelope, this.foundingHash);
      this.directory.found(this.founded.device);
    }
    this.extend(arrival);
    const entries = [...arrival.entries].sort((a, b) => a.index - b.index);
    for (const [name, salt] of arrival.salts) this.addUnit(name, salt);
    const taken = entries.map((entry) => this.taking(entry, trusted));
    if (!trusted) this.compareSeen(taken, arrival);
    return taken;
  }

  /**
   * What others say they have seen, against the own view: of each device the newest, since a device that saw another
   * history before has stopped by itself. An honest server refuses a `seen` that is no state of the log.
   */
  private compareSeen(entries: readonly VerifiedEntry[], arrival: Arrival): void {
    const newest = new Map<string, VerifiedEntry>();
    for (const entry of entries) {
      const known = newest.get(entry.payload.device);
      if (!known || known.payload.seen.size <= entry.payload.seen.size) newest.set(entry.payload.device, entry);
    }
    for (const { index, payload: { seen } } of newest.values()) {
      const root = seen.size === 0 ? null : this.rootAt(seen.size);
      if (root === null || hex(root) === seen.root) continue;
      throw this.about('SEEN', `its author saw another root at ${seen.size}`, arrival.entries.find((one) => one.index === index));
    }
  }

  /** What an entry cannot be is shown with the entry. */
  private taking(entry: WireEntry, trusted: boolean): VerifiedEntry {
    try {
      return this.take(entry, trusted);
    } catch (error) {
      throw error instanceof LedgerViolation ? this.about(error.code, error.detail, entry) : error;
    }
  }

  private about(code: ViolationCode, detail: string, entry: WireEntry | undefined): LedgerViolation {
    const salt = entry && this.units.get(entry.unit)?.salt;
    return new LedgerViolation(code, detail, entry?.index ?? null, entry && salt ? { entry, salt } : {});
  }

  /** Root of the first `size` leaves; null where this device does not hold them. */
  rootAt(size: number): Uint8Array | null {
    return this.roots.at(size, this.leaves);
  }

  private extend(arrival: Arrival): void {
    const head = verifyCheckpoint(arrival.checkpoint, this.founding.origin, this.founding.logKey);
    if (!head) throw new LedgerViolation('CHECKPOINT', 'not signed by the log');
    const size = this.size + arrival.leaves.length;
    const shown = { note: arrival.checkpoint };
    if (head.size < size) throw new LedgerViolation('ROLLED_BACK', `head ${head.size}, held ${size}`, null, shown);
    if (head.size !== size) throw new LedgerViolation('GAP', `head ${head.size}, leaves to ${size}`);
    const grown = this.roots.with(arrival.leaves);
    const { root } = grown;
    if (!equal(root, head.root)) throw new LedgerViolation('ROOT', `another root at ${size}`, null, shown);
    grown.commit();
    for (const leaf of arrival.leaves) this.leaves.push(leaf);
    this.rootHash = root;
    if (arrival.leaves.length > 0) this.checkpoints.push({ size, root });
    this.checkpoint = arrival.checkpoint;
  }

  private addUnit(name: string, salt: Uint8Array): Unit {
    const known = this.units.get(name);
    if (known) {
      if (!equal(known.salt, salt)) throw new LedgerViolation('CHAIN', `another salt of ${name}`);
      return known;
    }
    const unit: Unit = { name, salt, tag: hex(unitTag(salt, name)), entries: [] };
    this.units.set(name, unit);
    return unit;
  }

  private take(entry: WireEntry, trusted: boolean): VerifiedEntry {
    const unit = this.units.get(entry.unit);
    if (!unit) throw new LedgerViolation('CHAIN', `no salt of ${entry.unit}`, entry.index);
    const last = unit.entries.at(-1);
    if (entry.position !== unit.entries.length || !equal(entry.previous, last?.leaf ?? noHash)) {
      throw new LedgerViolation('CHAIN', `${entry.unit} at ${entry.position}`, entry.index);
    }
    if (last && (entry.index <= last.index || entry.timeMs < last.timeMs)) {
      throw new LedgerViolation('TIME', `${entry.unit} runs backwards`, entry.index);
    }
    const envelopeHash = sha256(utf8(entry.envelope));
    const leaf = hashOfLeaf({
      timeMs: entry.timeMs, unit: unitTag(unit.salt, unit.name), position: entry.position, previous: entry.previous,
      envelope: envelopeHash,
    });
    const held = this.leaves[entry.index];
    if (!held || !equal(held, leaf)) throw new LedgerViolation('LEAF', 'the entry is not the leaf', entry.index);
    const { payload, payloadBytes } = this.checkEnvelope(entry, trusted);
    const verified: VerifiedEntry = {
      index: entry.index, timeMs: entry.timeMs, unit: entry.unit, position: entry.position, envelope: entry.envelope,
      envelopeHash, payloadBytes, payload, leaf, ciphertext: entry.ciphertext,
    };
    unit.entries.push(verified);
    if (entry.unit === 'directory') this.directory.apply(entry.index, entry.timeMs, payload);
    this.byIndex.set(entry.index, verified);
    if (entry.index > this.newestIndex) {
      if (entry.timeMs < this.newestTimeMs) throw new LedgerViolation('TIME', 'ledger time runs backwards', entry.index);
      this.newestIndex = entry.index;
      this.newestTimeMs = entry.timeMs;
    }
    return verified;
  }

  private checkEnvelope(entry: WireEntry, trusted: boolean): { payload: Payload; payloadBytes: Uint8Array } {
    const envelope = parseEnvelope(entry.envelope);
    const payload = envelope && parsePayload(envelope.payload);
    if (!envelope || !payload) throw new LedgerViolation('ENVELOPE', 'does not parse', entry.index);
    const log = entry.index === 0 ? this.founding.origin : this.founding.log;
    if (payload.log !== log) throw new LedgerViolation('LOG_NAME', payload.log, entry.index);
    if (payload.unit !== entry.unit) throw new LedgerViolation('UNIT', `${payload.unit} in ${entry.unit}`, entry.index);
    if (payload.seen.size > entry.index) throw new LedgerViolation('STATEMENT', 'has seen the future', entry.index);
    if (trusted) return { payload, payloadBytes: envelope.payload };

    const signer = this.signer(payload, entry.index);
    if (!verifyEnvelope(envelope, 0, signer)) throw new LedgerViolation('SIGNATURE', payload.kind, entry.index);
    const second = payload.statement['with'];
    if ((typeof second === 'string') !== (envelope.signatures.length === 2)) {
      throw new LedgerViolation('SIGNATURE', 'number of signatures', entry.index);
    }
    if (typeof second === 'string') {
      const device = this.directory.liveAt(envelope.signatures[1]?.keyid ?? '', entry.index);
      if (!device || device.person !== second) throw new LedgerViolation('DEVICE', 'second signature', entry.index);
      if (!verifyEnvelope(envelope, 1, device.sign)) throw new LedgerViolation('SIGNATURE', 'second', entry.index);
    }
    return { payload, payloadBytes: envelope.payload };
  }

  /** The key that has to have signed: the server's for its own kinds, else the author's live device. */
  private signer(payload: Payload, index: number): Uint8Array {
    if (payload.device === 'server' || payload.by === 'server') {
      if (payload.device !== payload.by) throw new LedgerViolation('DEVICE', 'half a server', index);
      return this.founding.serverKey;
    }
    const device = this.directory.liveAt(payload.device, index);
    if (!device || device.person !== payload.by) throw new LedgerViolation('DEVICE', `${payload.kind} by ${payload.device}`, index);
    return device.sign;
  }

  /** Drops a unit that this person may not read any more. False where it was not held. */
  drop(name: string): boolean {
    for (const entry of this.units.get(name)?.entries ?? []) this.byIndex.delete(entry.index);
    return this.units.delete(name);
  }

  unitByTag(tag: string): string | null {
    for (const unit of this.units.values()) if (unit.tag === tag) return unit.name;
    return null;
  }

  /** All entries held, in ledger order. */
  entries(): VerifiedEntry[] {
    return [...this.byIndex.values()].sort((a, b) => a.index - b.index);
  }

  entry(index: number): VerifiedEntry | null {
    return this.byIndex.get(index) ?? null;
  }

  /** Root of the first verified checkpoint that covers this index. */
  firstRootOver(index: number): Uint8Array | null {
    return this.checkpoints.find((checkpoint) => checkpoint.size > index)?.root ?? null;
  }
}
