// The signed promise of who gets which wrap: Merkle root of (device, SHA-256(wrap)), sorted by device (FORMATS.md §7).
import { parts } from './hash';
import { leafHash, treeRoot, verifyInclusion } from './merkle';

export interface WrapDigest {
  device: string;
  /** SHA-256(wrap). */
  digest: Uint8Array;
}

function leafOf(wrap: WrapDigest): Uint8Array {
  return leafHash(parts(wrap.device, wrap.digest));
}

/** In any order. Errors: null where a device stands twice. */
export function wrapsRoot(wraps: readonly WrapDigest[]): Uint8Array | null {
  const sorted = [...wraps].sort((a, b) => (a.device < b.device ? -1 : a.device > b.device ? 1 : 0));
  if (sorted.some((wrap, i) => wrap.device === sorted[i + 1]?.device)) return null;
  return treeRoot(sorted.map(leafOf));
}

export function verifyWrap(
  root: Uint8Array, wrap: WrapDigest, position: number, leaves: number, path: readonly Uint8Array[],
): boolean {
  return verifyInclusion(leafOf(wrap), position, leaves, root, path);
}
