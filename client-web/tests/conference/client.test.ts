import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Kasane } from '../../src/conference/kasane';
import type { Keep } from '../../src/conference/ports';
import { parseEnvelope } from '../../src/crypto/envelope';
import { sodiumReady } from '../../src/crypto/sodium';
import { parsePayload } from '../../src/ledger/payload';
import type { Policy } from '../../src/policy/door';
import { memoryKeep } from '../../src/node/node_host';
import { deviceFromSeed } from '../../src/crypto/device';
import { seedOf } from '../town';
import { openClient, ScriptedServer, StillHost, willingPolicy } from './stage';

beforeAll(sodiumReady);

let host: StillHost;
let server: ScriptedServer;
let keep: Keep;
const open = (policy?: Policy) => openClient({ host, server, keep }, policy);
beforeEach(() => {
  host = new StillHost(Date.parse('2026-11-01T00:01:00.000Z'));
  server = new ScriptedServer();
  keep = memoryKeep();
});

describe('the client and its line', () => {
  it('verifies what it is fed and is live', async () => {
    const client = open();
    await host.pass(100);
    expect(client.connection.value.state).toBe('live');
    expect(client.model.value).toMatchObject({ size: server.size, me: { person: 'dan' } });
  });

  it('asks after a reload only for what it lacks', async () => {
    const first = open();
    await host.pass(100);
    await first.stop();
    server.town.write({ unit: 'directory', statement: { kind: 'agency.add', by: 'kirino', agency: 'x', agency_type: 'elderly' } });
    const client = open();
    await host.pass(100);
    const feeds = server.asked.filter((request) => request.method === 'feed').map((request) => request.params['size']);
    expect(feeds).toEqual([0, server.size - 1]);
    expect(client.model.value?.size).toBe(server.size);
  });

  it('comes back by itself after the line broke, with nothing lost and nothing doubled', async () => {
    const client = open();
    await host.pass(100);
    server.cut();
    await host.pass(1);
    expect(client.connection.value.state).toBe('offline');
    server.town.write({ unit: 'directory', statement: { kind: 'agency.add', by: 'kirino', agency: 'x', agency_type: 'elderly' } });
    await host.pass(3_100);
    expect(client.connection.value.state).toBe('live');
    expect(client.model.value?.size).toBe(server.size);
  });

  it('notices a socket that only looks open: in words within 5 seconds, with a new line within 15', async () => {
    const client = open();
    await host.pass(100);
    server.answers.set('ping', () => 'silence');
    await host.pass(2_000);
    expect(client.silent.value).toBe(false);
    await host.pass(3_000);
    expect(client.silent.value).toBe(true);
    expect(client.connection.value.state).toBe('live');
    await host.pass(8_000);
    expect(client.silent.value && client.connection.value.state === 'live').toBe(false);
    server.answers.delete('ping');
    await host.pass(5_000);
    expect(server.connections).toBe(2);
    expect(client.connection.value.state).toBe('live');
    expect(client.silent.value).toBe(false);
  });

  it('says so within 5 seconds where the line lives and only the acknowledgement does not come', async () => {
    const client = open();
    await host.pass(100);
    server.answers.set('append', () => 'silence');
    void client.openItem('i-1');
    await host.pass(4_000);
    expect(client.silent.value).toBe(false);
    await host.pass(1_000);
    expect(client.silent.value).toBe(true);
  });

  it('says so where a line never says hello', async () => {
    server.mute = true;
    const client = open();
    await host.pass(5_000);
    expect(client.silent.value).toBe(true);
    server.mute = false;
    await host.pass(15_000);
    expect(client.connection.value.state).toBe('live');
    expect(client.silent.value).toBe(false);
  });

  it('asks nothing of a server that speaks, once in two seconds of one that does not, and seldom in a tab that nobody sees', async () => {
    open();
    await host.pass(100);
    const pings = () => server.asked.filter(({ method }) => method === 'ping').length;
    for (let i = 0; i < 20; i++) {
      server.town.write({ unit: 'directory', statement: { kind: 'agency.add', by: 'kirino', agency: `x${i}`, agency_type: 'elderly' } });
      server.batch(server.size - 1);
      await host.pass(1_000);
    }
    expect(pings()).toBe(0);
    await host.pass(60_000);
    expect(pings()).toBeGreaterThan(20);
    expect(pings()).toBeLessThanOrEqual(30);
    const before = pings();
    host.seen = false;
    await host.pass(60_000);
    expect(pings() - before).toBeLessThanOrEqual(4);
    server.answers.set('ping', () => 'silence');
    host.seen = true;
    await host.pass(5_000);
    expect(pings() - before).toBeLessThanOrEqual(5);
  });

  it('waits for a part of a feed that is long on its way, and says that it waits', async () => {
    const client = open();
    await host.pass(100);
    server.answers.set('feed', () => 'silence');
    server.answers.set('ping', () => 'silence');
    server.tell('batch', { size: server.size, time: server.time(), refeed: true });
    await host.pass(30_000);
    expect(server.connections).toBe(1);
    expect(client.silent.value).toBe(true);
    await host.pass(34_000);
    expect(server.connections).toBe(2);
  });

  it('says so where the server does not know the device, and asks again until it was added', async () => {
    server.answers.set('authenticate', () => {
      queueMicrotask(() => server.cut(4002));
      return 'silence';
    });
    const client = open();
    await host.pass(60_000);
    expect(client.connection.value).toEqual({ state: 'stopped', failure: { code: 'UNKNOWN_DEVICE' } });
    expect(server.connections).toBeGreaterThan(10);
    server.answers.delete('authenticate');
    await host.pass(4_100);
    expect(client.connection.value.state).toBe('live');
  });

  it('stops for good where its device is revoked', async () => {
    const client = open();
    await host.pass(100);
    server.cut(4004);
    await host.pass(60_000);
    expect(client.connection.value).toEqual({ state: 'stopped', failure: { code: 'DEVICE_REVOKED' } });
    expect(server.connections).toBe(1);
  });

  it('wipes its keys and its picture at once where its device is revoked, and says so again after a reload', async () => {
    const device = deviceFromSeed(seedOf(2));
    const client = new Kasane({ device, foundingHash: server.town.foundingHash, keep, host, network: server, policy: willingPolicy() });
    client.start();
    await host.pass(100);
    expect(client.model.value).not.toBeNull();
    server.cut(4004);
    await host.pass(10);
    expect(client.model.value).toBeNull();
    expect([...device.signing.secretKey, ...device.kem.secretKey].every((byte) => byte === 0)).toBe(true);
    server.answers.set('authenticate', () => {
      queueMicrotask(() => server.cut(4002)); // what the server says to whom it does not take
      return 'silence';
    });
    const again = open();
    await host.pass(60_000);
    expect(again.connection.value).toEqual({ state: 'stopped', failure: { code: 'DEVICE_REVOKED' } });
    expect(again.model.value).toBeNull();
    expect(server.connections).toBe(2);
    await again.stop();
  });
});

