// SHA-256, HMAC and HKDF (RFC 5869) over libsodium. Kasane's hash inputs of several parts are length-prefixed:
// u32 big endian before each part, so that no two different lists of parts give the same input (design.md §3).
import { concat, hex, u32be, utf8 } from './bytes';
import { sodium } from './sodium';

export function sha256(bytes: Uint8Array): Uint8Array {
  return sodium().crypto_hash_sha256(bytes);
}

export function sha256Hex(text: string): string {
  return hex(sha256(utf8(text)));
}

export function hmacSha256(key: Uint8Array, ...message: Uint8Array[]): Uint8Array {
  const library = sodium();
  const state = library.crypto_auth_hmacsha256_init(key);
  for (const part of message) library.crypto_auth_hmacsha256_update(state, part);
  return library.crypto_auth_hmacsha256_final(state);
}

/** RFC 5869 §2.2. */
export function hkdfExtract(salt: Uint8Array, input: Uint8Array): Uint8Array {
  return hmacSha256(salt, input);
}

/** RFC 5869 §2.3. Requires: length ≤ 255 · 32. */
export function hkdfExpand(key: Uint8Array, info: Uint8Array, length: number): Uint8Array {
  if (length > 255 * 32) throw new RangeError('hkdfExpand: too long');
  const out = new Uint8Array(length);
  let block: Uint8Array = new Uint8Array(0);
  for (let made = 0, i = 1; made < length; i++) {
    block = hmacSha256(key, block, info, Uint8Array.of(i));
    out.set(block.subarray(0, Math.min(32, length - made)), made);
    made += 32;
  }
  return out;
}

export function hkdf(salt: Uint8Array, input: Uint8Array, info: Uint8Array, length: number): Uint8Array {
  return hkdfExpand(hkdfExtract(salt, input), info, length);
}

/** u32 length ‖ part, for each part; text stands in UTF-8. */
export function parts(...list: (Uint8Array | string)[]): Uint8Array {
  const bytes = list.map((part) => (typeof part === 'string' ? utf8(part) : part));
  return concat(...bytes.flatMap((part) => [u32be(part.length), part]));
}
