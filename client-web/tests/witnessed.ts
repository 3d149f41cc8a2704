// Witnesses of a small log of our own making, and what they sign; for tests of who counts them.
import { base64, concat, u64be } from '../src/crypto/bytes';
import { cosignedText } from '../src/crypto/cosignature';
import { noteKeyId, noteKeyTypes, parseNote, printVerifierKey } from '../src/crypto/note';
import { sign, type SigningKeyPair, signingKeyPair } from '../src/crypto/signature';
import { seedOf } from './town';

export interface TestWitness {
  name: string;
  key: SigningKeyPair;
}

export const testWitness = (n: number): TestWitness => ({ name: `w.example/${n}`, key: signingKeyPair(seedOf(210 + n)) });
export const vkeyOf = ({ name, key }: TestWitness): string => printVerifierKey({ name, key: key.publicKey, type: noteKeyTypes.cosigner });

/** The `witnesses` of a founding body. */
export const foundedWith = (quorum: number, witnesses: readonly TestWitness[]) => ({ quorum, keys: witnesses.map(vkeyOf) });

/** The note with a line more: signed at `atMs` under `key`, as if by this name and key. */
export function cosign(note: string, { name, key }: TestWitness, atMs: number, by: SigningKeyPair = key): string {
  const at = Math.floor(atMs / 1_000);
  const signature = sign(cosignedText(parseNote(note)?.body ?? '', at), by);
  return `${note}— ${name} ${base64(concat(noteKeyId(name, key.publicKey, noteKeyTypes.cosigner), u64be(at), signature))}\n`;
}
