// The whole picture from the fold (policy.wasm's snapshot and lists) and the bodies that the policy does not read.
import type { Holdings } from './holdings';
import type { Model, Opened, TenantRole } from './model';
import * as cases from './picture_cases';
import * as directory from './picture_directory';
import { emergencies } from './picture_emergencies';
import { callSubjects, records } from './picture_records';
import { requests } from './picture_requests';
import { isObject, type JsonObject } from '../wire/json';
import { str, strs } from './rows';

export interface Picture {
  model: Model;
  nextUntil: string | null;
  snapshot: JsonObject;
}

export function picture(
  holdings: Holdings, atMs: number, me: string, device: string, names: directory.StaffNames, opened: (record: string) => Opened,
): Picture {
  const { ledger } = holdings;
  const questions = holdings.questions(atMs);
  const snapshot = questions.snapshot(me);
  const staff = names.of(ledger);
  const persons = directory.persons(snapshot, staff, ledger, device);
  const caseMap = cases.cases(snapshot, ledger);
  const items = cases.items(snapshot, ledger, me, caseMap);
  const cards = records(snapshot, ledger, questions, me, items, opened);
  for (const item of items.values()) item.records = cards.byItem.get(item.id) ?? [];
  for (const card of cards.records.values()) caseMap.get(card.case)?.records.push(card.id);
  callSubjects(caseMap, cards.records);
  const own = isObject(snapshot['me']) ? snapshot['me'] : {};
  const agencies = directory.agencies(snapshot, ledger);
  const model: Model = {
    size: ledger.size, ledgerTime: ledger.newestTimeMs,
    tenant: { id: str(snapshot, 'tenant'), name: ledger.founding.titles.tenant ?? str(snapshot, 'tenant'), demo: ledger.founding.demo, log: ledger.founding.log },
    me: {
      person: me, device, roles: strs<TenantRole>(own, 'roles'), agency: persons.get(me)?.agency ?? null,
      name: staff.get(me)?.name ?? null,
    },
    agencies, persons, bases: directory.bases(snapshot, ledger), needs: directory.needs(snapshot), cases: caseMap,
    conferences: cases.conferences(snapshot), items, records: cards.records,
    tasks: cases.tasks(snapshot, ledger), decisions: cases.decisions(snapshot, ledger),
    emergencies: emergencies(snapshot), requests: requests(ledger, items.keys(), agencies),
  };
  return { model, nextUntil: cards.nextUntil, snapshot };
}
