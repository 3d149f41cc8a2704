// Statements that a second person has to sign (policy.md `with`): asked of them, shown with what they say, completed by
// an own append or put away. What waits stands at the server for a day from the first signature (design.md §3).
import { type Signal, signal } from '@preact/signals-core';
import { fromUtf8, hex, utf8 } from '../crypto/bytes';
import { countersign, parseEnvelope, printEnvelope, verifyEnvelope } from '../crypto/envelope';
import { sha256 } from '../crypto/hash';
import type { VerifiedEntry } from '../ledger/ledger';
import { parsePayload, type Payload } from '../ledger/payload';
import type { HalfSigned } from './client';
import type { Keep } from './ports';
import type { Standpoint } from './standpoint';

const key = 'second';
const dayMs = 86_400_000;
const declinedMax = 200;

const idOf = (payload: Uint8Array): string => hex(sha256(payload)).slice(0, 32);

function shown(payload: Payload, bytes: Uint8Array, envelope: string, to: string): HalfSigned {
  return {
    id: idOf(bytes), envelope, from: payload.by, to, until: payload.signedAtMs + dayMs,
    statement: { ...payload.statement, kind: payload.kind, by: payload.by },
  };
}

/** Null where it does not ask this person, or the first signature does not hold. */
export function readHalfSignedEnvelope(at: Standpoint, text: string): HalfSigned | null {
  const envelope = parseEnvelope(text);
  const payload = envelope && parsePayload(envelope.payload);
  if (!envelope || !payload || envelope.signatures.length !== 1 || payload.log !== at.log) return null;
  if (at.person === null || payload.statement['with'] !== at.person) return null;
  const author = at.holdings.ledger.directory.liveAt(payload.device, Number.MAX_SAFE_INTEGER);
  if (!author || author.person !== payload.by || !verifyEnvelope(envelope, 0, author.sign)) return null;
  return shown(payload, envelope.payload, text, at.person);
}

export class SecondSignatures {
  /** For me to sign or to put away. */
  readonly mine: Signal<HalfSigned[]> = signal([]);
  /** Asked by me of another. */
  readonly asked: Signal<HalfSigned[]> = signal([]);
  private declined: string[] = [];
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly at: Standpoint, private readonly keep: Keep) {}

  async load(): Promise<void> {
    const bytes = await this.keep.get(key);
    const text = bytes && fromUtf8(bytes);
    if (!text) return;
    const kept = JSON.parse(text) as { asked: HalfSigned[]; declined: string[] };
    this.asked.value = kept.asked;
    this.declined = kept.declined;
  }

  /** Those among them that are new, for a note. */
  take(texts: string[]): HalfSigned[] {
    const fresh = texts.map((text) => readHalfSignedEnvelope(this.at, text)).filter((half): half is HalfSigned => half !== null
      && !this.declined.includes(half.id) && !this.mine.peek().some((one) => one.id === half.id) && !this.stands(half.id));
    if (fresh.length > 0) this.mine.value = [...this.mine.peek(), ...fresh];
    return fresh;
  }

  /** The server keeps it now for whom it asks. */
  put(envelopeText: string): void {
    const envelope = parseEnvelope(envelopeText);
    const payload = envelope && parsePayload(envelope.payload);
    const to = payload?.statement['with'];
    if (!envelope || !payload || typeof to !== 'string') return;
    const half = shown(payload, envelope.payload, envelopeText, to);
    this.asked.value = [...this.asked.peek().filter((one) => one.id !== half.id), half];
    this.store();
  }

  /** The whole envelope; null where it is not one of these. */
  complete(id: string): string | null {
    const half = this.mine.peek().find((one) => one.id === id);
    const envelope = half && parseEnvelope(half.envelope);
    const whole = envelope && countersign(envelope, this.at.device.id, this.at.device.signing);
    return whole ? printEnvelope(whole) : null;
  }

  /** On this device alone: nothing is written, and the first signature lapses by itself. */
  decline(id: string): void {
    this.declined = [...this.declined, id].slice(-declinedMax);
    this.mine.value = this.mine.peek().filter((one) => one.id !== id);
    this.store();
  }

  done(id: string): void {
    this.mine.value = this.mine.peek().filter((one) => one.id !== id);
  }

  /** What stands in the ledger, or is a day old, waits no more. */
  arrived(entries: readonly VerifiedEntry[], nowMs: number): void {
    const standing = new Set(entries.filter((entry) => 'with' in entry.payload.statement).map((entry) => idOf(entry.payloadBytes)));
    const waits = (one: HalfSigned) => !standing.has(one.id) && one.until > nowMs;
    if (!this.mine.peek().every(waits)) this.mine.value = this.mine.peek().filter(waits);
    if (!this.asked.peek().every(waits)) {
      this.asked.value = this.asked.peek().filter(waits);
      this.store();
    }
  }

  private stands(id: string): boolean {
    return this.at.holdings.ledger.entries().some((entry) => 'with' in entry.payload.statement && idOf(entry.payloadBytes) === id);
  }

  private store(): void {
    const kept = utf8(JSON.stringify({ asked: this.asked.peek(), declined: this.declined }));
    this.writing = this.writing.then(() => this.keep.put(key, kept)).catch(() => undefined); // only a reload would forget it
  }

  flush(): Promise<void> {
    return this.writing;
  }
}
