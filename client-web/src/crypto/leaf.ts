// The ledger's leaf (design.md §3, crypto/FORMATS.md §5).
import { concat, hex, u64be, utf8 } from './bytes';
import { parts, sha256 } from './hash';
import { leafHash } from './merkle';

export interface Leaf {
  timeMs: number;
  unit: Uint8Array;
  /** In the unit, from 0. */
  position: number;
  /** Leaf hash of the unit's previous leaf; 32 zeros for the first. */
  previous: Uint8Array;
  /** SHA-256 of the envelope's text. */
  envelope: Uint8Array;
}

/** 113 bytes. */
export function encodeLeaf(leaf: Leaf): Uint8Array {
  return concat(Uint8Array.of(1), u64be(leaf.timeMs), leaf.unit, u64be(leaf.position), leaf.previous, leaf.envelope);
}

export function hashOfLeaf(leaf: Leaf): Uint8Array {
  return leafHash(encodeLeaf(leaf));
}

export function unitTag(salt: Uint8Array, unit: string): Uint8Array {
  return sha256(parts('kasane/unit/v1', salt, unit));
}

/** Leaf of the tree of `ledger.heads`: where a unit ends. */
export function unitHead(unit: Uint8Array, count: number, last: Uint8Array): Uint8Array {
  return leafHash(concat(unit, u64be(count), last));
}

export function logName(origin: string, foundingEnvelope: string): string {
  return `${origin}#${hex(sha256(utf8(foundingEnvelope)))}`;
}
