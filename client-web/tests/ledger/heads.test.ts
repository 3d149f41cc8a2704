import { beforeAll, describe, expect, it } from 'vitest';
import { base64, hex } from '../../src/crypto/bytes';
import { deviceFromSeed } from '../../src/crypto/device';
import { consistencyProof, inclusionProof, treeRoot, verifyConsistency, verifyInclusion } from '../../src/crypto/merkle';
import { noteSignature } from '../../src/crypto/note';
import { signingKeyPair } from '../../src/crypto/signature';
import { sodiumReady } from '../../src/crypto/sodium';
import { evidenceOf } from '../../src/ledger/evidence';
import { Heads } from '../../src/ledger/heads';
import { Ledger } from '../../src/ledger/ledger';
import { LedgerViolation } from '../../src/ledger/violation';
import type { Json } from '../../src/wire/json';
import { seedOf, Town } from '../town';

beforeAll(sodiumReady);

/** A town of `entries` entries more, and a ledger that holds all of it. */
function held(entries = 0) {
  const town = new Town();
  const member = deviceFromSeed(seedOf(2));
  town.addPerson('dan', member);
  const say = (n: number) => town.write({ unit: 'item/i-1', statement: { kind: 'message.post', by: 'dan', item: 'i-1', message: `m-${n}` }, by: member });
  for (let i = 0; i < entries; i++) say(i);
  const ledger = new Ledger(town.foundingHash);
  const heads = new Heads(() => ledger);
  ledger.add(town.arrival());
  heads.settle();
  return { town, ledger, heads, say };
}

function violation(run: () => unknown): LedgerViolation | null {
  try {
    run();
    return null;
  } catch (error) {
    if (error instanceof LedgerViolation) return error;
    throw error;
  }
}

const said = (town: Town, size: number, root?: Uint8Array, key = town.logKey) => {
  const note = town.checkpoint(size, key, root);
  return { size, root: hex(root ?? treeRoot(town.leaves.slice(0, size))), signature: base64(noteSignature(note, town.origin, key.publicKey) ?? new Uint8Array()) };
};

describe('the heads that a device has seen', () => {
  it('are known at every size of what it holds', () => {
    const { town, ledger } = held(200);
    for (let size = 0; size <= town.leaves.length; size++) expect(hex(ledger.rootAt(size) ?? new Uint8Array())).toBe(hex(treeRoot(town.leaves.slice(0, size))));
    expect(ledger.rootAt(town.leaves.length + 1)).toBeNull();
  });

  it('of the past and of now are one history', () => {
    const { town, heads } = held(5);
    for (let size = 1; size <= town.leaves.length; size++) heads.saw(town.checkpoint(size));
  });

  it('ahead of what it holds are compared when the leaves come', () => {
    const { town, ledger, heads, say } = held();
    const from = town.leaves.length;
    say(1);
    heads.saw(town.checkpoint());
    expect(heads.size).toBe(from + 1);
    ledger.add(town.arrival(from));
    heads.settle();
    heads.saw(town.checkpoint(from + 2, town.logKey, new Uint8Array(32)));
    say(2);
    ledger.add(town.arrival(from + 1));
    expect(violation(() => heads.settle())?.code).toBe('ROOT');
  });

  it('with another root, from whomever, are two histories', () => {
    const { town, heads } = held(3);
    const lie = town.checkpoint(4, town.logKey, new Uint8Array(32));
    expect(violation(() => heads.saw(lie))).toMatchObject({ code: 'ROOT', shown: { note: lie } });
    expect(violation(() => heads.heard(said(town, 4, new Uint8Array(32))))?.code).toBe('ROOT');
  });

  it('that a colleague only says to have seen, without the log\'s signature, say nothing', () => {
    const { town, heads } = held(3);
    expect(heads.heard(said(town, 4))).toBe(true);
    expect(heads.heard({ ...said(town, 4), root: hex(new Uint8Array(32)) })).toBe(false);
    expect(heads.heard(said(town, 4, new Uint8Array(32), signingKeyPair(seedOf(9))))).toBe(false);
    for (const value of [undefined, null, 4, 'x', {}, [], { size: -1, root: '', signature: '' }, { size: 2 ** 60, root: hex(new Uint8Array(32)), signature: base64(new Uint8Array(64)) }] as (Json | undefined)[]) expect(heads.heard(value)).toBe(false);
  });

  it('are what frames carry', () => {
    const { town, ledger, heads } = held(3);
    expect(heads.said()).toEqual(said(town, ledger.size));
  });

  it('are kept: a ledger held anew from another history is refused', () => {
    const { town, heads } = held(3);
    const other = held(9);
    const after = new Heads(() => other.ledger);
    after.read(heads.print());
    expect(violation(() => after.settle())).toBeNull(); // the same history, gone on
    const lying = new Heads(() => other.ledger);
    const foreign = town.checkpoint(4, town.logKey, new Uint8Array(32));
    lying.read(new TextEncoder().encode(JSON.stringify({ size: 4, root: hex(new Uint8Array(32)), note: foreign, founding: town.entries[0]?.envelope })));
    expect(violation(() => lying.settle())?.code).toBe('ROOT');
  });
});

describe('the evidence', () => {
  it('shows an entry that cannot be in the tree that was signed', () => {
    const { town, ledger } = held(3);
    const from = town.leaves.length;
    const bad = town.write({ unit: 'item/i-1', statement: { kind: 'message.post', by: 'dan', item: 'i-1', message: 'm-x' }, by: deviceFromSeed(seedOf(2)), seenSize: 2, seenRoot: new Uint8Array(32) });
    const found = violation(() => ledger.add(town.arrival(from)));
    expect(found?.code).toBe('SEEN');
    if (!found) return;
    const { entry, heads, founding, log } = evidenceOf(ledger.founding, ledger, found, ledger.checkpoint, { device: 'd-x', foundAtMs: 0 });
    expect({ log, founding }).toEqual({ log: town.log, founding: town.entries[0]?.envelope });
    expect(heads).toEqual([town.checkpoint()]);
    const path = inclusionProof(town.leaves, bad.index);
    expect(entry).toMatchObject({ i: bad.index, e: bad.envelope, path: path.map(hex) });
    expect(verifyInclusion(town.leaves[bad.index] ?? new Uint8Array(), bad.index, town.leaves.length, treeRoot(town.leaves), path)).toBe(true);
  });

  it('rests on proofs that RFC 9162 accepts, of every size from every size', () => {
    const leaves = Array.from({ length: 21 }, (_, i) => new Uint8Array(32).fill(i + 1));
    for (let to = 1; to <= leaves.length; to++) {
      const tree = leaves.slice(0, to);
      for (let from = 1; from <= to; from++) expect(verifyConsistency(from, treeRoot(tree.slice(0, from)), to, treeRoot(tree), consistencyProof(tree, from))).toBe(true);
      for (let i = 0; i < to; i++) expect(verifyInclusion(tree[i] ?? new Uint8Array(), i, to, treeRoot(tree), inclusionProof(tree, i))).toBe(true);
    }
  });
});
