// The queries of policy.md §9 with types. Every one is asked at an instant of server time, never of the own clock.
import { isObject, type Json, type JsonObject } from '../wire/json';
import { type PolicyFold, PolicyFailed } from './door';

export interface Verdict {
  outcome: 'permit' | 'deny';
  ground?: string;
  reason?: string;
  hidden: boolean;
  until: string | null;
  cites: number[];
  obligations: string[];
}

/** A statement in a query: `kind`, `by`, its fields, no `at`. */
export type Supposed = Record<string, unknown>;

export interface PolicyFlip {
  item: string;
  person: string;
  record: string;
  before: Verdict;
  after: Verdict;
  opened: boolean;
}

function object(value: Json | undefined): JsonObject {
  if (!isObject(value)) throw new PolicyFailed('answer is no object');
  return value;
}

function texts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

export function verdict(value: Json | undefined): Verdict {
  const v = object(value);
  const answer: Verdict = {
    // Whatever is not a clear permit denies.
    outcome: v['outcome'] === 'permit' ? 'permit' : 'deny',
    hidden: v['outcome'] === 'permit' ? false : v['hidden'] !== false,
    until: typeof v['until'] === 'string' ? v['until'] : null,
    cites: Array.isArray(v['cites']) ? v['cites'].filter((one): one is number => typeof one === 'number') : [],
    obligations: texts(v['obligations']),
  };
  if (typeof v['ground'] === 'string') answer.ground = v['ground'];
  if (typeof v['reason'] === 'string') answer.reason = v['reason'];
  return answer;
}

const inItem = (item: string | null) => (item === null ? {} : { item });

export class Questions {
  constructor(private readonly fold: PolicyFold, private readonly atMs: number) {}

  private ask(query: object): JsonObject {
    return object(this.fold.ask({ ...query, at: new Date(this.atMs).toISOString() }));
  }

  see(record: string, who: string, device: string | null, item: string | null): Verdict {
    return verdict(this.ask({ see: record, who, ...(device === null ? {} : { device }), ...inItem(item) }));
  }

  /** Every record not hidden from this person there. */
  list(person: string, item: string | null): Map<string, Verdict> {
    const answer = this.ask({ list: person, ...inItem(item) })['records'];
    const map = new Map<string, Verdict>();
    for (const one of Array.isArray(answer) ? answer : []) {
      const record = object(one)['record'];
      if (typeof record === 'string') map.set(record, verdict(one));
    }
    return map;
  }

  who(record: string, item: string, onceOpen: boolean, suppose: Supposed[] = []): { person: string; seat: string; verdict: Verdict }[] {
    const answer = this.ask({ who: record, item, once_open: onceOpen, ...(suppose.length ? { with: suppose } : {}) })['persons'];
    return (Array.isArray(answer) ? answer : []).map((one) => {
      const o = object(one);
      return { person: String(o['person']), seat: String(o['seat']), verdict: verdict(one) };
    });
  }

  consents(subject: string, inCase: string): { category: string; recipient: string; state: string; index: number | null }[] {
    const answer = this.ask({ consents: subject, case: inCase })['cells'];
    return (Array.isArray(answer) ? answer : []).map((one) => {
      const o = object(one);
      const index = o['index'];
      return {
        category: String(o['category']), recipient: String(o['recipient']), state: String(o['state']),
        index: typeof index === 'number' ? index : null,
      };
    });
  }

  whatIf(statements: Supposed[], item: string | null): { rejected: { index: number; reason: string }[]; flips: PolicyFlip[] } {
    const answer = this.ask({ what_if: statements, ...inItem(item) });
    const rejected = Array.isArray(answer['rejected']) ? answer['rejected'] : [];
    const flips = Array.isArray(answer['flips']) ? answer['flips'] : [];
    return {
      rejected: rejected.map((one) => ({ index: Number(object(one)['index']), reason: String(object(one)['reason']) })),
      flips: flips.map((one) => {
        const o = object(one);
        return {
          item: String(o['item']), person: String(o['person']), record: String(o['record']),
          before: verdict(o['before']), after: verdict(o['after']), opened: o['opened'] === true,
        };
      }),
    };
  }

  may(statement: Supposed): { accepted: boolean; reason: string | null } {
    const answer = this.ask({ may: statement });
    return { accepted: answer['accepted'] === true, reason: typeof answer['reason'] === 'string' ? answer['reason'] : null };
  }

  wrap(record: string, suppose: Supposed[] = []): string[] {
    return texts(this.ask({ wrap: record, ...(suppose.length ? { with: suppose } : {}) })['persons']);
  }

  epoch(item: string): string[] {
    return texts(this.ask({ epoch: item })['persons']);
  }

  room(item: string, present: string[]): string[] {
    return texts(this.ask({ room: item, present })['records']);
  }

  snapshot(person: string): JsonObject {
    return this.ask({ snapshot: person });
  }
}
