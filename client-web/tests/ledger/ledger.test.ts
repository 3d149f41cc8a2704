import { beforeAll, describe, expect, it } from 'vitest';
import { hex } from '../../src/crypto/bytes';
import { bundleJson, deviceFromSeed, publicBundle } from '../../src/crypto/device';
import { signingKeyPair } from '../../src/crypto/signature';
import { sodiumReady } from '../../src/crypto/sodium';
import { type Arrival, Ledger } from '../../src/ledger/ledger';
import { LedgerViolation, type ViolationCode } from '../../src/ledger/violation';
import { seedOf, Town } from '../town';

beforeAll(sodiumReady);

function violation(run: () => unknown): ViolationCode | null {
  try {
    run();
    return null;
  } catch (error) {
    if (error instanceof LedgerViolation) return error.code;
    throw error;
  }
}

/** A town with a member, and a ledger that holds it. */
function peopled() {
  const town = new Town();
  const member = deviceFromSeed(seedOf(2));
  town.addPerson('dan', member);
  town.write({ unit: 'case/c-1', statement: { kind: 'case.open', by: 'dan', case: 'c-1', subjects: [{ subject: 's-1' }] }, by: member });
  const ledger = new Ledger(town.foundingHash);
  return { town, member, ledger };
}
const item = (n: number) => ({ unit: 'item/i-1', statement: { kind: 'message.post', by: 'dan', item: 'i-1', message: `m-${n}` } });

