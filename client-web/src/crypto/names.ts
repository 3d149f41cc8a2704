// Names and posts of staff, sealed under the tenant's directory key (design.md §4 "Names", crypto/FORMATS.md §11).
import { base64, fromBase64, fromUtf8, utf8 } from './bytes';
import { parts } from './hash';
import { randomBytes } from './random';
import { sodium } from './sodium';

const blockBytes = 64;

export interface SealedName {
  nonce: string;
  box: string;
}

function nameAad(log: string, person: string): Uint8Array {
  return parts('kasane/name/v1', log, person);
}

/** `log` as in the payload that carries it (in the founding entry the origin alone). `nonce` is for vectors. */
export function sealName(
  key: Uint8Array, log: string, person: string, value: { name: string; post: string }, nonce: Uint8Array = randomBytes(24),
): SealedName {
  const text = utf8(JSON.stringify({ name: value.name, post: value.post }));
  const padded = new Uint8Array(Math.ceil(text.length / blockBytes) * blockBytes).fill(0x20);
  padded.set(text);
  const box = sodium().crypto_aead_xchacha20poly1305_ietf_encrypt(padded, nameAad(log, person), null, nonce, key);
  return { nonce: base64(nonce), box: base64(box) };
}

/** Errors: null, without detail. */
export function openName(key: Uint8Array, log: string, person: string, sealed: unknown): { name: string; post: string } | null {
  const { nonce, box } = (sealed ?? {}) as Record<string, unknown>;
  if (typeof nonce !== 'string' || typeof box !== 'string') return null;
  const [nonceBytes, boxBytes] = [fromBase64(nonce), fromBase64(box)];
  if (nonceBytes?.length !== 24 || !boxBytes) return null;
  try {
    const plain = sodium().crypto_aead_xchacha20poly1305_ietf_decrypt(null, boxBytes, nameAad(log, person), nonceBytes, key);
    const value = JSON.parse(fromUtf8(plain) ?? 'null') as { name?: unknown; post?: unknown } | null;
    return typeof value?.name === 'string' && typeof value.post === 'string' ? { name: value.name, post: value.post } : null;
  } catch {
    return null;
  }
}
