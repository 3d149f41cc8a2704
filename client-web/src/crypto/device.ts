// A device: one signing key, KEM keys by suite, an id that is their hash. crypto/FORMATS.md §3.
import { base32, base64, fromBase64, u16be, utf8 } from './bytes';
import { hkdf, parts, sha256 } from './hash';
import { type KemKeyPair, kemGenerate } from './hpke';
import { randomBytes, wipe } from './random';
import { isFitSigningKey, sign, type SigningKeyPair, signingKeyPair, verifySignature } from './signature';
import { sodium } from './sodium';

export interface KemKey {
  suite: number;
  pk: Uint8Array;
}

/** What a device shows, and `device.add` carries in its body. */
export interface PublicBundle {
  sign: Uint8Array;
  /** 1 to 8, suites strictly rising, suite 1 among them. */
  kem: KemKey[];
  proof: Uint8Array;
}

export interface DeviceKeys {
  id: string;
  signing: SigningKeyPair;
  kem: KemKeyPair;
}

export function derive(secret: Uint8Array, info: string | Uint8Array): Uint8Array {
  return hkdf(new Uint8Array(32), secret, typeof info === 'string' ? utf8(info) : info, 32);
}

export function deviceId(signKey: Uint8Array, kem: readonly KemKey[]): string {
  const keys = kem.flatMap((key) => [u16be(key.suite), key.pk]);
  return 'd-' + base32(sha256(parts('kasane/device-id/v1', signKey, ...keys)));
}

function deviceFromKeys(signing: SigningKeyPair, kem: KemKeyPair): DeviceKeys {
  return { id: deviceId(signing.publicKey, [{ suite: 1, pk: kem.publicKey }]), signing, kem };
}

/** As far as JavaScript can: the bytes that we hold. */
export function wipeDevice(device: DeviceKeys): void {
  wipe(device.signing.secretKey);
  wipe(device.kem.secretKey);
}

/** Two independent secrets: the product's own way. */
export function deviceGenerate(): DeviceKeys {
  return deviceFromKeys(signingKeyPair(randomBytes(32)), kemGenerate());
}

/** Demo and `init` devices alone (FORMATS.md §3.3): 32 bytes give both keys. */
export function deviceFromSeed(seed: Uint8Array): DeviceKeys {
  const secretKey = derive(seed, 'kasane/seed-kem/v1');
  return deviceFromKeys(signingKeyPair(derive(seed, 'kasane/seed-sign/v1')), {
    secretKey,
    publicKey: sodium().crypto_scalarmult_base(secretKey),
  });
}

/** From what the vault keeps: the signing seed and the KEM's secret key. */
export function deviceFromSecrets(signSeed: Uint8Array, kemSecret: Uint8Array): DeviceKeys {
  return deviceFromKeys(signingKeyPair(signSeed), {
    secretKey: kemSecret,
    publicKey: sodium().crypto_scalarmult_base(kemSecret),
  });
}

/** 43 letters of base64url without padding. */
export function seedFromText(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9_-]{43}$/.test(text)) return null;
  return fromBase64(text.replaceAll('-', '+').replaceAll('_', '/') + '=');
}

export function publicBundle(device: DeviceKeys): PublicBundle {
  return {
    sign: device.signing.publicKey,
    kem: [{ suite: 1, pk: device.kem.publicKey }],
    proof: sign(parts('kasane/device/v1', device.id), device.signing),
  };
}

function isFitX25519(key: Uint8Array): boolean {
  if (key.length !== 32) return false;
  // ≥ 2^255 − 19, the top bit counted: not canonical.
  const high = key[31] ?? 255;
  if (high > 0x7f) return false;
  if (high === 0x7f && key.subarray(1, 31).every((byte) => byte === 255) && (key[0] ?? 0) >= 0xed) return false;
  try {
    sodium().crypto_scalarmult(randomBytes(32), key); // throws where the shared point is zero: small order
    return true;
  } catch {
    return false;
  }
}

/** The id, where the keys are fit and the proof is theirs. */
export function verifyBundle(bundle: PublicBundle): string | null {
  if (!isFitSigningKey(bundle.sign) || bundle.kem.length < 1 || bundle.kem.length > 8) return null;
  let last = 0;
  for (const key of bundle.kem) {
    if (key.suite <= last || key.suite > 0xffff || key.pk.length === 0 || key.pk.length > 4096) return null;
    last = key.suite;
  }
  const first = x25519Key(bundle);
  if (!first || !isFitX25519(first)) return null;
  const id = deviceId(bundle.sign, bundle.kem);
  return verifySignature(bundle.proof, parts('kasane/device/v1', id), bundle.sign) ? id : null;
}

export function x25519Key(bundle: PublicBundle): Uint8Array | null {
  return bundle.kem.find((key) => key.suite === 1)?.pk ?? null;
}

/** The body of `device.add` without `wrap`; `v` and `device` are added where it is shown (§3.2). */
export function bundleJson(bundle: PublicBundle): { sign: string; kem: { suite: number; pk: string }[]; proof: string } {
  return {
    sign: base64(bundle.sign),
    kem: bundle.kem.map((key) => ({ suite: key.suite, pk: base64(key.pk) })),
    proof: base64(bundle.proof),
  };
}

/** Reads `sign`, `kem`, `proof` of a parsed object; other members are the caller's matter. */
export function bundleFromJson(value: unknown): PublicBundle | null {
  if (typeof value !== 'object' || value === null) return null;
  const { sign: signText, kem, proof } = value as Record<string, unknown>;
  if (typeof signText !== 'string' || typeof proof !== 'string' || !Array.isArray(kem)) return null;
  const keys: KemKey[] = [];
  for (const key of kem as unknown[]) {
    const { suite, pk } = (key ?? {}) as Record<string, unknown>;
    const bytes = typeof pk === 'string' ? fromBase64(pk) : null;
    if (typeof suite !== 'number' || !bytes) return null;
    keys.push({ suite, pk: bytes });
  }
  const signBytes = fromBase64(signText);
  const proofBytes = fromBase64(proof);
  return signBytes && proofBytes ? { sign: signBytes, kem: keys, proof: proofBytes } : null;
}
