// Checkpoints: C2SP signed-note, tlog-checkpoint with exactly three body lines (crypto/FORMATS.md §6).
import { base64, concat, equal, fromBase64, utf8 } from './bytes';
import { sha256 } from './hash';
import { verifySignature } from './signature';

export interface Checkpoint {
  origin: string;
  size: number;
  root: Uint8Array;
}

export const noteBytesMax = 8192;
const signaturesMax = 16;

export function noteKeyId(name: string, publicKey: Uint8Array): Uint8Array {
  return sha256(concat(utf8(name), Uint8Array.of(0x0a, 0x01), publicKey)).slice(0, 4);
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

function open(note: string, origin: string, publicKey: Uint8Array): { checkpoint: Checkpoint; signature: Uint8Array } | null {
  if (note.length > noteBytesMax) return null;
  const split = note.indexOf('\n\n');
  if (split < 0 || !note.endsWith('\n')) return null;
  const body = note.slice(0, split + 1);
  const signatures = note.slice(split + 2, -1).split('\n');
  const checkpoint = parseBody(body);
  if (!checkpoint || checkpoint.origin !== origin || signatures.length > signaturesMax) return null;
  const keyId = noteKeyId(origin, publicKey);
  let signature: Uint8Array | null = null;
  for (const line of signatures) {
    const match = /^— ([!-*,-~]+) ([A-Za-z0-9+/]+=*)$/u.exec(line);
    const bytes = match?.[2] ? fromBase64(match[2]) : null;
    if (!match || !bytes || bytes.length < 5) return null;
    if (match[1] !== origin || !equal(bytes.subarray(0, 4), keyId)) continue; // kept, not judged
    if (!verifySignature(bytes.subarray(4), utf8(body), publicKey)) return null;
    signature = bytes.slice(4);
  }
  return signature && { checkpoint, signature };
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
