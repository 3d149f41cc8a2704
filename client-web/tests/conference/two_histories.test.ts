// A server that shows this device another history than before: found out at the greeting, at an acknowledgement, or
// by a colleague, also after a restart and a lost ledger.
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Kasane } from '../../src/conference/kasane';
import type { Keep } from '../../src/conference/ports';
import { fromBase64, fromHex, hex } from '../../src/crypto/bytes';
import { deviceFromSeed } from '../../src/crypto/device';
import { verifyConsistency } from '../../src/crypto/merkle';
import { sodiumReady } from '../../src/crypto/sodium';
import type { Evidence } from '../../src/ledger/evidence';
import type { Heads } from '../../src/ledger/heads';
import { memoryKeep } from '../../src/node/node_host';
import { seedOf } from '../town';
import { ScriptedServer, StillHost, willingPolicy } from './stage';

beforeAll(sodiumReady);

let host: StillHost;
let server: ScriptedServer;
let keep: Keep;
const open = () => {
  const client = new Kasane({ device: deviceFromSeed(seedOf(2)), foundingHash: server.town.foundingHash, keep, host, network: server, policy: willingPolicy() });
  client.start();
  return client;
};

beforeEach(() => {
  host = new StillHost(Date.parse('2026-11-01T00:01:00.000Z'));
  server = new ScriptedServer();
  keep = memoryKeep();
});

describe('a server with two histories', () => {
  /** Another history of the same log over the same beginning, as long as or longer than the one that was shown. */
  const fork = (entries: number) => {
    server.town.leaves.splice(-1);
    server.town.entries.splice(-1);
    for (let i = 0; i < entries; i++) server.town.write({ unit: `item/i-${i}`, statement: { kind: 'item.open', by: 'kirino', item: `i-${i}` } });
  };
  const evidence = (client: Kasane) => JSON.parse(client.exportEvidence() ?? '{}') as Evidence;

  it('is found out though the vault has lost its ledger: the newest head is kept beside it', async () => {
    const first = open();
    await host.pass(100);
    await first.stop();
    for (const key of await keep.keys('ledger/')) await keep.put(key, new Uint8Array(3));
    server.town.leaves.pop();
    server.town.entries.pop();
    const client = open();
    await host.pass(100);
    expect(client.evidence.value?.what).toBe('ROLLED_BACK');
    expect(evidence(client).heads).toHaveLength(2);
  });

  it('with another history of one size is found out by its greeting, and both heads are the proof', async () => {
    const first = open();
    await host.pass(100);
    await first.stop();
    fork(1);
    const client = open();
    await host.pass(100);
    expect(client.evidence.value?.what).toBe('ROOT');
    expect(evidence(client).heads.map((note) => note.split('\n')[1])).toEqual([String(server.size), String(server.size)]);
    expect(server.asked.filter((request) => request.method === 'authenticate')).toHaveLength(1);
  });

  it('with a longer history that is no continuation is asked for all of it, and the file shows where they part', async () => {
    const first = open();
    await host.pass(100);
    const held = server.size;
    await first.stop();
    fork(3);
    const client = open();
    await host.pass(100);
    expect(client.evidence.value?.what).toBe('ROOT');
    const { fork: proof, heads } = evidence(client);
    const roots = heads.map((note) => fromBase64(note.split('\n')[2] ?? '') ?? new Uint8Array());
    expect(proof?.size).toBe(held);
    expect(proof?.root).not.toBe(hex(roots[0] ?? new Uint8Array()));
    expect(verifyConsistency(held, fromHex(proof?.root ?? '') ?? new Uint8Array(), server.size, roots[1] ?? new Uint8Array(), (proof?.path ?? []).map((step) => fromHex(step) ?? new Uint8Array()))).toBe(true);
  });

  it('stays found out after a reload, is not asked anything any more, and what is held stays to be read', async () => {
    const first = open();
    await host.pass(100);
    await first.stop();
    const { leaves, entries } = server.town;
    const honest = { leaves: [...leaves], entries: [...entries] };
    fork(1);
    const found = open();
    await host.pass(100);
    await found.stop();
    server.town.leaves.splice(0, leaves.length, ...honest.leaves);
    server.town.entries.splice(0, entries.length, ...honest.entries);
    const asked = server.connections;
    const client = open();
    await host.pass(10_000);
    expect(server.connections).toBe(asked);
    expect(client.evidence.value?.what).toBe('ROOT');
    expect(client.model.value?.me.person).toBe('dan');
    expect(evidence(client).heads).toHaveLength(2);
    await client.recheck();
    const again = open();
    await host.pass(100);
    expect(again.connection.value.state).toBe('live');
  });

  it('that acknowledges under another head than it shows is found out', async () => {
    const client = open();
    await host.pass(100);
    server.answers.set('append', (request) => {
      const receipt = server.append(request.params['envelopes'] as string[]);
      return { ...receipt, checkpoint: server.town.checkpoint(server.size, server.town.logKey, new Uint8Array(32)) };
    });
    void client.openItem('i-1');
    await host.pass(500);
    expect(client.evidence.value?.what).toBe('ROOT');
  });

  it('that holds back what a colleague has seen is asked, and believed no more when it has less', async () => {
    const client = open();
    await host.pass(100);
    const before = server.town.checkpoint();
    server.town.write({ unit: 'directory', statement: { kind: 'agency.add', by: 'kirino', agency: 'x', agency_type: 'elderly' } });
    const ahead = server.town.checkpoint(); // dan's line is told nothing of it
    server.answers.set('feed', () => ({ ...(server.part(server.size - 1) as object), leaves: '', entries: [], salts: {}, size: server.size - 1, checkpoint: before }));
    const life = client as unknown as { holdings: { heads: Heads }; sync: { expect(size: number): void } };
    life.holdings.heads.saw(ahead);
    life.sync.expect(life.holdings.heads.size);
    await host.pass(9_000);
    expect(client.evidence.value).toBeNull();
    await host.pass(1_100);
    expect(client.evidence.value?.what).toBe('ROLLED_BACK');
  });
});
