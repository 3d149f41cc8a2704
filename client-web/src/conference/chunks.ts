// What was verified is kept, sealed in the vault, one chunk for each arrival, so that a reload asks only for the rest
// and notices a server that has gone back in time (design.md §3 Live verification).
import { base64, concat, fromBase64, fromHex, fromUtf8, hex, utf8 } from '../crypto/bytes';
import type { Arrival, Ledger } from '../ledger/ledger';
import { isObject, type Json, parseJson } from '../wire/json';
import type { WireEntry } from '../wire/messages';
import type { Keep } from './ports';

const prefix = 'ledger/';
const headKey = 'head';
const chunksMax = 64;

export interface Chunk {
  arrival: Arrival;
  /** Units that were closed before it (while this device was away), and with it. */
  droppedBefore: string[];
  dropped: string[];
}

function writeChunk(chunk: Chunk): Uint8Array {
  const { arrival } = chunk;
  return utf8(JSON.stringify({
    from: arrival.from, leaves: base64(concat(...arrival.leaves)), checkpoint: arrival.checkpoint,
    salts: Object.fromEntries([...arrival.salts].map(([unit, salt]) => [unit, hex(salt)])),
    entries: arrival.entries.map((e) => [
      e.index, e.timeMs, e.unit, e.position, hex(e.previous), e.envelope, e.ciphertext ? base64(e.ciphertext) : null,
    ]),
    dropped: chunk.dropped, dropped_before: chunk.droppedBefore,
  }));
}

function readEntry(value: Json): WireEntry | null {
  if (!Array.isArray(value)) return null;
  const [index, timeMs, unit, position, previous, envelope, ciphertext] = value;
  const link = typeof previous === 'string' ? fromHex(previous, 32) : null;
  if (typeof index !== 'number' || typeof timeMs !== 'number' || typeof position !== 'number' || !link) return null;
  if (typeof unit !== 'string' || typeof envelope !== 'string') return null;
  return {
    index, timeMs, unit, position, previous: link, envelope,
    ciphertext: typeof ciphertext === 'string' ? fromBase64(ciphertext) : null,
  };
}

function readChunk(bytes: Uint8Array): Chunk | null {
  const text = fromUtf8(bytes);
  const value = text === null ? null : parseJson(text);
  if (!isObject(value ?? undefined)) return null;
  const { from, leaves, checkpoint, salts, entries, dropped, dropped_before: before } = value as Record<string, Json>;
  const joined = typeof leaves === 'string' ? fromBase64(leaves) : null;
  if (typeof from !== 'number' || !joined || typeof checkpoint !== 'string' || !isObject(salts)) return null;
  if (!Array.isArray(entries) || !Array.isArray(dropped) || !Array.isArray(before)) return null;
  const read = entries.map(readEntry);
  const saltMap = new Map<string, Uint8Array>();
  for (const [unit, salt] of Object.entries(salts)) saltMap.set(unit, fromHex(String(salt), 16) ?? new Uint8Array(0));
  if (read.some((entry) => entry === null)) return null;
  return {
    arrival: {
      from, checkpoint, salts: saltMap, entries: read as WireEntry[],
      leaves: Array.from({ length: joined.length / 32 }, (_, i) => joined.slice(32 * i, 32 * i + 32)),
    },
    dropped: dropped.map(String), droppedBefore: before.map(String),
  };
}

const keyOf = (number: number) => prefix + String(number).padStart(9, '0');

export class Chunks {
  private next = 0;
  private head: Uint8Array | null = null;
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly keep: Keep) {}

  /** In the order they were written; null where one does not read back: then nothing is held. */
  async load(): Promise<Chunk[] | null> {
    const keys = (await this.keep.keys(prefix)).sort();
    const chunks: Chunk[] = [];
    for (const key of keys) {
      const bytes = await this.keep.get(key);
      const chunk = bytes ? readChunk(bytes) : null;
      if (!chunk) return null;
      chunks.push(chunk);
    }
    this.next = Number(keys.at(-1)?.slice(prefix.length) ?? -1) + 1;
    return chunks;
  }

  /** `head`: what `headKept` gives back, however the chunks fare. */
  add(chunk: Chunk, head: Uint8Array | null): void {
    const key = keyOf(this.next++);
    this.queue(() => this.keep.put(key, writeChunk(chunk)));
    this.keepHead(head);
  }

  keepHead(head: Uint8Array | null): void {
    const waits = this.head !== null;
    this.head = head;
    if (!waits) this.queue(() => this.writeHead());
  }

  /** The newest alone, however many chunks were handed over meanwhile. */
  private async writeHead(): Promise<void> {
    const head = this.head;
    this.head = null;
    if (head) await this.keep.put(headKey, head);
  }

  headKept(): Promise<Uint8Array | null> {
    return this.keep.get(headKey);
  }

  async clear(): Promise<void> {
    for (const key of await this.keep.keys(prefix)) await this.keep.remove(key);
    this.next = 0;
  }

  /** Many small chunks become one that holds what is held now. */
  async compact(ledger: Ledger, count: number): Promise<void> {
    if (count <= chunksMax || ledger.checkpoint === null) return;
    const old = await this.keep.keys(prefix);
    const salts = new Map([...ledger.units.values()].map((unit) => [unit.name, unit.salt]));
    const entries = ledger.entries().map((e) => ({
      index: e.index, timeMs: e.timeMs, unit: e.unit, position: e.position, envelope: e.envelope, ciphertext: e.ciphertext,
      previous: ledger.units.get(e.unit)?.entries[e.position - 1]?.leaf ?? new Uint8Array(32),
    }));
    // The whole stands under its key before the parts go: a killed tab finds both, refuses the doubles, and starts anew.
    await this.keep.put(keyOf(this.next++), writeChunk({
      arrival: { from: 0, leaves: ledger.leaves, checkpoint: ledger.checkpoint, salts, entries }, dropped: [], droppedBefore: [],
    }));
    for (const key of old) await this.keep.remove(key);
  }

  /** Waits until everything handed over is on disk. */
  flush(): Promise<void> {
    return this.writing;
  }

  private queue(write: () => Promise<void>): void {
    // A full disk only costs the next start more time: the server still has everything.
    this.writing = this.writing.then(write).catch(() => undefined);
  }
}
