// Access is given only under a head that the witnesses of entry 0 have cosigned not long ago, whatever the server says.
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Kasane } from '../../src/conference/kasane';
import { signingKeyPair } from '../../src/crypto/signature';
import { sodiumReady } from '../../src/crypto/sodium';
import { readFounding } from '../../src/ledger/founding';
import { LedgerViolation } from '../../src/ledger/violation';
import { memoryKeep } from '../../src/node/node_host';
import { seedOf, Town } from '../town';
import { cosign, foundedWith, testWitness, type TestWitness, vkeyOf } from '../witnessed';
import { extended, openClient, ScriptedServer, StillHost } from './stage';

let pair: readonly [TestWitness, TestWitness];
let host: StillHost;
let server: ScriptedServer;
let client: Kasane;

async function connect(witnesses?: object): Promise<void> {
  server = new ScriptedServer(witnesses);
  client = openClient({ host, server, keep: memoryKeep() });
  await host.pass(2_100); // no head comes by itself: it waits for one, and not for ever
  expect(client.connection.value.state).toBe('live');
}

const extend = () => extended(client);

/** The server says that all is well with its witnesses, and shows this note. */
async function told(quorum: string | null): Promise<void> {
  const now = new Date(host.wallMs()).toISOString();
  server.tell('head', {
    time: now, size: server.size, checkpoint: server.town.checkpoint(), own: null, quorum,
    witnesses: { policy: 'quorum none\n', of: 2, needed: 2, answering: 2, at: now },
  });
  await host.pass(20);
}
const signed = (by: readonly TestWitness[], agoMs = 0, note = server.town.checkpoint()) => by.reduce((text, one) => cosign(text, one, host.wallMs() - agoMs), note);

beforeAll(async () => {
  await sodiumReady();
  pair = [testWitness(1), testWitness(2)];
});
beforeEach(() => {
  host = new StillHost(Date.parse('2026-11-01T00:01:00.000Z'));
});

describe('a town that was founded with two witnesses', () => {
  beforeEach(() => connect(foundedWith(2, pair)));

  it('gives nobody access before both have cosigned, nor ten minutes after, and then again', async () => {
    expect(extend()).toBe('QUORUM_STALE');
    await told(signed(pair));
    expect(extend()).toBeNull();
    expect(client.witnesses.value).toMatchObject({ state: 'asked', of: 2, needed: 2, answering: 2 });
    await host.pass(9 * 60_000);
    expect(extend()).toBeNull();
    await host.pass(61_000);
    expect(extend()).toBe('QUORUM_STALE');
    await told(signed(pair));
    expect(extend()).toBeNull();
  });

  it('believes no word of the server about them: without a cosignature, with one of two, a stale or a forged one nothing is extended', async () => {
    const [one, two] = pair;
    const stranger = signingKeyPair(seedOf(250));
    const bad: [string, () => string | null][] = [
      ['none', () => null],
      ['only the log', () => server.town.checkpoint()],
      ['one of two', () => signed([one])],
      ['one twice', () => signed([one, one])],
      ['stale', () => signed(pair, 10 * 60_000 + 2_000)],
      ['one of them stale', () => cosign(signed([one], 10 * 60_000 + 2_000), two, host.wallMs())],
      ['forged', () => cosign(signed([one]), two, host.wallMs(), stranger)],
      ['another key', () => cosign(signed([one]), { name: two.name, key: stranger }, host.wallMs())],
      ['another witness', () => signed([one, testWitness(3)])],
      ['of another head', () => `${signed([one])}${cosign(server.town.checkpoint(1), two, host.wallMs()).split('\n').at(-2) ?? ''}\n`],
      ['ahead of every clock', () => signed(pair, -180_000)],
    ];
    for (const [what, note] of bad) {
      await told(note());
      expect(extend(), what).toBe('QUORUM_STALE');
      expect(client.witnesses.value, what).toMatchObject({ state: 'asked', answering: 2 }); // shown as said
    }
    expect(client.connection.value.state).toBe('live');
    expect(client.evidence.value).toBeNull();
  });

  it('is not content with a head whose entries it is not shown', async () => {
    server.live = false; // the next entries are kept back
    server.town.write({ unit: 'directory', statement: { kind: 'agency.add', by: 'kirino', agency: 'x', agency_type: 'elderly' } });
    await told(signed(pair));
    expect(extend()).toBe('QUORUM_STALE');
    server.live = true;
    server.batch(server.size - 1);
    await host.pass(20);
    expect(extend()).toBeNull();
  });

  it('takes a cosigned head of another history as evidence', async () => {
    await told(signed(pair, 0, server.town.checkpoint(server.size, server.town.logKey, new Uint8Array(32).fill(1))));
    expect(client.evidence.value).not.toBeNull();
    expect(extend()).toBe('EVIDENCE');
  });

  it('goes on reading, and sends what takes access away', async () => {
    expect(extend()).toBe('QUORUM_STALE');
    const before = server.size;
    const said = client.declareConflict('c-1', 'dan');
    await host.pass(100);
    expect(await said).toMatchObject({ ok: true });
    expect(server.size).toBe(before + 1);
  });
});

describe('a town that was founded without witnesses', () => {
  it.each([['with none', { quorum: 0, keys: [] }], ['before there were any', null]])('%s extends as before, whomever its server asks', async (_, witnesses) => {
    await connect(witnesses as object);
    expect(extend()).toBeNull();
    await told(signed([testWitness(1)], 60 * 60_000));
    expect(extend()).toBeNull();
  });
});

describe('the witnesses in entry 0', () => {
  it('are read as they stand, and nothing else is taken for them', () => {
    const read = (witnesses: object | null) => {
      const town = new Town(witnesses);
      return readFounding(town.entries[0]?.envelope ?? '', town.foundingHash).witnesses;
    };
    expect(read(null)).toEqual({ least: 0, keys: [] });
    expect(read({ quorum: 0, keys: [] })).toEqual({ least: 0, keys: [] });
    expect(read(foundedWith(2, pair))).toMatchObject({ least: 2, keys: [{ name: 'w.example/1' }, { name: 'w.example/2' }] });
    const keys = pair.map(vkeyOf);
    for (const bad of [{}, [], { quorum: 1, keys }, { quorum: 3, keys }, { quorum: 0, keys }, { quorum: 2, keys: [] }, { quorum: 2, keys: [keys[0], keys[0]] }, { quorum: 2, keys: [keys[0], 'w'] }, { quorum: 2, keys, more: 1 }, { quorum: 1.5, keys }, { quorum: '2', keys }]) {
      expect(() => read(bad), JSON.stringify(bad)).toThrow(LedgerViolation);
    }
  });
});
