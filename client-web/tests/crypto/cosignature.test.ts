import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { cosignedAt, quorumAt, sound } from '../../src/crypto/cosignature';
import { parseNote, parseVerifierKey, printVerifierKey } from '../../src/crypto/note';
import { sodiumReady } from '../../src/crypto/sodium';
import { signingKeyPair } from '../../src/crypto/signature';
import { seedOf, Town } from '../town';
import { cosign, testWitness, vkeyOf } from '../witnessed';

beforeAll(sodiumReady);

const keyOf = (text: string) => {
  const key = parseVerifierKey(text);
  if (!key) throw new Error(text);
  return key;
};
const ten = Date.parse('2026-11-01T00:10:00.000Z');

describe('the cosignatures of witnesses', () => {
  it('read as the other implementation writes them (FORMAT.md)', () => {
    const page = readFileSync(resolve(import.meta.dirname, '../../../server/log/FORMAT.md'), 'utf8');
    const example = (name: string) => /```\n([^`]*)```/.exec(page.slice(page.indexOf(`Example \`${name}\``)))?.[1] ?? '';
    const vkey = /^witness one (\S+)/m.exec(example('policy'))?.[1] ?? '';
    const key = keyOf(vkey);
    expect(printVerifierKey(key)).toBe(vkey);
    const line = /^— witness\.example\/one .*\n/m.exec(page)?.[0] ?? '';
    const note = /(town\.example\/0123456789abcdef\n7\n\S+\n\n)— /.exec(page)?.[1] ?? '';
    const read = parseNote(note + line);
    expect(read && cosignedAt(read, key)).toBe(0x6553f107);
    const larger = parseNote(note.replace('\n7\n', '\n8\n') + line);
    expect(larger && cosignedAt(larger, key)).toBeNull();
  });

  it('make a quorum by the time at which enough of them had signed, and no later', () => {
    const [one, two, three] = [testWitness(1), testWitness(2), testWitness(3)];
    const cosigners = { least: 2, keys: [one, two, three].map((each) => keyOf(vkeyOf(each))) };
    const note = new Town().checkpoint();
    const first = cosign(note, one, ten);
    expect(quorumAt(note, cosigners)).toBeNull();
    expect(quorumAt(first, cosigners)).toBeNull();
    expect(quorumAt(cosign(first, one, ten + 5_000), cosigners)).toBeNull(); // one of two, twice
    expect(quorumAt(cosign(first, two, ten + 5_000), cosigners)).toBe(ten / 1_000);
    expect(quorumAt(cosign(cosign(first, two, ten + 5_000), three, ten + 9_000), cosigners)).toBe(ten / 1_000 + 5);
    expect(quorumAt(first, { least: 0, keys: [] })).toBeNull();
    expect(quorumAt('no note', cosigners)).toBeNull();
  });

  it('that are forged, of another head, or under another key count for nothing', () => {
    const [one, two] = [testWitness(1), testWitness(2)];
    const cosigners = { least: 2, keys: [one, two].map((each) => keyOf(vkeyOf(each))) };
    const town = new Town();
    const first = cosign(town.checkpoint(), one, ten);
    const stranger = signingKeyPair(seedOf(250));
    expect(quorumAt(cosign(first, two, ten, stranger), cosigners)).toBeNull();
    expect(quorumAt(cosign(first, { name: two.name, key: stranger }, ten), cosigners)).toBeNull();
    const line = cosign(town.checkpoint(1), two, ten).split('\n').at(-2) ?? '';
    expect(quorumAt(`${first}${line}\n`, cosigners)).toBeNull();
    // One good line does not mend a bad one of the same key.
    expect(quorumAt(cosign(cosign(first, two, ten), two, ten + 1_000, stranger), cosigners)).toBeNull();
  });

  it('are of different keys, and of more than half of them', () => {
    const keys = [1, 2, 3].map((n) => keyOf(vkeyOf(testWitness(n))));
    const [first] = keys;
    expect(sound({ least: 0, keys: [] })).toBe(true);
    expect(sound({ least: 2, keys })).toBe(true);
    for (const least of [0, 1, 4, -1, 1.5, Number.NaN]) expect(sound({ least, keys })).toBe(false);
    expect(sound({ least: 2, keys: first ? [first, { ...first, name: 'other' }] : [] })).toBe(false);
    expect(sound({ least: 1, keys: first ? [{ ...first, type: 1 }] : [] })).toBe(false);
  });

  it('have verifier keys of one spelling', () => {
    const text = vkeyOf(testWitness(1));
    for (const bad of ['', text.replace('+', ' '), `${text}=`, text.replace(/\+[0-9a-f]{8}\+/, '+00000000+'), text.replace('w.example', 'v.example')]) expect(parseVerifierKey(bad)).toBeNull();
  });
});
