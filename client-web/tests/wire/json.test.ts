import { describe, expect, it } from 'vitest';
import { fromUtf8 } from '../../src/crypto/bytes';
import { isObject, parseJson } from '../../src/wire/json';
import { ours, withVectors } from '../vectors';

interface SharedTexts {
  taken: { text: string; prints: string }[];
  refused: { what: string; text?: string; hex?: string }[];
}

describe('the strict JSON reader', () => {
  it('reads what an honest writer writes', () => {
    const value = { a: [1, -2, 0, true, false, null, 'か"\\\n\u0001'], b: { c: {} }, big: Number.MAX_SAFE_INTEGER };
    expect(JSON.stringify(parseJson(JSON.stringify(value)))).toBe(JSON.stringify(value));
    expect(parseJson(' \t\r\n[ 1 , 2 ]\n')).toEqual([1, 2]);
  });
  const refused: [string, string][] = [
    ['a duplicate member', '{"a":1,"a":2}'], ['a duplicate under another spelling', '{"a":1,"\\u0061":2}'],
    ['a float', '1.0'], ['an exponent', '1e3'], ['minus zero', '-0'], ['a leading zero', '01'],
    ['an integer beyond 2^53 − 1', '9007199254740992'], ['a second value', '1 2'], ['a trailing comma', '[1,]'],
    ['a trailing comma in an object', '{"a":1,}'], ['a comment', '/**/1'], ['single quotes', "{'a':1}"],
    ['an open string', '"a'], ['a control character', '"a\nb"'], ['half a surrogate pair', '"\\ud800"'],
    ['an unknown escape', '"\\x"'], ['a byte order mark', '\ufeff1'], ['nothing', ''], ['NaN', 'NaN'],
    ['seventeen levels', '['.repeat(17) + ']'.repeat(17)],
  ];
  for (const [what, text] of refused) it(`refuses ${what}`, () => expect(parseJson(text)).toBeNull());
  it('takes sixteen levels and no stack for a million', () => {
    expect(parseJson('['.repeat(16) + ']'.repeat(16))).not.toBeNull();
    expect(parseJson('['.repeat(1_000_000))).toBeNull();
  });
  // ASVS 1.5.3: tests/wire/json_test.cpp reads the same file.
  withVectors<SharedTexts>(ours('json_texts.json'), "takes and refuses what the server's reader does", ({ taken, refused: bad }) => {
    expect(taken.length).toBeGreaterThanOrEqual(20);
    expect(bad.length).toBeGreaterThanOrEqual(100);
    for (const { text, prints } of taken) expect(JSON.stringify(parseJson(text)), text).toBe(JSON.stringify(JSON.parse(prints)));
    for (const { what, text, hex } of bad) {
      const read = text ?? fromUtf8(Buffer.from(hex ?? '', 'hex'));
      expect(read === null ? null : parseJson(read), what).toBeNull();
    }
  });
  it('keeps a member named __proto__ a member', () => {
    const value = parseJson('{"__proto__":{"x":1}}');
    expect(isObject(value ?? undefined) && Object.keys(value as object)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});
