// What may be a vault's passphrase. Who copies a browser's profile guesses offline (SECURITY.md), so what guessing finds
// early is refused.
import { type OptionsDictionary, type OptionsGraph, ZxcvbnFactory } from '@zxcvbn-ts/core';

/** Lists of passwords, names and words, the likelier first; the neighbours of each key of a keyboard. */
export interface Words {
  dictionary: OptionsDictionary;
  graphs: OptionsGraph;
}

const shortest = 8;
/** zxcvbn's third step: more than 10^8 guesses, each an Argon2id of 64 MiB. */
const enough = 3;
/** The estimator's time grows with the square of the length; what comes after this adds nothing to the answer. */
const looked = 64;

/** `known`: words that stand beside the vault, such as the device's name. Errors: rejects where `words` does. */
export async function isGuessable(passphrase: string, known: string[], words: () => Promise<Words>): Promise<boolean> {
  const written = [...passphrase.normalize('NFKC')];
  if (written.length < shortest) return true;
  const estimator = new ZxcvbnFactory(await words());
  return estimator.check(written.slice(0, looked).join(''), ['kasane', '重ね', ...known]).score < enough;
}
