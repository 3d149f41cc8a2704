// Ed25519 by libsodium, which refuses non-canonical and small-order keys and signatures (RFC 8032, strict).
import { sodium } from './sodium';

export interface SigningKeyPair {
  publicKey: Uint8Array;
  /** 64 bytes: seed ‖ public key, as libsodium keeps it. */
  secretKey: Uint8Array;
}

export function signingKeyPair(seed: Uint8Array): SigningKeyPair {
  const pair = sodium().crypto_sign_seed_keypair(seed);
  return { publicKey: pair.publicKey, secretKey: pair.privateKey };
}

export function sign(message: Uint8Array, key: SigningKeyPair): Uint8Array {
  return sodium().crypto_sign_detached(message, key.secretKey);
}

export function verifySignature(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== 64 || publicKey.length !== 32) return false;
  try {
    return sodium().crypto_sign_verify_detached(signature, message, publicKey);
  } catch {
    return false;
  }
}

/** On the curve, canonical, of prime order. */
export function isFitSigningKey(publicKey: Uint8Array): boolean {
  try {
    return publicKey.length === 32 && sodium().crypto_core_ed25519_is_valid_point(publicKey);
  } catch {
    return false;
  }
}
