// Merkle trees, RFC 6962 §2.1; the verifiers are those of RFC 9162 §2.1.3.2 and §2.1.4.2.
import { concat, equal } from './bytes';
import { sha256 } from './hash';

const leafPrefix = Uint8Array.of(0);
const nodePrefix = Uint8Array.of(1);

export function leafHash(leaf: Uint8Array): Uint8Array {
  return sha256(concat(leafPrefix, leaf));
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(concat(nodePrefix, left, right));
}

export function emptyRoot(): Uint8Array {
  return sha256(new Uint8Array(0));
}

/** The right edge of a growing tree: roots of its perfect subtrees, largest first, as many as `size` has set bits. */
export class Frontier {
  size = 0;
  edges: Uint8Array[] = [];

  append(leaf: Uint8Array): void {
    let hash = leaf;
    // One merge for each trailing one bit of the old size, as a binary counter carries.
    for (let rest = this.size; rest % 2 === 1; rest = (rest - 1) / 2) {
      const left = this.edges.pop();
      if (!left) throw new Error('Frontier.append: too few edges');
      hash = nodeHash(left, hash);
    }
    this.edges.push(hash);
    this.size += 1;
  }

  root(): Uint8Array {
    let hash: Uint8Array | undefined;
    for (let i = this.edges.length - 1; i >= 0; i--) {
      const edge = this.edges[i];
      if (edge) hash = hash ? nodeHash(edge, hash) : edge;
    }
    return hash ?? emptyRoot();
  }

  copy(): Frontier {
    const other = new Frontier();
    other.size = this.size;
    other.edges = [...this.edges];
    return other;
  }
}

/** RFC 6962 §2.1: the root over these leaf hashes. */
export function treeRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const frontier = new Frontier();
  for (const leaf of leaves) frontier.append(leaf);
  return frontier.root();
}

/** RFC 6962 §2.1.1, over leaf hashes. Requires: index < leaves.length. */
export function inclusionProof(leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  if (leaves.length <= 1) return [];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split ? [...inclusionProof(left, index), treeRoot(right)] : [...inclusionProof(right, index - split), treeRoot(left)];
}

/** RFC 6962 §2.1.2: from the first `from` of these leaves to all. Requires: 0 < from ≤ leaves.length. */
export function consistencyProof(leaves: readonly Uint8Array[], from: number, whole = true): Uint8Array[] {
  if (from === leaves.length) return whole ? [] : [treeRoot(leaves)];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return from <= split ? [...consistencyProof(left, from, whole), treeRoot(right)] : [...consistencyProof(right, from - split, false), treeRoot(left)];
}

/** The largest power of two below the size. */
function splitOf(size: number): number {
  return 2 ** Math.floor(Math.log2(size - 1));
}

/** RFC 9162 §2.1.3.2. Requires nothing of its inputs. */
export function verifyInclusion(
  leaf: Uint8Array, index: number, size: number, root: Uint8Array, proof: readonly Uint8Array[],
): boolean {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false;
  if (leaf.length !== 32 || root.length !== 32 || proof.some((step) => step.length !== 32)) return false;
  let fn = index;
  let sn = size - 1;
  let hash = leaf;
  for (const step of proof) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(step, hash);
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    } else {
      hash = nodeHash(hash, step);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && equal(hash, root);
}

/** RFC 9162 §2.1.4.2. False from size 0: an empty tree proves nothing. */
export function verifyConsistency(
  from: number, fromRoot: Uint8Array, to: number, toRoot: Uint8Array, proof: readonly Uint8Array[],
): boolean {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 1 || from > to) return false;
  if (from === to) return proof.length === 0 && equal(fromRoot, toRoot);
  const path = [...proof];
  if (Number.isInteger(Math.log2(from))) path.unshift(fromRoot);
  const first = path[0];
  if (!first) return false;
  let fn = from - 1;
  let sn = to - 1;
  while (fn % 2 === 1) {
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  let fr = first;
  let sr = first;
  for (const step of path.slice(1)) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      fr = nodeHash(step, fr);
      sr = nodeHash(step, sr);
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    } else {
      sr = nodeHash(sr, step);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && equal(fr, fromRoot) && equal(sr, toRoot);
}
