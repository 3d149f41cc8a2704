import { describe, expect, it } from 'vitest';
import { guessedWordsJson } from '../../bundling/guessed_words';
import { isGuessable, type Words } from '../../src/keep/passphrase';

const words = () => Promise.resolve(JSON.parse(guessedWordsJson()) as Words);

describe('a passphrase', () => {
  it.each(['kasane1', 'password1', '12345678', 'tanaka1234', 'sakura2024', 'aaaaaaaaaaaa', 'qwertyuiop12', 'さくらさくら', 'あいうえおかきくけこ', 'P@ssw0rd!'])(
    'that guessing finds early is refused: %s', async (guessed) => { expect(await isGuessable(guessed, [], words)).toBe(true); });

  it.each(['春の小川はさらさら行くよ', 'ラーメン大好き小池さん', 'horse staple battery', '3つの鍵と青い自転車'])(
    'of several words is taken: %s', async (good) => { expect(await isGuessable(good, [], words)).toBe(false); });

  it('that is the name of the device is refused', async () => {
    expect(await isGuessable('soudanshitsu-no-note', ['soudanshitsu-no-note'], words)).toBe(true);
  });

  it('is refused in full-width characters as in half-width ones', async () => {
    expect(await isGuessable('ｐａｓｓｗｏｒｄ１', [], words)).toBe(true);
  });

  it('is not taken where the lists cannot be had', async () => {
    await expect(isGuessable('春の小川はさらさら行くよ', [], () => Promise.reject(new Error('offline')))).rejects.toThrow('offline');
  });

  it('of a megabyte is answered at once', async () => {
    const before = performance.now();
    await isGuessable('かさね'.repeat(350_000), [], words);
    expect(performance.now() - before).toBeLessThan(2_000);
  });
});
