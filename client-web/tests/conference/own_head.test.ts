// Without witnesses, access is given only under a head of not long ago by the log's own timestamped cosignature; and what
// the log promised with it is held against every entry (design.md §3 Freshness).
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Kasane } from '../../src/conference/kasane';
import { base64 } from '../../src/crypto/bytes';
import { signingKeyPair } from '../../src/crypto/signature';
import { sodiumReady } from '../../src/crypto/sodium';
import type { Evidence } from '../../src/ledger/evidence';
import { readFounding } from '../../src/ledger/founding';
import { LedgerViolation } from '../../src/ledger/violation';
import { memoryKeep } from '../../src/node/node_host';
import { seedOf, Town } from '../town';
import { cosign, foundedWith, testWitness } from '../witnessed';
import { extended, openClient, ScriptedServer, StillHost } from './stage';

const agency = (id: string) => ({ unit: 'directory', statement: { kind: 'agency.add', by: 'kirino', agency: id, agency_type: 'elderly' } });

let host: StillHost;
let server: ScriptedServer;
let client: Kasane;
let keep: ReturnType<typeof memoryKeep>;
const key = () => signingKeyPair(seedOf(203));

async function connect(witnesses?: object): Promise<void> {
  server = new ScriptedServer(witnesses, base64(key().publicKey));
  client = openClient({ host, server, keep });
  await host.pass(2_100);
  expect(client.connection.value.state).toBe('live');
}
const extend = () => extended(client);
const own = (agoMs = 0, note = server.town.checkpoint(), by = key()) => cosign(note, { name: server.town.origin, key: by }, host.wallMs() - agoMs);
async function told(note: string | null): Promise<void> {
  server.tell('head', { time: new Date(host.wallMs()).toISOString(), size: server.size, checkpoint: server.town.checkpoint(), own: note, quorum: null, witnesses: null });
  await host.pass(20);
}
const found = () => JSON.parse(client.exportEvidence() ?? 'null') as Evidence | null;

beforeAll(sodiumReady);
beforeEach(() => {
  host = new StillHost(Date.parse('2026-11-01T00:01:00.000Z'));
  keep = memoryKeep();
});

describe('a town that was founded with a cosigner of its own and no witnesses', () => {
  beforeEach(() => connect());

  it('gives nobody access before the log has cosigned its head, nor ten minutes after, and then again', async () => {
    expect(extend()).toBe('HEAD_STALE');
    await told(own());
    expect(extend()).toBeNull();
    await host.pass(9 * 60_000);
    expect(extend()).toBeNull();
    await host.pass(61_000);
    expect(extend()).toBe('HEAD_STALE');
    await told(own());
    expect(extend()).toBeNull();
  });

  it('believes no other: none, an old one, a forged one, one of another key or name, one ahead of every clock', async () => {
    const stranger = signingKeyPair(seedOf(250));
    const note = server.town.checkpoint();
    for (const [what, bad] of Object.entries({
      none: null, 'only the log': note, old: own(10 * 60_000 + 2_000), 'another key': own(0, note, stranger),
      forged: cosign(note, { name: server.town.origin, key: key() }, host.wallMs(), stranger), 'another name': cosign(note, testWitness(1), host.wallMs()), ahead: own(-180_000),
    })) {
      await told(bad);
      expect(extend(), what).toBe('HEAD_STALE');
    }
    expect(client.evidence.value).toBeNull();
  });

  it('is not content with a head whose entries it is not shown', async () => {
    server.live = false;
    server.town.write(agency('x'));
    await told(own());
    expect(extend()).toBe('HEAD_STALE');
    server.live = true;
    server.town.timeMs = host.wallMs();
    server.batch(server.size - 1);
    await host.pass(20);
    expect(client.evidence.value?.what).toBeUndefined();
  });

  it('stops where an entry comes that is not later than the log had promised, and keeps the proof', async () => {
    await told(own());
    server.town.write(agency('x')); // at the town's time, a minute before the promise
    server.batch(server.size - 1);
    await host.pass(20);
    expect(client.evidence.value).toMatchObject({ code: 'EVIDENCE', what: 'PROMISE' });
    expect(extend()).toBe('EVIDENCE');
    expect(found()).toMatchObject({ code: 'PROMISE', index: server.size - 1, heads: [server.town.checkpoint(), expect.stringContaining(`\n${server.size - 1}\n`)], entry: { i: server.size - 1, u: 'directory' } });
  });

  it('stops as well where the promise comes after such an entry', async () => {
    const before = own();
    server.town.write(agency('x'));
    server.batch(server.size - 1);
    await host.pass(20);
    expect(client.evidence.value).toBeNull();
    await told(before);
    expect(client.evidence.value).toMatchObject({ what: 'PROMISE' });
  });

  it('knows the promise after a restart', async () => {
    await told(own());
    server.town.write(agency('x'));
    server.cut();
    client = openClient({ host, server, keep }); // the same vault
    await host.pass(2_100);
    expect(client.evidence.value).toMatchObject({ what: 'PROMISE' });
  });

  it('takes an own head of another history as evidence', async () => {
    await told(own(0, server.town.checkpoint(server.size, server.town.logKey, new Uint8Array(32).fill(1))));
    expect(client.evidence.value).toMatchObject({ what: 'ROOT' });
  });
});

describe('a town with witnesses', () => {
  it('is not content with the log’s own word', async () => {
    const pair = [testWitness(1), testWitness(2)] as const;
    await connect(foundedWith(2, pair));
    await told(own());
    expect(extend()).toBe('QUORUM_STALE');
  });
});

describe('the cosigner in entry 0', () => {
  it('is read as it stands, and what is no fit key founds nothing', () => {
    const read = (cosigner: string | null) => {
      const town = new Town(undefined, cosigner);
      return readFounding(town.entries[0]?.envelope ?? '', town.foundingHash).cosignerKey;
    };
    expect(read(null)).toBeNull();
    expect(read(base64(key().publicKey))).toEqual(key().publicKey);
    for (const bad of ['', 'key', base64(new Uint8Array(32)), base64(new Uint8Array(31).fill(9))]) expect(() => read(bad), bad).toThrow(LedgerViolation);
  });
});
