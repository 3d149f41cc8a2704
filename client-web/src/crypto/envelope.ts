// DSSE v1 envelopes in one spelling alone (crypto/FORMATS.md §4): what parses prints back byte for byte, so nobody
// makes a second envelope of another hash out of a signed one.
import { base64, concat, fromBase64, utf8 } from './bytes';
import type { DeviceKeys } from './device';
import { sign, type SigningKeyPair, verifySignature } from './signature';

export const statementType = 'application/vnd.kasane.statement.v1+json';
export const envelopeBytesMax = 64_000;
export const payloadBytesMax = 44 * 1024;

export interface Envelope {
  payload: Uint8Array;
  /** 1 or 2, of different keyids; `keyid` is a hint alone. */
  signatures: { keyid: string; sig: Uint8Array }[];
}

/** DSSE's pre-authentication encoding. */
export function preAuthentication(payload: Uint8Array): Uint8Array {
  return concat(utf8(`DSSEv1 ${statementType.length} ${statementType} ${payload.length} `), payload);
}

export function printEnvelope(envelope: Envelope): string {
  return JSON.stringify({
    payload: base64(envelope.payload),
    payloadType: statementType,
    signatures: envelope.signatures.map(({ keyid, sig }) => ({ keyid, sig: base64(sig) })),
  });
}

function readSignature(value: unknown): { keyid: string; sig: Uint8Array } | null {
  const { keyid, sig } = (value ?? {}) as Record<string, unknown>;
  if (typeof keyid !== 'string' || typeof sig !== 'string' || !/^[a-z0-9._:-]{1,64}$/.test(keyid)) return null;
  const bytes = fromBase64(sig);
  return bytes?.length === 64 ? { keyid, sig: bytes } : null;
}

/** Errors: null on anything that `printEnvelope` would not have written. */
export function parseEnvelope(text: string): Envelope | null {
  if (text.length > envelopeBytesMax) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const { payload, payloadType, signatures } = (value ?? {}) as Record<string, unknown>;
  if (typeof payload !== 'string' || payloadType !== statementType || !Array.isArray(signatures)) return null;
  const bytes = fromBase64(payload);
  if (!bytes || bytes.length < 1 || bytes.length > payloadBytesMax) return null;
  if (signatures.length < 1 || signatures.length > 2) return null;
  const read = (signatures as unknown[]).map(readSignature);
  const [first, second] = read;
  if (!first || second === null || first.keyid === second?.keyid) return null;
  const envelope = { payload: bytes, signatures: second ? [first, second] : [first] };
  return printEnvelope(envelope) === text ? envelope : null;
}

export function signEnvelope(payload: Uint8Array, device: DeviceKeys): Envelope {
  return { payload, signatures: [{ keyid: device.id, sig: sign(preAuthentication(payload), device.signing) }] };
}

/** Adds the second signature. Errors: null where two stand already, or the keyid is the first's. */
export function countersign(envelope: Envelope, keyid: string, key: SigningKeyPair): Envelope | null {
  if (envelope.signatures.length !== 1 || envelope.signatures[0]?.keyid === keyid) return null;
  return {
    payload: envelope.payload,
    signatures: [...envelope.signatures, { keyid, sig: sign(preAuthentication(envelope.payload), key) }],
  };
}

export function verifyEnvelope(envelope: Envelope, index: number, publicKey: Uint8Array): boolean {
  const signature = envelope.signatures[index];
  return signature !== undefined && verifySignature(signature.sig, preAuthentication(envelope.payload), publicKey);
}
