// policy.wasm, the same rules as the server's (policy/, built from the same sources). One instance is one fold: where
// the past of a unit comes late, or the module traps, the instance is thrown away and a fresh one folds anew.
import type { Json } from '../wire/json';

/** What the fold made of one entry. */
export interface Folded {
  /** The unit that the statement belongs to in this fold, recomputed from the statement alone. */
  unit: string;
}

export interface PolicyFold {
  /** Entries come in ledger order, indices may have gaps. Errors: throws PolicyFailed. */
  append(index: number, timeMs: number, payload: Uint8Array): Folded;
  /** Name of the unit that a statement not yet written would belong to. Errors: throws PolicyFailed. */
  unitOf(statement: object): string;
  /** Whether it takes from others' access, or adds to it, as this fold stands. Errors: throws PolicyFailed. */
  effectOf(statement: object): { narrows: boolean; widens: boolean };
  /** A query of policy.md §4, §9, §12, or `{snapshot: person, at}`. Errors: throws PolicyFailed. */
  ask(query: object): Json;
}

export interface Policy {
  /** `reader`: whose fold it is (policy.md §12); null before the person is known. */
  fresh(reader: string | null): PolicyFold;
}

/** The module trapped, or did not understand: the fold is unusable (wasm.md pitfall 5). */
export class PolicyFailed extends Error {
  constructor(what: string) {
    super(`policy.wasm: ${what}`);
    this.name = 'PolicyFailed';
  }
}
