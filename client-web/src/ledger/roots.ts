// The root of every state of the log whose leaves are held: what others say they have seen is compared with it.
import { Frontier } from '../crypto/merkle';

/** Leaves between two kept edges: a root costs at most so many hashes, and a million leaves 16,000 edges. */
const stride = 64;

export class Roots {
  private frontier = new Frontier();
  /** The edge after each `stride` leaves. */
  private readonly edges: Frontier[] = [];

  get size(): number {
    return this.frontier.size;
  }

  root(): Uint8Array {
    return this.frontier.root();
  }

  /** The tree with these leaves after those it has. Nothing changes before `commit` of what it returns. */
  with(leaves: readonly Uint8Array[]): { root: Uint8Array; commit(): void } {
    const frontier = this.frontier.copy();
    const edges: Frontier[] = [];
    for (const leaf of leaves) {
      frontier.append(leaf);
      if (frontier.size % stride === 0) edges.push(frontier.copy());
    }
    return {
      root: frontier.root(),
      commit: () => {
        this.frontier = frontier;
        for (const edge of edges) this.edges.push(edge);
      },
    };
  }

  /** `leaves`: all that were taken in. Null beyond them. */
  at(size: number, leaves: readonly Uint8Array[]): Uint8Array | null {
    if (!Number.isSafeInteger(size) || size < 0 || size > this.size) return null;
    if (size === this.size) return this.root();
    const edge = this.edges[Math.floor(size / stride) - 1]?.copy() ?? new Frontier();
    for (const leaf of leaves.slice(edge.size, size)) edge.append(leaf);
    return edge.root();
  }
}
