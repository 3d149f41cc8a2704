// Shapes of what the server sends. A checker returns the typed value or throws `Malformed`, which closes the
// connection: an honest server never sends it, so nothing is guessed or repaired.
import { fromBase64, fromHex } from '../crypto/bytes';
import { isObject, type Json, type JsonObject } from './json';

export class Malformed extends Error {
  constructor(what: string) {
    super(`malformed: ${what}`);
    this.name = 'Malformed';
  }
}

/** The object's members; unknown ones are refused. `optional` names stand with a `?` at the end. */
export function members<Names extends string>(value: Json | undefined, what: string, names: readonly Names[]): Record<string, Json | undefined> {
  if (!isObject(value)) throw new Malformed(what);
  const allowed = new Set(names.map((name) => name.replace(/\?$/, '')));
  for (const name of Object.keys(value)) if (!allowed.has(name)) throw new Malformed(`${what}.${name}`);
  for (const name of names) if (!name.endsWith('?') && !(name in value)) throw new Malformed(`${what}.${name}`);
  return value as JsonObject;
}

export function text(value: Json | undefined, what: string, maxLength = 64_000): string {
  if (typeof value !== 'string' || value.length > maxLength) throw new Malformed(what);
  return value;
}

/** policy.md §1. */
export function id(value: Json | undefined, what: string): string {
  if (typeof value !== 'string' || !/^[a-z0-9][a-z0-9._:-]{0,63}$/.test(value)) throw new Malformed(what);
  return value;
}

/** Names of units are made of ids and codes: `notice/k-7/SWA106_6/dan`. */
export function unitName(value: Json | undefined, what: string): string {
  if (typeof value !== 'string' || value.length > 300 || !/^[a-z]+(\/[A-Za-z0-9._:-]+)*$/.test(value)) throw new Malformed(what);
  return value;
}

export function count(value: Json | undefined, what: string): number {
  if (typeof value !== 'number' || value < 0) throw new Malformed(what);
  return value;
}

export function flag(value: Json | undefined, what: string): boolean {
  if (typeof value !== 'boolean') throw new Malformed(what);
  return value;
}

export function list<T>(value: Json | undefined, what: string, max: number, item: (value: Json, what: string) => T): T[] {
  if (!Array.isArray(value) || value.length > max) throw new Malformed(what);
  return value.map((one) => item(one, what));
}

export function bytes(value: Json | undefined, what: string, length?: number): Uint8Array {
  const read = typeof value === 'string' ? fromBase64(value) : null;
  if (!read || (length !== undefined && read.length !== length)) throw new Malformed(what);
  return read;
}

export function hexBytes(value: Json | undefined, what: string, length: number): Uint8Array {
  const read = typeof value === 'string' ? fromHex(value, length) : null;
  if (!read) throw new Malformed(what);
  return read;
}

/** RFC 3339 UTC with milliseconds → ms. */
export function instant(value: Json | undefined, what: string): number {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)) throw new Malformed(what);
  const at = Date.parse(value);
  if (Number.isNaN(at)) throw new Malformed(what);
  return at;
}

export function optional<T>(value: Json | undefined, read: (value: Json) => T): T | null {
  return value === undefined || value === null ? null : read(value);
}
