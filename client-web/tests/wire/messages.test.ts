import { describe, expect, it } from 'vitest';
import { Malformed } from '../../src/wire/check';
import { readAuthenticated, readBatch, readFeedPart, readHead, readHello, readOpenedEpoch } from '../../src/wire/messages';
import { readIncoming } from '../../src/wire/rpc';

const time = '2026-11-25T00:00:00.000Z';
const hello = {
  v: 1, log: `town/${'0'.repeat(16)}#${'a'.repeat(64)}`, demo: true, nonce: '0'.repeat(32), time, size: 2, checkpoint: 'x', rules: 1,
};
const batch = { size: 2, time, from: 2, leaves: '', checkpoint: 'x', salts: {}, entries: [], opened: [], closed: [] };

describe('what a hostile server sends', () => {
  it('reads a hello as the protocol writes it', () => {
    expect(readHello(hello)).toMatchObject({ log: hello.log, size: 2, demo: true, timeMs: Date.parse(time) });
  });
  for (const [what, change] of Object.entries({
    'another version': { v: 2 }, 'a log without founding hash': { log: 'town/0000000000000000' }, 'a short nonce': { nonce: '00' },
    'a time with an offset': { time: '2026-11-25T00:00:00+09:00' }, 'a negative size': { size: -1 }, 'an unknown member': { extra: 1 },
    'no checkpoint': { checkpoint: undefined },
  })) {
    it(`refuses a hello with ${what}`, () => expect(() => readHello({ ...hello, ...change } as never)).toThrow(Malformed));
  }
  it('refuses leaf hashes that are no multiple of 32 bytes', () => {
    expect(() => readBatch({ ...batch, leaves: 'AAAA' })).toThrow(Malformed);
  });
  it('refuses an entry with a float index, a foreign unit spelling or upper-case hex', () => {
    const entry = { i: 0, t: 1, u: 'directory', p: 0, v: '0'.repeat(64), e: '{}' };
    expect(readBatch({ ...batch, entries: [entry] })).toMatchObject({ entries: [{ index: 0, unit: 'directory' }] });
    for (const bad of [{ i: '0' }, { u: '../x' }, { u: 'item/<b>' }, { v: 'F'.repeat(64) }, { e: 1 }, { z: 1 }]) {
      expect(() => readBatch({ ...batch, entries: [{ ...entry, ...bad }] } as never)).toThrow(Malformed);
    }
  });
  it('takes a refeed without the rest, and the rest with a refeed not at all wrong', () => {
    expect(readBatch({ size: 2, time, refeed: true })).toEqual({ refeed: true, size: 2, timeMs: Date.parse(time) });
    expect(() => readBatch({ size: 2, time, refeed: false })).toThrow(Malformed);
    expect(() => readBatch({ size: 2, time })).toThrow(Malformed);
  });
  it('reads a head with its witnesses or without, and no other shape', () => {
    const witnesses = { policy: 'quorum none\n', of: 2, needed: 2, answering: 1, at: time };
    const head = { time, size: 2, checkpoint: 'x', own: null, quorum: null, witnesses: null };
    expect(readHead(head)).toMatchObject({ quorum: null, witnesses: null });
    expect(readHead({ ...head, own: 'z', quorum: 'y', witnesses })).toMatchObject({ own: 'z', quorum: 'y', witnesses: { answering: 1, atMs: Date.parse(time) } });
    expect(readHead({ ...head, witnesses: { ...witnesses, at: null } }).witnesses?.atMs).toBeNull();
    for (const bad of [{ own: 1 }, { quorum: 1 }, { witnesses: {} }, { witnesses: { ...witnesses, of: -1 } }, { witnesses: { ...witnesses, policy: 'x'.repeat(16_385) } }, { more: 1 }]) {
      expect(() => readHead({ ...head, ...bad } as never)).toThrow(Malformed);
    }
  });
  it('refuses a feed whose parts are not what they say', () => {
    const part = { from: 0, leaves: '', salts: {}, entries: [], closed: [], size: 0, checkpoint: 'x', time, live: true };
    expect(readFeedPart(part).live).toBe(true);
    for (const bad of [{ live: 1 }, { salts: [] }, { salts: { directory: '00' } }, { closed: [1] }]) {
      expect(() => readFeedPart({ ...part, ...bad } as never)).toThrow(Malformed);
    }
  });
  it('refuses a time signature of another length', () => {
    expect(() => readAuthenticated({
      person: 'p', device: 'd', time, time_signature: 'AAAA', size: 0, checkpoint: 'x', directory_wrap: null, half_signed: [],
    })).toThrow(Malformed);
  });
  it('knows an epoch that was not wrapped to this device', () => {
    const epoch = { item: 'i-1', epoch: 1, wrap: null, list: [['d-1', '0'.repeat(64)]], size: 3 };
    expect(readOpenedEpoch(epoch).wrap).toBeNull();
    expect(() => readOpenedEpoch({ ...epoch, list: [['d-1']] })).toThrow(Malformed);
  });
  it('refuses frames that are no JSON-RPC', () => {
    for (const text of ['', '[]', '{}', '{"jsonrpc":"1.0","method":"x"}', '{"jsonrpc":"2.0"}', '{"jsonrpc":"2.0","id":1,"error":{}}']) {
      expect(() => readIncoming(text), text).toThrow(Malformed);
    }
    expect(readIncoming('{"jsonrpc":"2.0","id":1,"error":{"code":3,"message":"…","data":{"reason":"STALE"}}}')).toMatchObject({
      sort: 'error', id: 1, error: { code: 3, reason: 'STALE' },
    });
  });
});
