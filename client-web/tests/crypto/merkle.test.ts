import { beforeAll, describe, expect, it } from 'vitest';
import { fromBase64, fromHex, hex } from '../../src/crypto/bytes';
import { emptyRoot, Frontier, leafHash, treeRoot, verifyConsistency, verifyInclusion } from '../../src/crypto/merkle';
import { sodiumReady } from '../../src/crypto/sodium';
import { outside, withVectors } from '../vectors';

const b64 = (text: string | null) => fromBase64(text ?? '') ?? new Uint8Array();

beforeAll(sodiumReady);

describe('the Merkle tree', () => {
  it('of nothing has the hash of nothing as root', () => {
    expect(hex(new Frontier().root())).toBe(hex(emptyRoot()));
    expect(hex(emptyRoot())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });
  withVectors<{ leaves_hex: string[]; leaf_hashes_hex: string[]; roots_hex: string[] }>(
    outside('merkle/rfc6962_tree8_roots.json'), 'has the roots of the classic eight leaves', (v) => {
      const leaves = v.leaves_hex.map((text) => leafHash(fromHex(text) ?? new Uint8Array()));
      expect(leaves.map(hex)).toEqual(v.leaf_hashes_hex);
      expect(v.roots_hex.map((_, n) => hex(treeRoot(leaves.slice(0, n))))).toEqual(v.roots_hex);
    },
  );
  type Inclusion = { name: string; leafIdx: number | string; treeSize: number; root: string; leafHash: string; proof: string[] | null; wantErr: boolean };
  withVectors<Inclusion[]>(outside('merkle/rfc6962_inclusion.json'), 'accepts exactly the sound inclusion proofs', (cases) => {
    for (const c of cases) {
      const sound = verifyInclusion(b64(c.leafHash), Number(c.leafIdx), c.treeSize, b64(c.root), (c.proof ?? []).map(b64));
      expect(sound, c.name).toBe(!c.wantErr);
    }
  });
  type Consistency = { name: string; size1: number; size2: number; root1: string; root2: string; proof: string[] | null; wantErr: boolean };
  withVectors<Consistency[]>(outside('merkle/rfc6962_consistency.json'), 'accepts exactly the sound consistency proofs', (cases) => {
    for (const c of cases) {
      const sound = verifyConsistency(c.size1, b64(c.root1), c.size2, b64(c.root2), (c.proof ?? []).map(b64));
      expect(sound, c.name).toBe(!c.wantErr);
    }
  });
});
