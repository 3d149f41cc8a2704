// HPKE base mode, RFC 9180, suite 1: DHKEM(X25519, HKDF-SHA256) 0x0020, HKDF-SHA256 0x0001, ChaCha20Poly1305 0x0003.
// Single-shot seal and open (§6.1); a fresh encapsulation for every seal, so sequence number 0 alone is used.
import { concat, u16be, utf8 } from './bytes';
import { hkdfExpand, hkdfExtract } from './hash';
import { sodium } from './sodium';

export interface KemKeyPair {
  publicKey: Uint8Array;
  secretKey: Uint8Array;
}

const version = utf8('HPKE-v1');
const kemSuite = concat(utf8('KEM'), u16be(0x0020));
const hpkeSuite = concat(utf8('HPKE'), u16be(0x0020), u16be(0x0001), u16be(0x0003));
const none = new Uint8Array(0);
const encapsulationBytes = 32;
const tagBytes = 16;

/** §4: LabeledExtract. */
function labeledExtract(suite: Uint8Array, salt: Uint8Array, label: string, input: Uint8Array): Uint8Array {
  return hkdfExtract(salt, concat(version, suite, utf8(label), input));
}

/** §4: LabeledExpand. */
function labeledExpand(suite: Uint8Array, key: Uint8Array, label: string, info: Uint8Array, length: number): Uint8Array {
  return hkdfExpand(key, concat(u16be(length), version, suite, utf8(label), info), length);
}

/** §4.1: ExtractAndExpand of DHKEM. */
function sharedSecret(dh: Uint8Array, kemContext: Uint8Array): Uint8Array {
  const extracted = labeledExtract(kemSuite, none, 'eae_prk', dh);
  return labeledExpand(kemSuite, extracted, 'shared_secret', kemContext, 32);
}

/** §5.1: KeySchedule, mode base (0x00), no pre-shared key. */
function keySchedule(secret: Uint8Array, info: Uint8Array): { key: Uint8Array; nonce: Uint8Array } {
  const context = concat(
    Uint8Array.of(0),
    labeledExtract(hpkeSuite, none, 'psk_id_hash', none),
    labeledExtract(hpkeSuite, none, 'info_hash', info),
  );
  const scheduled = labeledExtract(hpkeSuite, secret, 'secret', none);
  return {
    key: labeledExpand(hpkeSuite, scheduled, 'key', context, 32),
    nonce: labeledExpand(hpkeSuite, scheduled, 'base_nonce', context, 12),
  };
}

/** Null where the shared point is zero: a small-order key (§7.1.4). */
function diffieHellman(secretKey: Uint8Array, publicKey: Uint8Array): Uint8Array | null {
  try {
    return sodium().crypto_scalarmult(secretKey, publicKey);
  } catch {
    return null;
  }
}

export function kemGenerate(): KemKeyPair {
  const secretKey = sodium().randombytes_buf(32);
  return { secretKey, publicKey: sodium().crypto_scalarmult_base(secretKey) };
}

/** §7.1.3: DeriveKeyPair for X25519. */
export function kemDerive(inputKeyMaterial: Uint8Array): KemKeyPair {
  const extracted = labeledExtract(kemSuite, none, 'dkp_prk', inputKeyMaterial);
  const secretKey = labeledExpand(kemSuite, extracted, 'sk', none, 32);
  return { secretKey, publicKey: sodium().crypto_scalarmult_base(secretKey) };
}

/** enc ‖ ciphertext. Errors: null for an unfit key. `ephemeral` is for vectors alone. */
export function hpkeSeal(
  recipient: Uint8Array, info: Uint8Array, aad: Uint8Array, plaintext: Uint8Array, ephemeral: KemKeyPair = kemGenerate(),
): Uint8Array | null {
  if (recipient.length !== 32) return null;
  const dh = diffieHellman(ephemeral.secretKey, recipient);
  if (!dh) return null;
  const { key, nonce } = keySchedule(sharedSecret(dh, concat(ephemeral.publicKey, recipient)), info);
  const sealed = sodium().crypto_aead_chacha20poly1305_ietf_encrypt(plaintext, aad, null, nonce, key);
  return concat(ephemeral.publicKey, sealed);
}

/** Errors: null, without detail. */
export function hpkeOpen(recipient: KemKeyPair, info: Uint8Array, aad: Uint8Array, sealed: Uint8Array): Uint8Array | null {
  if (sealed.length < encapsulationBytes + tagBytes) return null;
  const encapsulation = sealed.subarray(0, encapsulationBytes);
  const dh = diffieHellman(recipient.secretKey, encapsulation);
  if (!dh) return null;
  const { key, nonce } = keySchedule(sharedSecret(dh, concat(encapsulation, recipient.publicKey)), info);
  try {
    return sodium().crypto_aead_chacha20poly1305_ietf_decrypt(null, sealed.subarray(encapsulationBytes), aad, nonce, key);
  } catch {
    return null;
  }
}
