// Checkpoints: C2SP signed-note, tlog-checkpoint with exactly three body lines (crypto/FORMATS.md §6).
import { base64, concat, equal, fromBase64, hex, utf8 } from './bytes';
import { sha256 } from './hash';
import { isFitSigningKey, verifySignature } from './signature';

export interface Checkpoint {
  origin: string;
  size: number;
  root: Uint8Array;
}

export const noteBytesMax = 8192;
const signaturesMax = 16;

/** Both Ed25519. */
export const noteKeyTypes = { log: 0x01, cosigner: 0x04 } as const;
export type NoteKeyType = (typeof noteKeyTypes)[keyof typeof noteKeyTypes];

export interface VerifierKey {
  name: string;
  key: Uint8Array;
  type: NoteKeyType;
}

export function noteKeyId(name: string, publicKey: Uint8Array, type: NoteKeyType = noteKeyTypes.log): Uint8Array {
  return sha256(concat(utf8(name), Uint8Array.of(0x0a, type), publicKey)).slice(0, 4);
}

/** name+hex key id+base64(type ‖ public key) (C2SP signed-note). Null for another type, or an id or key that is not fit. */
export function parseVerifierKey(text: string): VerifierKey | null {
  const [, name, id, encoded] = /^([!-*,-~]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text) ?? [];
  const bytes = encoded === undefined ? null : fromBase64(encoded);
  const type = Object.values(noteKeyTypes).find((one) => one === bytes?.[0]);
  const key = bytes?.slice(1);
  if (name === undefined || !key || type === undefined || !isFitSigningKey(key)) return null;
  return hex(noteKeyId(name, key, type)) === id ? { name, key, type } : null;
}

export function printVerifierKey({ name, key, type }: VerifierKey): string {
  return `${name}+${hex(noteKeyId(name, key, type))}+${base64(concat(Uint8Array.of(type), key))}`;
}

export function checkpointBody(checkpoint: Checkpoint): string {
  return `${checkpoint.origin}\n${checkpoint.size}\n${base64(checkpoint.root)}\n`;
}

/** The checkpoint, where the note is of this origin and carries a valid signature of this key; null otherwise. */
export function verifyCheckpoint(note: string, origin: string, publicKey: Uint8Array): Checkpoint | null {
  return open(note, origin, publicKey)?.checkpoint ?? null;
}

/** The log's own signature of such a note, 64 bytes. */
export function noteSignature(note: string, origin: string, publicKey: Uint8Array): Uint8Array | null {
  return open(note, origin, publicKey)?.signature ?? null;
}

export interface SignedNote {
  body: string;
  checkpoint: Checkpoint;
  lines: { name: string; keyId: Uint8Array; signature: Uint8Array }[];
}

/** Whoever signed it. Null for what is no note of a checkpoint. */
export function parseNote(note: string): SignedNote | null {
  if (note.length > noteBytesMax) return null;
  const split = note.indexOf('\n\n');
  if (split < 0 || !note.endsWith('\n')) return null;
  const body = note.slice(0, split + 1);
  const signatures = note.slice(split + 2, -1).split('\n');
  const checkpoint = parseBody(body);
  if (!checkpoint || signatures.length > signaturesMax) return null;
  const lines: SignedNote['lines'] = [];
  for (const line of signatures) {
    const [, name, encoded] = /^— ([!-*,-~]+) ([A-Za-z0-9+/]+=*)$/u.exec(line) ?? [];
    const bytes = encoded === undefined ? null : fromBase64(encoded);
    if (name === undefined || !bytes || bytes.length < 5) return null;
    lines.push({ name, keyId: bytes.slice(0, 4), signature: bytes.slice(4) });
  }
  return { body, checkpoint, lines };
}

function open(note: string, origin: string, publicKey: Uint8Array): { checkpoint: Checkpoint; signature: Uint8Array } | null {
  const read = parseNote(note);
  if (!read || read.checkpoint.origin !== origin) return null;
  const keyId = noteKeyId(origin, publicKey);
  let signature: Uint8Array | null = null;
  for (const line of read.lines) {
    if (line.name !== origin || !equal(line.keyId, keyId)) continue; // kept, not judged
    if (!verifySignature(line.signature, utf8(read.body), publicKey)) return null;
    signature = line.signature;
  }
  return signature && { checkpoint: read.checkpoint, signature };
}

function parseBody(body: string): Checkpoint | null {
  const lines = body.slice(0, -1).split('\n');
  const [origin, sizeText, rootText] = lines;
  if (lines.length !== 3 || !origin || !sizeText || !rootText) return null;
  if (!/^(0|[1-9][0-9]{0,15})$/.test(sizeText)) return null;
  const size = Number(sizeText);
  const root = fromBase64(rootText);
  return Number.isSafeInteger(size) && root?.length === 32 ? { origin, size, root } : null;
}
