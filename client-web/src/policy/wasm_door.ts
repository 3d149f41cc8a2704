// The binding to policy.wasm (client-web/wasm/abi.cpp). The module imports nothing; text goes in through `p_alloc`ed
// memory, results come out at `p_out_ptr`/`p_out_len` and are copied before the next call.
import { fromUtf8, utf8 } from '../crypto/bytes';
import { isObject, type Json, parseJson } from '../wire/json';
import { type Folded, type Policy, PolicyFailed, type PolicyFold } from './door';

interface Exports {
  memory: { buffer: ArrayBuffer };
  _initialize(): void;
  p_alloc(length: number): number;
  p_free(pointer: number): void;
  /** Whose fold this is; before the first entry. */
  p_reader(pointer: number, length: number): void;
  /** Folds one entry: payload bytes, ledger index, ledger time in ms. Out: `{"unit":…}` or `{"error":…}`. */
  p_append(pointer: number, length: number, index: bigint, timeMs: bigint): void;
  /** Out: the answer to a query. */
  p_ask(pointer: number, length: number): void;
  /** Out: `{"unit":…,"narrows":…,"widens":…}` or `{"error":…}` of a statement not yet written. */
  p_unit(pointer: number, length: number): void;
  p_out_ptr(): number;
  p_out_len(): number;
}

const names = ['_initialize', 'p_alloc', 'p_free', 'p_reader', 'p_append', 'p_ask', 'p_unit', 'p_out_ptr', 'p_out_len'] as const;
/** An answer longer than this is not ours. */
const answerBytesMax = 64 * 1024 * 1024;

/** Errors: throws PolicyFailed where the bytes are no such module. */
export function wasmPolicy(bytes: Uint8Array): Policy {
  const module = new WebAssembly.Module(bytes as never);
  if (WebAssembly.Module.imports(module).length > 0) throw new PolicyFailed('the module wants imports');
  return {
    fresh(reader) {
      const { exports } = new WebAssembly.Instance(module, {});
      for (const name of names) if (typeof exports[name] !== 'function') throw new PolicyFailed(`no export ${name}`);
      const door = exports as unknown as Exports;
      door._initialize();
      return new WasmFold(door, reader);
    },
  };
}

class WasmFold implements PolicyFold {
  private broken = false;

  constructor(private readonly door: Exports, reader: string | null) {
    if (reader !== null) this.give(utf8(reader), (pointer, length) => this.door.p_reader(pointer, length));
  }

  private give(input: Uint8Array, run: (pointer: number, length: number) => void): void {
    const pointer = this.door.p_alloc(input.length) >>> 0;
    new Uint8Array(this.door.memory.buffer).set(input, pointer);
    run(pointer, input.length);
    this.door.p_free(pointer);
  }

  append(index: number, timeMs: number, payload: Uint8Array): Folded {
    return this.unitIn(this.call(payload, (pointer, length) => this.door.p_append(pointer, length, BigInt(index), BigInt(timeMs))));
  }

  unitOf(statement: object): string {
    return this.unitIn(this.unwritten(statement)).unit;
  }

  effectOf(statement: object): { narrows: boolean; widens: boolean } {
    const answer = this.unwritten(statement);
    if (!isObject(answer) || typeof answer['narrows'] !== 'boolean' || typeof answer['widens'] !== 'boolean') throw new PolicyFailed('no effect');
    return { narrows: answer['narrows'], widens: answer['widens'] };
  }

  private unwritten(statement: object): Json {
    return this.call(utf8(JSON.stringify(statement)), (pointer, length) => this.door.p_unit(pointer, length));
  }

  ask(query: object): Json {
    return this.call(utf8(JSON.stringify(query)), (pointer, length) => this.door.p_ask(pointer, length));
  }

  private unitIn(answer: Json): Folded {
    if (!isObject(answer) || typeof answer['unit'] !== 'string') {
      throw new PolicyFailed(isObject(answer) ? String(answer['error']) : 'no unit');
    }
    return { unit: answer['unit'] };
  }

  private call(input: Uint8Array, run: (pointer: number, length: number) => void): Json {
    if (this.broken) throw new PolicyFailed('this fold has trapped before');
    try {
      this.give(input, run);
      const length = this.door.p_out_len() >>> 0;
      if (length > answerBytesMax) throw new PolicyFailed('answer too long');
      const start = this.door.p_out_ptr() >>> 0;
      // A new view: the call may have grown the memory.
      const text = fromUtf8(new Uint8Array(this.door.memory.buffer).slice(start, start + length));
      const answer = text === null ? null : parseJson(text);
      if (answer === null) throw new PolicyFailed('answer is no JSON');
      return answer;
    } catch (error) {
      this.broken = true;
      throw error instanceof PolicyFailed ? error : new PolicyFailed(error instanceof Error ? error.message : 'trap');
    }
  }
}
