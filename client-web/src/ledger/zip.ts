// The archive of a bundle, read in the page (server/log/FORMAT.md "Bundles"): hostile, so every number is held against
// the bytes that are there before anything is done with it, and nothing is unpacked beyond its word.
export type Files = Map<string, Uint8Array>;

type Inflate = (packed: Uint8Array, length: number) => Promise<Uint8Array>;

export const noBundleCodes = ['archive', 'list', 'name', 'packing', 'large', 'twice', 'place', 'damaged'] as const;
export type NoBundleCode = (typeof noBundleCodes)[number];

/** `code` in words: text/proof_*; `file` where it is about one. */
export class NoBundle extends Error {
  constructor(readonly code: NoBundleCode, readonly file = '') {
    super(file === '' ? code : `${code}: ${file}`);
    this.name = 'NoBundle';
  }
}

const filesMax = 65_000;
/** Of the page; `kasane verify` takes 1 GiB. */
export const unpackedMax = 256 * 1024 * 1024;
const endBytes = 22;
const nameMax = 200;

let table: Uint32Array | null = null;
export function crc32(bytes: Uint8Array): number {
  table ??= Uint32Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c;
  });
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (table[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

const acceptable = (name: string) => name.length <= nameMax && /^[A-Za-z0-9.-]+(\/[A-Za-z0-9.-]+)*$/.test(name) && !name.includes('..');

interface Row {
  name: string;
  method: number;
  crc: number;
  packed: number;
  length: number;
  at: number;
}

function directory(view: DataView, bytes: Uint8Array): { rows: Row[]; from: number } {
  // The end record without a comment, as ours is written: one place, so that two readers see one archive.
  const end = bytes.length - endBytes;
  if (end < 0 || view.getUint32(end, true) !== 0x06054b50 || view.getUint16(end + 20, true) !== 0) throw new NoBundle('archive');
  const count = view.getUint16(end + 10, true);
  const size = view.getUint32(end + 12, true);
  const from = view.getUint32(end + 16, true);
  if (count > filesMax || view.getUint16(end + 8, true) !== count || view.getUint32(end + 4, true) !== 0 || from + size !== end) throw new NoBundle('list');
  const rows: Row[] = [];
  let at = from;
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50) throw new NoBundle('list');
    const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
    const [names, extra, comment] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true), view.getUint16(at + 32, true)];
    const next = at + 46 + names + extra + comment;
    if (next > end) throw new NoBundle('list');
    const name = String.fromCharCode(...bytes.subarray(at + 46, at + 46 + Math.min(names, nameMax + 1)));
    if (!acceptable(name)) throw new NoBundle('name');
    if ((flags & 0x41) !== 0 || (method !== 0 && method !== 8)) throw new NoBundle('packing');
    rows.push({ name, method, crc: view.getUint32(at + 16, true), packed: view.getUint32(at + 20, true), length: view.getUint32(at + 24, true), at: view.getUint32(at + 42, true) });
    at = next;
  }
  if (at !== end) throw new NoBundle('list');
  return { rows, from };
}

/** Errors: rejects with NoBundle. */
export async function readZip(bytes: Uint8Array, inflate: Inflate): Promise<Files> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { rows, from } = directory(view, bytes);
  const files: Files = new Map();
  let total = 0;
  for (const row of rows) {
    total += row.length;
    if (total > unpackedMax) throw new NoBundle('large');
    if (files.has(row.name)) throw new NoBundle('twice', row.name);
    if (row.at + 30 > from || view.getUint32(row.at, true) !== 0x04034b50) throw new NoBundle('place');
    const begin = row.at + 30 + view.getUint16(row.at + 26, true) + view.getUint16(row.at + 28, true);
    if (begin + row.packed > from) throw new NoBundle('place');
    const packed = bytes.subarray(begin, begin + row.packed);
    const file = row.method === 0 ? packed : await inflate(packed, row.length).catch(() => null);
    if (file?.length !== row.length || crc32(file) !== row.crc) throw new NoBundle('damaged', row.name);
    files.set(row.name, file);
  }
  return files;
}