describe('a server that lies', () => {
  const lies: [string, () => void][] = [
    ['with a time that it did not sign', () => server.answers.set('authenticate', (request) => ({
      ...(server.honest(request) as object), time: new Date(server.town.timeMs + 5000).toISOString(),
    }))],
    ['with an older ledger than it has shown', () => {
      server.town.leaves.pop();
      server.town.entries.pop();
    }],
    ['with another person for the same device', () => server.answers.set('authenticate', (request) => ({ ...(server.honest(request) as object), person: 'kirino' }))],
  ];
  for (const [what, lie] of lies) {
    it(`${what} is evidence, and nothing is extended any more`, async () => {
      const first = open();
      await host.pass(100);
      await first.stop();
      lie();
      const client = open();
      await host.pass(100);
      expect(client.evidence.value?.code).toBe('EVIDENCE');
      expect(client.connection.value.state).toBe('stopped');
      expect(client.exportEvidence()).toContain(server.town.log);
    });
  }

  it('cannot add a device that the rules refuse, even with a bad device\'s help', async () => {
    const client = open(willingPolicy((kind) => (kind === 'device.add' ? 'NOT_AUTHORISED' : null)));
    await host.pass(100);
    expect(client.evidence.value?.detail).toContain('device.add: NOT_AUTHORISED');
  });

  it('cannot close a unit without its signature', async () => {
    const client = open();
    await host.pass(100);
    server.tell('batch', {
      ...(server.part(server.size) as object), live: undefined, opened: [],
      closed: [{ unit: 'directory', time: server.time(), signature: `${'A'.repeat(86)}==` }],
    });
    await host.pass(50);
    expect(client.evidence.value?.detail).toContain('CLOSED');
  });

  it('with a malformed message loses the line, and nothing else', async () => {
    const client = open();
    await host.pass(100);
    server.tell('batch', { size: -1 });
    await host.pass(1);
    expect(client.evidence.value).toBeNull();
    await host.pass(3_100);
    expect(client.connection.value.state).toBe('live');
  });
});

describe('a question to a server that is gone', () => {
  it('is said to be lost, not to be sent by itself', async () => {
    const client = open();
    await host.pass(100);
    server.cut();
    await host.pass(1);
    const asked = { case: 'c-1', subject: 's-1', giver: 'self', state: 'granted' as const, categories: '*' as const, recipients: '*' as const, method: 'oral' as const, witness: 'ueki' };
    expect(await client.previewConsent(asked)).toEqual({ ok: false, error: { code: 'OFFLINE_ASK' } });
    expect(client.outbox.value).toEqual([]);
  });
});


describe('the clock of the device', () => {
  it('more than two minutes off is said once, and extends nothing until it is confirmed', async () => {
    host.wallOffset = 10 * 60_000;
    const client = open();
    await host.pass(100);
    expect(client.clock.value).toMatchObject({ off: true, confirmed: false });
    expect(client.notes.value.filter((note) => note.kind === 'clock_off')).toHaveLength(1);
    const input = {
      case: 'c-1', item: null, subjects: ['s-1'], categories: ['FAM' as const], kind: 'FACT' as const, origin: 'INTAKE',
      content: { v: 1 as const, title: 't', text: 't' },
    };
    expect(await client.share(input)).toEqual({ ok: false, error: { code: 'CLOCK_OFF' } });
    client.confirmClock();
    expect(await Promise.race([client.share(input), host.pass(50).then(() => null)])).not.toEqual({ ok: false, error: { code: 'CLOCK_OFF' } });
  });
  it('never stands in a statement', async () => {
    host.wallOffset = 365 * 86_400_000;
    const client = open();
    await host.pass(100);
    void client.openItem('i-1');
    await host.pass(100);
    const text = (server.asked.find((request) => request.method === 'append')?.params['envelopes'] as string[])[0] ?? '';
    const payload = parsePayload(parseEnvelope(text)?.payload ?? new Uint8Array());
    expect(Math.abs((payload?.signedAtMs ?? 0) - server.town.timeMs)).toBeLessThan(10_000);
  });
});
