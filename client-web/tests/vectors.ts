// Reads vector files; where one is absent the test says `skipped: …` and counts as skipped, never as passed.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** Published vectors of others, beside the checkout. */
export const outside = (path: string) => resolve(root, '../shared/vectors', path);
/** Vectors of this repository, written by its C++ tests. */
export const ours = (path: string) => resolve(root, 'tests/vectors', path);

export function withVectors<T>(path: string, sentence: string, check: (vectors: T) => void | Promise<void>): void {
  if (!existsSync(path)) {
    console.log(`skipped: ${sentence} (no ${path.replace(root, '.')})`);
    it.skip(sentence, () => undefined);
    return;
  }
  it(sentence, () => check(JSON.parse(readFileSync(path, 'utf8')) as T));
}
