// The sealed body of a record (design.md §4, crypto/FORMATS.md §8), suite 1.
import { concat, equal } from './bytes';
import { derive } from './device';
import { sha256 } from './hash';
import { pad, unpad } from './padding';
import { randomBytes } from './random';
import { sodium } from './sodium';

const leastBytes = 256;

/** kc: binds the content key, so that no ciphertext opens under two keys. */
export function keyCommitment(key: Uint8Array): Uint8Array {
  return derive(key, 'kasane/record-commitment/v1');
}

/** pc: signed once by the author; every re-encryption must match it. */
export function contentCommitment(blinding: Uint8Array, content: Uint8Array): Uint8Array {
  return sha256(concat(blinding, content));
}

/** nonce ‖ ciphertext. `core` = the exact bytes of the record's core, which holds kc and pc. `nonce` is for vectors. */
export function sealRecord(
  key: Uint8Array, core: Uint8Array, blinding: Uint8Array, content: Uint8Array, nonce: Uint8Array = randomBytes(24),
): Uint8Array {
  const padded = pad(concat(blinding, content), leastBytes);
  const sealed = sodium().crypto_aead_xchacha20poly1305_ietf_encrypt(
    padded, sha256(core), null, nonce, derive(key, 'kasane/record-key/v1'),
  );
  return concat(nonce, sealed);
}

/** The blinding and the content. Errors: null, without detail, where key, core, kc or pc do not fit. */
export function openRecord(
  key: Uint8Array, core: Uint8Array, kc: Uint8Array, pc: Uint8Array, sealed: Uint8Array,
): { blinding: Uint8Array; content: Uint8Array } | null {
  if (sealed.length < 24 + 16 || !equal(keyCommitment(key), kc)) return null;
  let padded: Uint8Array;
  try {
    padded = sodium().crypto_aead_xchacha20poly1305_ietf_decrypt(
      null, sealed.subarray(24), sha256(core), sealed.subarray(0, 24), derive(key, 'kasane/record-key/v1'),
    );
  } catch {
    return null;
  }
  const plain = unpad(padded, leastBytes);
  if (!plain || plain.length < 32) return null;
  const blinding = plain.slice(0, 32);
  const content = plain.slice(32);
  return equal(contentCommitment(blinding, content), pc) ? { blinding, content } : null;
}
