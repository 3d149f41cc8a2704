import { afterEach, describe, expect, it } from 'vitest';
import { findingCodes } from '../../src/conference/bundle_check';
import { noBundleCodes } from '../../src/ledger/zip';
import { en } from '../../src/text/en';
import { language, label, sentence } from '../../src/text';
import { ja } from '../../src/text/ja';

/** Every text with its path; functions stand for themselves. */
function leaves(value: unknown, path = ''): [string, unknown][] {
  if (value === null || typeof value !== 'object') return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`));
}

afterEach(() => { language.value = 'ja'; });

describe('the texts of the screens', () => {
  it('have the same keys in both languages, and none is empty', () => {
    expect(leaves(en).map(([path]) => path).sort()).toEqual(leaves(ja).map(([path]) => path).sort());
    for (const [path, text] of [...leaves(ja), ...leaves(en)]) if (typeof text === 'string') expect(text.trim(), path).not.toBe('');
  });
  it('name the four save states with the four words and no others', () => {
    expect(Object.values(ja.save4)).toEqual(['保存済み', '送信中', 'この端末にだけ保存', '保存できません']);
  });
  it('never ask a user for an origin', () => {
    for (const [, text] of leaves(en.share)) if (typeof text === 'string') expect(text.toLowerCase()).not.toContain('origin');
  });
  it('give a sentence for every reason, also one of a newer server', () => {
    expect(sentence('STALE')).toBe(ja.reasons.failures['STALE']);
    expect(sentence('REBASE_REFUSED')).toContain('移せません');
    expect(sentence('SOMETHING_NEW')).toBe(ja.reasons.unknownFailure);
    language.value = 'en';
    expect(sentence('STALE')).toBe(en.reasons.failures['STALE']);
  });
  it('have words for whatever is found in a bundle', () => {
    expect(Object.keys(ja.bundle.findings).sort()).toEqual([...findingCodes].sort());
    expect(Object.keys(ja.bundle.broken).sort()).toEqual([...noBundleCodes].sort());
  });
  it('do not take a member of every object for a text', () => {
    expect(label(ja.codes.categories, 'constructor')).toBe('constructor');
    expect(sentence('toString')).toBe(ja.reasons.unknownFailure);
  });
});
