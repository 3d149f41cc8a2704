import { describe, expect, it } from 'vitest';
import { base32, base64, fromBase64, fromHex, hex, readU64be, u64be, utf8 } from '../../src/crypto/bytes';

describe('spellings of bytes', () => {
  it('base64 writes what Node writes and reads it back', () => {
    for (let n = 0; n < 70; n++) {
      const bytes = Uint8Array.from({ length: n }, (_, i) => (i * 73 + n * 31) & 255);
      expect(base64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
      expect(fromBase64(base64(bytes))).toEqual(bytes);
    }
  });
  it('base64 refuses a second spelling of the same bytes', () => {
    for (const text of ['AA', 'AAA', 'AB==', 'AAB=', 'A A=', 'AA=A', '====', 'AA-_', 'A\u0000==']) {
      expect(fromBase64(text), text).toBeNull();
    }
  });
  it('hex is lower case and of the asked length', () => {
    expect(hex(Uint8Array.of(0, 255, 16))).toBe('00ff10');
    expect(fromHex('00FF')).toBeNull();
    expect(fromHex('00ff', 3)).toBeNull();
    expect(fromHex('0')).toBeNull();
  });
  it('base32 keeps RFC 4648 §10 in lower case without padding', () => {
    expect(['', 'f', 'fo', 'foo', 'foob', 'fooba', 'foobar'].map((text) => base32(utf8(text)))).toEqual(
      ['', 'my', 'mzxq', 'mzxw6', 'mzxw6yq', 'mzxw6ytb', 'mzxw6ytboi'],
    );
  });
  it('a u64 above 2^53 − 1 is refused', () => {
    expect(readU64be(u64be(Number.MAX_SAFE_INTEGER), 0)).toBe(Number.MAX_SAFE_INTEGER);
    expect(readU64be(fromHex('0020000000000000') ?? new Uint8Array(), 0)).toBeNull();
    expect(() => u64be(-1)).toThrow();
  });
});
