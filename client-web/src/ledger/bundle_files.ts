// The text files of a bundle (server/log/FORMAT.md "Bundles"), as far as the page judges them.
import { fromHex, fromUtf8, readU64be } from '../crypto/bytes';
import { type Leaf } from '../crypto/leaf';
import { isObject, type JsonObject, parseJson } from '../wire/json';
import type { Files } from './zip';

const leafBytes = 113;

const pathOf = (tile: number): string => {
  const digits = String(tile).padStart(Math.ceil(String(tile).length / 3) * 3, '0').match(/.{3}/g) ?? [];
  return digits.map((part, i) => (i < digits.length - 1 ? `x${part}` : part)).join('/');
};
export const leavesName = (tile: number, width: number) => `tile/entries/${pathOf(tile)}${width === 256 ? '' : `.p/${width}`}`;
export const envelopesName = (tile: number) => `envelopes/${pathOf(tile)}`;

/** The leaves of one tile. Errors: null where they are not exactly so many. */
export function readLeaves(bytes: Uint8Array | undefined, width: number): { leaf: Leaf; bytes: Uint8Array }[] | null {
  if (bytes?.length !== width * (leafBytes + 2)) return null;
  const leaves = [];
  for (let i = 0; i < width; i++) {
    const at = i * (leafBytes + 2);
    const one = bytes.subarray(at + 2, at + 2 + leafBytes);
    const [time, position] = [readU64be(one, 1), readU64be(one, 41)];
    if (bytes[at] !== 0 || bytes[at + 1] !== leafBytes || one[0] !== 1 || time === null || position === null) return null;
    leaves.push({ bytes: one, leaf: { timeMs: time, unit: one.slice(9, 41), position, previous: one.slice(49, 81), envelope: one.slice(81, 113) } });
  }
  return leaves;
}

export function linesOf(files: Files, name: string): string[] {
  const text = fromUtf8(files.get(name) ?? new Uint8Array());
  return text === null || text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

export function jsonOf(text: string | null): JsonObject | null {
  const value = text === null ? null : parseJson(text);
  return isObject(value ?? undefined) ? (value as JsonObject) : null;
}

export function readUnits(files: Files): { name: string; salt: Uint8Array }[] | null {
  const units: { name: string; salt: Uint8Array }[] = [];
  const names = new Set<string>();
  for (const line of linesOf(files, 'units.jsonl')) {
    const row = jsonOf(line);
    const salt = typeof row?.['salt'] === 'string' ? fromHex(row['salt'], 16) : null;
    if (!row || typeof row['unit'] !== 'string' || !salt || names.has(row['unit'])) return null;
    if (JSON.stringify({ unit: row['unit'], salt: row['salt'] }) !== line) return null;
    names.add(row['unit']);
    units.push({ name: row['unit'], salt });
  }
  return units;
}

/** Of one tile: index and text. Errors: null where a line is none. */
export function readEnvelopes(files: Files, tile: number): Map<number, string> | null {
  const envelopes = new Map<number, string>();
  for (const line of linesOf(files, envelopesName(tile))) {
    const [, index, text] = /^(0|[1-9][0-9]{0,14}) (.+)$/s.exec(line) ?? [];
    const at = Number(index);
    if (index === undefined || text === undefined || Math.floor(at / 256) !== tile || envelopes.has(at)) return null;
    envelopes.set(at, text);
  }
  return envelopes;
}

/** C2SP tlog-proof. Errors: null on anything else. */
export function readProof(bytes: Uint8Array | undefined): { index: number; path: string[]; note: string } | null {
  const text = fromUtf8(bytes ?? new Uint8Array());
  const match = /^c2sp\.org\/tlog-proof@v1\nindex (0|[1-9][0-9]{0,14})\n((?:[A-Za-z0-9+/]{43}=\n){0,63})\n(.+)$/s.exec(text ?? '');
  return match ? { index: Number(match[1]), path: (match[2] ?? '').split('\n').slice(0, -1), note: match[3] ?? '' } : null;
}
