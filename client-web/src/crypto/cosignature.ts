// C2SP tlog-cosignature, "cosignature/v1" (Ed25519, key type 0x04): at this time, nothing larger or other was seen of the
// log; and the quorum of those whom entry 0 names (crypto/FORMATS.md §12).
import { equal, readU64be, utf8 } from './bytes';
import { noteKeyId, noteKeyTypes, parseNote, type SignedNote, type VerifierKey } from './note';
import { verifySignature } from './signature';

/** `least` of `keys`; 0 of none where nobody is named. */
export interface Cosigners {
  least: number;
  keys: VerifierKey[];
}

/** So many cosignatures fit on a note beside the log's own two lines. */
const cosignersMax = 14;

/** None at all, or different keys of cosigners with a quorum of more than half, so that no two histories find one each. */
export function sound({ least, keys }: Cosigners): boolean {
  if (least === 0) return keys.length === 0;
  if (!Number.isSafeInteger(least) || least > keys.length || least * 2 <= keys.length || keys.length > cosignersMax) return false;
  // A key under two names would count twice.
  return keys.every((one, i) => one.type === noteKeyTypes.cosigner && keys.findIndex((other) => equal(other.key, one.key)) === i);
}

/** What is signed, at that POSIX second. */
export function cosignedText(body: string, atS: number): Uint8Array {
  return utf8(`cosignature/v1\ntime ${atS}\n${body}`);
}

/** The newest second at which this cosigner signed the note; null where it did not, or where one of its lines does not verify. */
export function cosignedAt(note: SignedNote, { name, key }: VerifierKey): number | null {
  const keyId = noteKeyId(name, key, noteKeyTypes.cosigner);
  let newest: number | null = null;
  for (const line of note.lines) {
    if (line.name !== name || !equal(line.keyId, keyId)) continue;
    if (line.signature.length !== 72) return null;
    const atS = readU64be(line.signature, 0);
    if (atS === null || !verifySignature(line.signature.subarray(8), cosignedText(note.body, atS), key)) return null;
    newest = Math.max(newest ?? 0, atS);
  }
  return newest;
}

/**
 * The newest second by which the quorum stands on this note: each of it cosigned then or later. Null where it does not
 * stand, or where nobody is named. The log's own signature is not looked at.
 */
export function quorumAt(noteText: string, { least, keys }: Cosigners): number | null {
  const note = parseNote(noteText);
  if (!note || least === 0) return null;
  const times = keys.map((key) => cosignedAt(note, key)).filter((at) => at !== null).sort((a, b) => b - a);
  return times[least - 1] ?? null;
}
