// What a step would change before it is taken: by the own fold, or by the server for officers who may not read items
// and records (PROTOCOL.md what_if); the answer says who reckoned.
import { id, instant, list, members, text } from '../wire/check';
import type { Json, JsonObject } from '../wire/json';
import type { Flip, StatementInput, WhatIf } from './client';
import type { Category } from './model';
import type { Standpoint } from './standpoint';

const outcome = (value: Json | undefined): Flip['before'] => {
  const o = members(value, 'outcome', ['outcome', 'reason?', 'ground?', 'hidden']);
  const read: Flip['before'] = { outcome: o['outcome'] === 'permit' ? 'permit' : 'deny', hidden: o['hidden'] === true };
  if (typeof o['reason'] === 'string') read.reason = o['reason'];
  if (typeof o['ground'] === 'string') read.ground = o['ground'];
  return read;
};

function flip(value: Json): Flip {
  const f = members(value, 'flip', ['person', 'basis', 'categories', 'subjects', 'before', 'after', 'opened']);
  return {
    person: id(f['person'], 'person'), item: null, record: null, basis: typeof f['basis'] === 'string' ? f['basis'] : null,
    categories: list(f['categories'], 'categories', 16, (one) => text(one, 'category', 8) as Category),
    subjects: list(f['subjects'], 'subjects', 1000, (one) => id(one, 'subject')),
    before: outcome(f['before']), after: outcome(f['after']), opened: f['opened'] === true,
  };
}

/** Errors: rejects with RequestFailed or Malformed. */
export async function whatIfByServer(at: Standpoint, statements: StatementInput[], item: string | null): Promise<WhatIf> {
  const params = { statements: statements.map((one) => at.suppose(one)), ...(item === null ? {} : { item }) };
  const answer = members(await at.connection.request('what_if', params), 'what_if', ['rejected', 'flips', 'cut', 'at', 'size']);
  instant(answer['at'], 'at');
  return {
    reckonedBy: 'server', at: answer['at'] as string, size: Number(answer['size']),
    rejected: list(answer['rejected'], 'rejected', 64, (one) => {
      const r = members(one, 'rejected', ['index', 'reason']);
      return { index: Number(r['index']), reason: text(r['reason'], 'reason', 64) };
    }),
    flips: list(answer['flips'], 'flips', 2_000, flip), cut: answer['cut'] === true,
  };
}

/** Errors: throws Refused. */
export function whatIfByDevice(at: Standpoint, statements: StatementInput[], item: string | null): WhatIf {
  const questions = at.questions();
  const snapshot = questions.snapshot(at.me);
  const labels = new Map((Array.isArray(snapshot['records']) ? snapshot['records'] : []).map((row) => {
    const one = row as JsonObject;
    return [one['record'], one['label'] as JsonObject];
  }));
  const answer = questions.whatIf(statements.map((one) => at.suppose(one)), item);
  return {
    reckonedBy: 'device', at: new Date(at.clock.now() ?? 0).toISOString(), size: at.holdings.ledger.size, rejected: answer.rejected, cut: false,
    flips: answer.flips.map((one) => {
      const label = labels.get(one.record);
      return {
        person: one.person, item: one.item, record: one.record, basis: null,
        categories: (label?.['categories'] ?? []) as Category[], subjects: (label?.['subjects'] ?? []) as string[],
        before: one.before, after: one.after, opened: one.opened,
      };
    }),
  };
}
