import { base32 } from './bytes';
import { sodium } from './sodium';

export function randomBytes(count: number): Uint8Array {
  return sodium().randombytes_buf(count);
}

/** Kind letter, `-`, 26 base32 letters: 128 random bits (design.md §3). */
export function randomId(letter: string): string {
  return `${letter}-${base32(randomBytes(16))}`;
}

/** Overwrites a secret; the JavaScript engine may have copied it before (wasm.md: no mlock, no promise). */
export function wipe(secret: Uint8Array): void {
  secret.fill(0);
}
