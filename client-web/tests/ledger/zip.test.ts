// The archive of a bundle as somebody hostile makes it: the page reads the very files, or says by one code why not.
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../src/crypto/bytes';
import { crc32, NoBundle, noBundleCodes, type NoBundleCode, readZip, unpackedMax } from '../../src/ledger/zip';
import { inflate } from '../../src/net/inflate';
import { bundle as english } from '../../src/text/proof_en';
import { bundle as japanese } from '../../src/text/proof_ja';

interface Member { name: string; data: Uint8Array; method?: number; flags?: number; length?: number; packed?: Uint8Array; crc?: number; at?: number }

/** As `kasane export` writes one, but for what a member says otherwise. */
function zip(members: readonly Member[]): Uint8Array {
  const [heads, list]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const { name, data, method = 8, flags = 0, length = data.length, packed = method === 8 ? deflateRawSync(data) : data, crc = crc32(data), at: claimed = at } of members) {
    const called = Buffer.from(name, 'latin1');
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(flags, 2);
    shared.writeUInt16LE(method, 4);
    shared.writeUInt32LE(crc, 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(length, 18);
    shared.writeUInt16LE(called.length, 22);
    const one = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), shared, called, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(claimed, 10);
    heads.push(one);
    list.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), shared, rest, called]));
    at += one.length;
  }
  const files = Buffer.concat(list);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(files.length, 12);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...heads, files, end]));
}

const words = utf8('the same words, the same words, the same words');
const good: Member[] = [{ name: 'bundle.json', data: words }, { name: 'tile/entries/000.p/7', data: utf8('xy'), method: 0 }];

/** The code under which it is none; anything but a NoBundle fails the test. */
async function refused(bytes: Uint8Array): Promise<NoBundleCode> {
  const said = await readZip(bytes, inflate).catch((error: unknown) => error);
  expect(said).toBeInstanceOf(NoBundle);
  return (said as NoBundle).code;
}

describe('the archive of a bundle', () => {
  it('as it is written reads to its files', async () => {
    const files = await readZip(zip(good), inflate);
    expect([...files]).toEqual(good.map(({ name, data }) => [name, data]));
    expect((await readZip(zip([]), inflate)).size).toBe(0);
  });

  it('cut short anywhere is none', async () => {
    const bytes = zip(good);
    for (let length = 0; length < bytes.length; length++) expect(noBundleCodes, `${length}`).toContain(await refused(bytes.slice(0, length)));
  });

  it('with any byte changed in any way is none, or reads to the same files or files that keep to its names and sizes', async () => {
    const bytes = zip(good);
    for (let at = 0; at < bytes.length; at++) {
      for (const change of [0x01, 0x80, 0xff]) {
        const copy = bytes.slice();
        copy[at] = (copy[at] ?? 0) ^ change;
        const said = await readZip(copy, inflate).catch((error: unknown) => error);
        if (!(said instanceof Map)) expect(said, `${at}`).toBeInstanceOf(NoBundle);
        else expect([...said.values()], `${at}`).toEqual(good.map(({ data }) => data)); // a name may have changed: the check misses the file, and finds one too many
      }
    }
  });

  it.each(['../a', '/etc/passwd', 'a/../../b', 'a//b', 'a/', 'a\\b', 'C:a', 'a\0b', '..', '', 'a b', 'a\n', 'ü', 'a'.repeat(201)])('with a file called %j is none', async (name) => {
    expect(await refused(zip([{ name, data: words }]))).toBe('name');
  });

  it('that is encrypted or packed in another way is none', async () => {
    for (const member of [{ flags: 1 }, { flags: 0x40 }, { method: 12 }, { method: 99 }]) expect(await refused(zip([{ name: 'a', data: words, packed: words, ...member }]))).toBe('packing');
  });

  it('with two files of one name, or one beyond the list, or not where it says, is none', async () => {
    expect(await refused(zip([{ name: 'a', data: words }, { name: 'a', data: words }]))).toBe('twice');
    for (const at of [1, 0x7fffffff, 0xffffffff]) expect(await refused(zip([{ name: 'a', data: words, at }]))).toBe('place');
    const more = zip(good);
    new DataView(more.buffer).setUint16(more.length - 12, 3, true);
    expect(await refused(more)).toBe('list');
  });

  it('with a size of zip64, or descriptors in place of the sizes, is held to what the list says', async () => {
    expect(await refused(zip([{ name: 'a', data: words, length: 0xffffffff }]))).toBe('large');
    const bytes = zip(good);
    new DataView(bytes.buffer).setUint32(bytes.length - 6, 0xffffffff, true);
    expect(await refused(bytes)).toBe('list');
    expect(await refused(zip([{ name: 'a', data: words, flags: 8, length: 0 }]))).toBe('damaged');
  });

  it('that unpacks to more or less than it says is none, and no more than it says is ever unpacked', async () => {
    const bomb = deflateRawSync(new Uint8Array(64 * 1024 * 1024));
    const before = process.memoryUsage().arrayBuffers;
    expect(await refused(zip([{ name: 'a', data: words, packed: bomb, length: 1_000 }]))).toBe('damaged');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 * 1024);
    expect(await refused(zip([{ name: 'a', data: words, length: words.length + 1 }]))).toBe('damaged');
    expect(await refused(zip([{ name: 'a', data: words, crc: 7 }]))).toBe('damaged');
    expect(await refused(zip([{ name: 'a', data: words, packed: utf8('no deflate at all') }]))).toBe('damaged');
    // Each keeps to the bound, and both together do not.
    expect(await refused(zip([{ name: 'a', data: words }, { name: 'b', data: words, length: unpackedMax - words.length + 1 }]))).toBe('large');
  });

  it('has words for every way in which it may be none', () => {
    for (const code of noBundleCodes) for (const text of [japanese, english]) expect(text.broken[code], code).toMatch(/\S/);
  });
});
