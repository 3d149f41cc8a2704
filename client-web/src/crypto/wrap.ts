// A key sealed to one device: u16(suite) ‖ enc ‖ ciphertext, 82 bytes of suite 1 (crypto/FORMATS.md §7).
import { concat, u16be, u64be, utf8 } from './bytes';
import { parts, sha256 } from './hash';
import { hpkeOpen, hpkeSeal, type KemKeyPair } from './hpke';

const suite = u16be(1);

export function recordWrapInfo(core: Uint8Array): Uint8Array {
  return parts('kasane/wrap/v1', sha256(core));
}

export function directoryWrapInfo(log: string): Uint8Array {
  return parts('kasane/directory/v1', log);
}

export function epochWrapInfo(log: string, item: string, number: number, commitment: Uint8Array): Uint8Array {
  return parts('kasane/epoch/v1', sha256(parts(log, item, u64be(number), commitment)));
}

export function wrapAad(device: string): Uint8Array {
  return utf8(device);
}

/** Of a `key.grant`, whose payload's nonce it carries: a wrap cannot be moved to another grant. */
export function grantAad(device: string, nonce: Uint8Array): Uint8Array {
  return parts(device, nonce);
}

/** Errors: null where the recipient's key is unfit. */
export function sealWrap(recipient: Uint8Array, info: Uint8Array, aad: Uint8Array, key: Uint8Array): Uint8Array | null {
  const sealed = hpkeSeal(recipient, info, aad, key);
  return sealed ? concat(suite, sealed) : null;
}

/** Errors: null, without detail. */
export function openWrap(recipient: KemKeyPair, info: Uint8Array, aad: Uint8Array, wrap: Uint8Array): Uint8Array | null {
  if (wrap.length !== 82 || wrap[0] !== 0 || wrap[1] !== 1) return null;
  const key = hpkeOpen(recipient, info, aad, wrap.subarray(2));
  return key?.length === 32 ? key : null;
}
