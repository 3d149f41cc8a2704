// The talk of an item: epoch secret, sender keys, signed frames (design.md §4 "Talk", crypto/FORMATS.md §9).
import { concat, readU64be, u64be } from './bytes';
import { derive } from './device';
import { parts, sha256 } from './hash';
import { pad, unpad } from './padding';
import { sign, type SigningKeyPair, verifySignature } from './signature';
import { sodium } from './sodium';

const leastBytes = 128;
const headerBytes = 34;
const signatureBytes = 64;
export const frameKinds = { message: 1, signal: 2 } as const;
export type FrameKind = keyof typeof frameKinds;

/** Where a frame belongs; all of it is authenticated, only number and session travel in the frame. */
export interface FramePlace {
  log: string;
  item: string;
  epoch: number;
  /** The sender. */
  device: string;
}

export interface FrameHeader {
  kind: FrameKind;
  epoch: number;
  session: Uint8Array;
  counter: number;
}

export function epochCommitment(secret: Uint8Array): Uint8Array {
  return derive(secret, 'kasane/epoch-commitment/v1');
}

export function senderKey(secret: Uint8Array, device: string, session: Uint8Array): Uint8Array {
  return derive(secret, parts('kasane/sender/v1', device, session));
}

function frameAad(place: FramePlace, header: Uint8Array): Uint8Array {
  return parts('kasane/frame/v1', place.log, place.item, place.device, header);
}

function frameNonce(counter: number): Uint8Array {
  return concat(new Uint8Array(4), u64be(counter));
}

/** Seals under its own counter, from 0: one object for each epoch and session, so that no nonce comes twice. */
export class FrameSealer {
  private counter = 0;
  private readonly key: Uint8Array;

  constructor(secret: Uint8Array, private readonly place: FramePlace, private readonly session: Uint8Array) {
    this.key = senderKey(secret, place.device, session);
  }

  /** header ‖ ciphertext ‖ signature. */
  seal(kind: FrameKind, content: Uint8Array, signing: SigningKeyPair): Uint8Array {
    const counter = this.counter++;
    const header = concat(Uint8Array.of(1, frameKinds[kind]), u64be(this.place.epoch), this.session, u64be(counter));
    const aad = frameAad(this.place, header);
    const sealed = sodium().crypto_aead_chacha20poly1305_ietf_encrypt(
      pad(content, leastBytes), aad, null, frameNonce(counter), this.key,
    );
    return concat(header, sealed, sign(parts('kasane/frame-signature/v1', aad, sealed), signing));
  }
}

export function decodeFrameHeader(frame: Uint8Array): FrameHeader | null {
  if (frame.length < headerBytes + 16 + signatureBytes || frame[0] !== 1) return null;
  const kind = frame[1] === 1 ? 'message' : frame[1] === 2 ? 'signal' : null;
  const epoch = readU64be(frame, 2);
  const counter = readU64be(frame, 26);
  return kind && epoch !== null && counter !== null ? { kind, epoch, session: frame.slice(10, 26), counter } : null;
}

/** Signature first, then the AEAD. Errors: null, without detail. The caller refuses a counter that does not rise. */
export function openFrame(secret: Uint8Array, place: FramePlace, sender: Uint8Array, frame: Uint8Array): Uint8Array | null {
  const header = decodeFrameHeader(frame);
  if (!header || header.epoch !== place.epoch) return null;
  const sealed = frame.subarray(headerBytes, -signatureBytes);
  const aad = frameAad(place, frame.subarray(0, headerBytes));
  if (!verifySignature(frame.subarray(-signatureBytes), parts('kasane/frame-signature/v1', aad, sealed), sender)) return null;
  try {
    const padded = sodium().crypto_aead_chacha20poly1305_ietf_decrypt(
      null, sealed, aad, frameNonce(header.counter), senderKey(secret, place.device, header.session),
    );
    return unpad(padded, leastBytes);
  } catch {
    return null;
  }
}

/** Four numbers of 11 bits, each the number of a word (FORMATS.md §9). */
export function wordNumbers(commitLeaf: Uint8Array, root: Uint8Array): number[] {
  const digest = sha256(parts('kasane/words/v1', commitLeaf, root));
  let bits = 0n;
  for (const byte of digest.subarray(0, 6)) bits = (bits << 8n) | BigInt(byte);
  bits >>= 4n; // 48 bits read, 44 used
  return [33n, 22n, 11n, 0n].map((shift) => Number((bits >> shift) & 2047n));
}
