// The lists of passwords, names and words by which a passphrase is judged: data of zxcvbn's packages, outside the bundle,
// since they are needed once a device.
import * as common from '@zxcvbn-ts/language-common';
import * as japanese from '@zxcvbn-ts/language-ja';
import type { Plugin } from 'vite';
import { checkedAsset } from './checked_asset';

/** As `Words` of keep/passphrase.ts reads it. */
export function guessedWordsJson(): string {
  return JSON.stringify({ dictionary: { ...common.dictionary, ...japanese.dictionary }, graphs: common.adjacencyGraphs });
}

export function guessedWords(): Plugin {
  const read = () => new TextEncoder().encode(guessedWordsJson());
  return checkedAsset({ module: 'virtual:guessed-words', file: 'guessed-words.json', mime: 'application/json', read });
}
