// Looks for texts in bytes, in every guise in which a browser, a disk or a wire might carry them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const escaped = (text) => Array.from({ length: text.length }, (_, i) => `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`).join('');
const guises = (text) => [
  Buffer.from(text), Buffer.from(text, 'utf16le'), Buffer.from(escaped(text)), Buffer.from(encodeURIComponent(text)), Buffer.from(Buffer.from(text).toString('hex')),
];
const innermost = 3;

/** The bytes, and what stands in base64 in them, and in that again. */
function* layers(bytes, depth = 0) {
  yield bytes;
  if (depth === innermost) return;
  for (const [run] of bytes.toString('latin1').matchAll(/[A-Za-z0-9+/_-]{24,}/g)) yield* layers(Buffer.from(run, 'base64'), depth + 1);
}

export class Seeker {
  #needles;
  constructor(texts) { this.#needles = texts.flatMap((text) => guises(text).map((bytes) => ({ text, bytes }))); }

  /** The texts that are in there. `deep`: also inside of base64. */
  found(pieces, { deep = false } = {}) {
    const seen = new Set();
    for (const piece of pieces) for (const bytes of deep ? layers(piece) : [piece])
      for (const needle of this.#needles) if (bytes.includes(needle.bytes)) seen.add(needle.text);
    return [...seen];
  }
}

export function* filesBelow(folder) {
  for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const path = join(file.parentPath ?? file.path, file.name);
    try { yield { path, bytes: readFileSync(path) }; } catch { /* gone since it was listed */ }
  }
}

/** All that a page's origin keeps in this browser, as bytes: both storages, every IndexedDB store, every cache. */
export async function storageOf(page) {
  const pieces = await page.evaluate(async () => {
    const out = [];
    const keep = (value) => {
      if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
        const bytes = new Uint8Array(value.buffer ?? value, value.byteOffset ?? 0, value.byteLength);
        let text = '';
        for (const byte of bytes) text += String.fromCharCode(byte);
        out.push(btoa(text));
      } else if (value && typeof value === 'object' && !(value instanceof CryptoKey)) {
        for (const [name, inner] of Object.entries(value)) { keep(name); keep(inner); }
      } else {
        out.push(btoa(Array.from(new TextEncoder().encode(String(value)), (byte) => String.fromCharCode(byte)).join('')));
      }
    };
    keep({ ...localStorage });
    keep({ ...sessionStorage });
    const done = (request) => new Promise((resolve, reject) => { request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error); });
    for (const { name } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const objects = database.transaction(store).objectStore(store);
        keep(await done(objects.getAllKeys()));
        keep(await done(database.transaction(store).objectStore(store).getAll()));
      }
      database.close();
    }
    for (const name of await caches.keys()) {
      keep(name);
      const cache = await caches.open(name);
      for (const request of await cache.keys()) keep(await (await cache.match(request)).arrayBuffer());
    }
    return out;
  });
  return pieces.map((piece) => Buffer.from(piece, 'base64'));
}
