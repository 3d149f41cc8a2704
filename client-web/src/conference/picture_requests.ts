// Requests for cooperation and their answers. The policy keeps none of it: they are read out of the bodies of the unit
// `work`, which another client wrote. What is no code of ours reads as unknown.
import type { Ledger } from '../ledger/ledger';
import type { JsonObject } from '../wire/json';
import type { AskedFor, Category, CooperationRequest, RequestAnswer } from './model';
import { strs } from './rows';

export const askedFor: readonly AskedFor[] = ['material', 'information', 'opinion'];
export const requestAnswers: readonly RequestAnswer[] = ['given', 'partly', 'declined'];
const categoriesMax = 16;

function code<T extends string>(known: readonly T[], body: JsonObject, name: string): T | null {
  const value = body[name];
  return known.find((one) => one === value) ?? null;
}

function day(value: unknown): string | null {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : null;
}

export function requests(ledger: Ledger, items: Iterable<string>, agencies: { has(agency: string): boolean }): Map<string, CooperationRequest> {
  const found = new Map<string, CooperationRequest>();
  for (const item of items) {
    for (const { payload, timeMs, index } of ledger.units.get(`work/${item}`)?.entries ?? []) {
      const { kind, statement, body, by } = payload;
      const id = statement['request'];
      if (typeof id !== 'string') continue;
      if (kind === 'request.make') {
        const agency = body['agency'];
        found.set(id, {
          id, item, by, at: timeMs, index, agency: typeof agency === 'string' && agencies.has(agency) ? agency : null, what: code(askedFor, body, 'what'),
          categories: strs<Category>(body, 'categories').filter((one) => /^[A-Z]{2,4}$/.test(one)).slice(0, categoriesMax), due: day(body['due']), answers: [],
        });
      }
      if (kind === 'request.answer') found.get(id)?.answers.push({ by, at: timeMs, answer: code(requestAnswers, body, 'answer') });
    }
  }
  return found;
}
