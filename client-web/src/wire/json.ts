// The strict reader of the wire (design.md §3): UTF-8 text without duplicate keys, floats, integers beyond ±(2^53−1),
// nesting beyond 16, or anything after the value. JSON.parse forgives the first three, and a signed payload must mean
// the same to both readers.

export type Json = null | boolean | number | string | Json[] | JsonObject;
export type JsonObject = { [member: string]: Json };

const depthMax = 16;

class Reader {
  private at = 0;
  constructor(private readonly text: string) {}

  whole(): Json {
    const value = this.value(0);
    this.space();
    if (this.at !== this.text.length) throw new SyntaxError('something after the value');
    return value;
  }

  private space(): void {
    for (;;) {
      const c = this.text.charCodeAt(this.at);
      if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) return;
      this.at++;
    }
  }

  private value(depth: number): Json {
    this.space();
    switch (this.text.charCodeAt(this.at)) {
      case 0x7b: return this.object(depth + 1);
      case 0x5b: return this.array(depth + 1);
      case 0x22: return this.string();
      case 0x74: return this.word('true', true);
      case 0x66: return this.word('false', false);
      case 0x6e: return this.word('null', null);
      default: return this.integer();
    }
  }

  private word<T extends Json>(word: string, value: T): T {
    if (!this.text.startsWith(word, this.at)) throw new SyntaxError('unknown word');
    this.at += word.length;
    return value;
  }

  private integer(): number {
    const pattern = /-?(?:0|[1-9][0-9]{0,15})/y;
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (!match) throw new SyntaxError('no value');
    this.at += match[0].length;
    const next = this.text.charAt(this.at);
    const value = Number(match[0]);
    if (next === '.' || next === 'e' || next === 'E' || (next >= '0' && next <= '9') || match[0] === '-0') {
      throw new SyntaxError('no integer');
    }
    if (!Number.isSafeInteger(value)) throw new SyntaxError('integer out of range');
    return value;
  }

  /** Finds the closing quote; escapes are left to JSON.parse, which is strict about strings. */
  private string(): string {
    const start = this.at++;
    for (;;) {
      const c = this.text.charCodeAt(this.at);
      if (Number.isNaN(c)) throw new SyntaxError('open string');
      if (c === 0x22) break;
      if (c < 0x20) throw new SyntaxError('control character');
      this.at += c === 0x5c ? 2 : 1;
    }
    this.at++;
    const raw = this.text.slice(start + 1, this.at - 1);
    const value = raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw;
    if (!isWellFormed(value)) throw new SyntaxError('half a surrogate pair');
    return value;
  }

  private array(depth: number): Json[] {
    if (depth > depthMax) throw new SyntaxError('too deep');
    this.at++;
    const list: Json[] = [];
    this.space();
    if (this.text[this.at] === ']') {
      this.at++;
      return list;
    }
    for (;;) {
      list.push(this.value(depth));
      this.space();
      const c = this.text[this.at++];
      if (c === ']') return list;
      if (c !== ',') throw new SyntaxError('open array');
    }
  }

  private object(depth: number): JsonObject {
    if (depth > depthMax) throw new SyntaxError('too deep');
    this.at++;
    // Without a prototype: a member named `__proto__` is a member.
    const members = Object.create(null) as JsonObject;
    this.space();
    if (this.text[this.at] === '}') {
      this.at++;
      return members;
    }
    for (;;) {
      this.space();
      if (this.text[this.at] !== '"') throw new SyntaxError('no member name');
      const name = this.string();
      if (name in members) throw new SyntaxError('duplicate member');
      this.space();
      if (this.text[this.at++] !== ':') throw new SyntaxError('no colon');
      members[name] = this.value(depth);
      this.space();
      const c = this.text[this.at++];
      if (c === '}') return members;
      if (c !== ',') throw new SyntaxError('open object');
    }
  }
}

function isWellFormed(text: string): boolean {
  return !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text);
}

/** Errors: null. */
export function parseJson(text: string): Json | null {
  try {
    return new Reader(text).whole();
  } catch {
    return null;
  }
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