describe('the ledger as a client holds it', () => {
  it('takes what an honest server sends, in one piece or in many', () => {
    const { town, ledger } = peopled();
    ledger.add(town.arrival());
    const slowly = new Ledger(town.foundingHash);
    slowly.add(town.arrival(0, 2));
    for (let i = 2; i < town.leaves.length; i++) slowly.add(town.arrival(i, i + 1));
    expect(slowly.seen).toEqual(ledger.seen);
    expect(slowly.entries().map((entry) => hex(entry.leaf))).toEqual(town.leaves.map(hex));
    expect(ledger.founding).toMatchObject({ log: town.log, demo: true, tenant: 'kakuu' });
    expect(ledger.founding.titles).toEqual({ tenant: '架空市', agency: { id: 'shiyakusho', title: '架空市役所' } });
    expect(ledger.directory.liveOf('dan')).toHaveLength(1);
  });

  it('holds units that it may not read as rows of hashes alone', () => {
    const { town, ledger } = peopled();
    ledger.add(town.arrival(0, town.leaves.length, (unit) => unit === 'directory'));
    expect(ledger.size).toBe(town.leaves.length);
    expect(ledger.units.has('case/c-1')).toBe(false);
  });

  it('takes the past of a unit that opens later', () => {
    const { town, member, ledger } = peopled();
    ledger.add(town.arrival(0, town.leaves.length, (unit) => unit === 'directory'));
    const past = town.arrival(0, town.leaves.length, (unit) => unit === 'case/c-1');
    const now = town.write({ ...item(1), by: member });
    const arrival = town.arrival(now.index);
    expect(ledger.add({ ...arrival, salts: new Map([...arrival.salts, ...past.salts]), entries: [...arrival.entries, ...past.entries] })
      .map((entry) => entry.unit)).toEqual(['case/c-1', 'item/i-1']);
  });

  const founding: [string, ViolationCode, (arrival: Arrival, town: Town) => Arrival][] = [
    ['another founding entry than the address says', 'FOUNDING', (_, town) => {
      const other = new Town();
      other.write({ unit: 'directory', statement: { kind: 'agency.add', by: 'kirino', agency: 'x', agency_type: 'elderly' } });
      const entry = other.entries[2];
      return { ...other.arrival(), entries: town.entries.map((one, i) => (i === 0 && entry ? { ...entry, index: 0 } : one)) };
    }],
    ['no founding entry', 'FOUNDING', (arrival) => ({ ...arrival, entries: arrival.entries.slice(1) })],
    ['a checkpoint by another key', 'CHECKPOINT', (arrival, town) => ({ ...arrival, checkpoint: town.checkpoint(town.leaves.length, signingKeyPair(seedOf(9))) })],
    ['a checkpoint over another root', 'ROOT', (arrival, town) => ({ ...arrival, checkpoint: town.checkpoint(town.leaves.length, town.logKey, new Uint8Array(32)) })],
    ['a leaf that was exchanged', 'ROOT', (arrival) => ({ ...arrival, leaves: arrival.leaves.map((leaf, i) => (i === 2 ? new Uint8Array(32) : leaf)) })],
    ['fewer leaves than the checkpoint counts', 'GAP', (arrival) => ({ ...arrival, leaves: arrival.leaves.slice(0, -1) })],
    ['a hole in a unit', 'CHAIN', (arrival) => ({ ...arrival, entries: arrival.entries.filter((entry) => entry.index !== 2) })],
    ['an entry moved in time', 'LEAF', (arrival) => ({ ...arrival, entries: arrival.entries.map((entry) => (entry.index === 3 ? { ...entry, timeMs: entry.timeMs + 1 } : entry)) })],
    ['an entry of another text', 'LEAF', (arrival) => ({ ...arrival, entries: arrival.entries.map((entry) => (entry.index === 3 ? { ...entry, envelope: arrival.entries[2]?.envelope ?? '' } : entry)) })],
    ['another salt', 'LEAF', (arrival) => ({ ...arrival, salts: new Map([...arrival.salts, ['directory', new Uint8Array(16)]]) })],
  ];
  for (const [what, code, lie] of founding) {
    it(`keeps ${what} as evidence`, () => {
      const { town, ledger } = peopled();
      expect(violation(() => ledger.add(lie(town.arrival(), town)))).toBe(code);
    });
  }

  const written: [string, ViolationCode, (town: Town, member: ReturnType<typeof deviceFromSeed>) => void][] = [
    ['a statement signed by an unknown device', 'DEVICE', (town) => town.write({ ...item(1), by: deviceFromSeed(seedOf(7)) })],
    ['a statement in another person\'s name', 'DEVICE', (town, member) => town.write({ unit: 'item/i-1', statement: { kind: 'item.open', by: 'kirino', item: 'i-1' }, by: member })],
    ['a statement under another device\'s name', 'SIGNATURE', (town) => town.write({ ...item(1), by: deviceFromSeed(seedOf(7)), device: deviceFromSeed(seedOf(2)).id })],
    ['a statement by a revoked device', 'DEVICE', (town, member) => {
      town.write({ unit: 'directory', statement: { kind: 'device.revoke', by: 'kirino', device: member.id } });
      town.write({ ...item(1), by: member });
    }],
    ['a statement by a person who is ended', 'DEVICE', (town, member) => {
      town.write({ unit: 'directory', statement: { kind: 'person.end', by: 'kirino', person: 'dan' } });
      town.write({ ...item(1), by: member });
    }],
    ['a statement of another log', 'LOG_NAME', (town, member) => town.write({ ...item(1), by: member, log: town.origin })],
    ['a statement filed under another unit', 'UNIT', (town, member) => town.write({ ...item(1), by: member, payloadUnit: 'item/i-2' })],
    ['a statement that has seen the future', 'STATEMENT', (town, member) => town.write({ ...item(1), by: member, seenSize: 99 })],
    ['a server\'s statement without the server\'s key', 'DEVICE', (town, member) => town.write({ unit: 'item/i-1', statement: { kind: 'attendance.join', by: 'dan', item: 'i-1', person: 'dan' }, by: member, device: 'server' })],
    ['a statement whose author saw another history', 'SEEN', (town, member) => town.write({ ...item(1), by: member, seenSize: 3, seenRoot: new Uint8Array(32) })],
    ['a second signature that is missing', 'SIGNATURE', (town, member) => town.write({ unit: 'case/c-1', statement: { kind: 'conflict.lift', by: 'dan', case: 'c-1', person: 'x', with: 'kirino' }, by: member })],
    ['a second signature by the wrong person', 'DEVICE', (town, member) => {
      const third = deviceFromSeed(seedOf(3));
      town.addPerson('ueki', third);
      town.write({ unit: 'case/c-1', statement: { kind: 'conflict.lift', by: 'dan', case: 'c-1', person: 'x', with: 'kirino' }, by: member, second: third });
    }],
    ['an envelope in another spelling', 'ENVELOPE', (town) => town.enter('item/i-1', town.entries[2]?.envelope.replace('{', '{ ') ?? '')],
    ['a device whose proof is not its own', 'DEVICE', (town) => {
      const [a, b] = [deviceFromSeed(seedOf(4)), deviceFromSeed(seedOf(5))];
      town.write({ unit: 'directory', statement: { kind: 'device.add', by: 'kirino', device: a.id, person: 'dan', body: bundleJson({ ...publicBundle(a), proof: publicBundle(b).proof }) } });
    }],
  ];
  for (const [what, code, lie] of written) {
    it(`keeps ${what} as evidence, though the tree holds it`, () => {
      const { town, member, ledger } = peopled();
      const from = town.leaves.length;
      ledger.add(town.arrival());
      lie(town, member);
      expect(violation(() => ledger.add(town.arrival(from)))).toBe(code);
    });
  }

  it('knows a second signature by a live device of the person it names', () => {
    const { town, member, ledger } = peopled();
    town.write({ unit: 'case/c-1', statement: { kind: 'conflict.lift', by: 'dan', case: 'c-1', person: 'x', with: 'kirino' }, by: member, second: town.registrar });
    expect(ledger.add(town.arrival()).at(-1)?.payload.kind).toBe('conflict.lift');
  });

  it('notices a server that has gone back', () => {
    const { town, ledger } = peopled();
    ledger.add(town.arrival());
    expect(violation(() => ledger.add({ ...town.arrival(town.leaves.length), checkpoint: town.checkpoint(3) }))).toBe('ROLLED_BACK');
  });

  it('notices a server with two histories', () => {
    const { town, member, ledger } = peopled();
    const from = town.leaves.length;
    ledger.add(town.arrival());
    const other = peopled().town;
    other.timeMs += 5000;
    other.write({ ...item(1), by: member });
    town.write({ ...item(2), by: member });
    ledger.add(town.arrival(from));
    other.write({ ...item(3), by: member });
    expect(violation(() => ledger.add({ ...other.arrival(from + 1) }))).toBe('ROOT');
  });

  it('drops a unit whole, and takes it again from its start', () => {
    const { town, ledger } = peopled();
    ledger.add(town.arrival());
    expect(ledger.drop('case/c-1')).toBe(true);
    expect(ledger.entries().every((entry) => entry.unit === 'directory')).toBe(true);
    const again = town.arrival(0, town.leaves.length, (unit) => unit === 'case/c-1');
    ledger.add({ ...again, from: town.leaves.length, leaves: [] });
    expect(ledger.units.get('case/c-1')?.entries).toHaveLength(1);
  });
});
