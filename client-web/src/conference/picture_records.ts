// Record cards: what is not hidden from this person, where they sit and at their own desk. Whether a card shows its
// content, a placeholder or nothing is policy.wasm's verdict alone.
import type { Ledger } from '../ledger/ledger';
import type { Questions } from '../policy/questions';
import { isObject, type JsonObject } from '../wire/json';
import type { Case, Category, Item, Label, Opened, RecordCard, RecordKind, Verdict } from './model';
import { namesIn } from './record_content';
import { millis, num, rows, str, strOrNull, strs } from './rows';

const nothing: Verdict = { outcome: 'deny', reason: 'NOT_MEMBER', hidden: true, until: null, cites: [], obligations: [] };

export function label(row: JsonObject): Label {
  const value = row['label'];
  const of = isObject(value) ? value : {};
  const read: Label = {
    subjects: strs(of, 'subjects'), categories: strs<Category>(of, 'categories'), kind: str(of, 'kind') as RecordKind,
    agency: str(of, 'agency'), origin: str(of, 'origin'),
  };
  if (Array.isArray(of['hold'])) read.hold = strs(of, 'hold');
  if (of['withhold_from_subject'] === true) read.withhold_from_subject = true;
  if (of['deidentified'] === true) read.deidentified = true;
  if (strs(of, 'parents').length > 0) read.parents = strs(of, 'parents');
  return read;
}

/** A withdrawal and a share appended together by one device are a correction (policy.md §3 record.share). */
function corrections(ledger: Ledger): Map<string, string> {
  const replaces = new Map<string, string>();
  for (const entry of ledger.entries()) {
    if (entry.payload.kind !== 'record.share') continue;
    const before = ledger.entry(entry.index - 1);
    if (before?.payload.kind !== 'record.withdraw' || before.payload.device !== entry.payload.device) continue;
    if (before.timeMs !== entry.timeMs || before.payload.seen.root !== entry.payload.seen.root) continue;
    const [now, old] = [entry.payload.statement['record'], before.payload.statement['record']];
    if (typeof now === 'string' && typeof old === 'string') replaces.set(now, old);
  }
  return replaces;
}

function openedBy(ledger: Ledger): Map<string, string[]> {
  const map = new Map<string, string[]>();
  for (const unit of ledger.units.values()) {
    if (!unit.name.startsWith('access/')) continue;
    for (const { payload } of unit.entries) {
      const record = payload.statement['record'];
      if (payload.kind !== 'opened' || typeof record !== 'string') continue;
      map.set(record, [...new Set([...(map.get(record) ?? []), payload.by])]);
    }
  }
  return map;
}

export interface RecordsPicture {
  records: Map<string, RecordCard>;
  /** By item, ids not hidden there. */
  byItem: Map<string, string[]>;
  /** Earliest instant at which time alone changes a verdict. */
  nextUntil: string | null;
}

export function records(
  snapshot: JsonObject, ledger: Ledger, questions: Questions, me: string, items: Map<string, Item>,
  opened: (record: string) => Opened,
): RecordsPicture {
  const desk = questions.list(me, null);
  const lists = new Map<string, Map<string, Verdict>>();
  for (const item of items.values()) {
    if (item.mySeat !== null && item.state !== 'closed') lists.set(item.id, questions.list(me, item.id));
  }
  let nextUntil: string | null = null;
  for (const verdicts of [desk, ...lists.values()]) {
    for (const { until } of verdicts.values()) if (until !== null && (nextUntil === null || until < nextUntil)) nextUntil = until;
  }
  const replaces = corrections(ledger);
  const replacedBy = new Map([...replaces].map(([now, old]) => [old, now]));
  const readers = openedBy(ledger);
  const cards = new Map<string, RecordCard>();
  const byItem = new Map<string, string[]>();
  for (const row of rows(snapshot, 'records')) {
    const id = str(row, 'record');
    const at: Record<string, Verdict> = {};
    for (const [item, verdicts] of lists) {
      const verdict = verdicts.get(id);
      if (!verdict) continue;
      at[item] = verdict;
      byItem.set(item, [...(byItem.get(item) ?? []), id]);
    }
    const own = desk.get(id) ?? nothing;
    if (own.hidden && Object.keys(at).length === 0) continue; // the same to its viewer as one that does not exist
    cards.set(id, {
      id, case: str(row, 'case'), item: strOrNull(row, 'item'), label: label(row), author: str(row, 'author'),
      sharedAt: millis(row, 'at'), index: num(row, 'index'), withdrawn: row['withdrawn'] === true || row['destroyed'] === true,
      replacedBy: replacedBy.get(id) ?? null, replaces: replaces.get(id) ?? null,
      rebasedFrom: strOrNull(row, 'rebased_from'), desk: own, at, opened: opened(id),
      openedBy: readers.get(id) ?? [], ownDraft: false,
    });
  }
  for (const card of cards.values()) {
    if (card.replacedBy !== null && !cards.has(card.replacedBy)) card.replacedBy = null;
    if (card.replaces !== null && !cards.has(card.replaces)) card.replaces = null;
  }
  return { records: cards, byItem, nextUntil };
}

/** Names come out of open records of category ID and go with them: nothing else calls a subject by name. */
export function callSubjects(cases: Map<string, Case>, cards: Map<string, RecordCard>): void {
  const open = [...cards.values()].filter((card) => card.opened.state === 'open' && card.label.categories.includes('ID'));
  for (const card of open.sort((a, b) => a.index - b.index)) {
    if (card.opened.state !== 'open') continue;
    const names = namesIn(card.opened.content);
    for (const subject of cases.get(card.case)?.subjects ?? []) {
      if (card.label.subjects.includes(subject.id)) subject.called = names.get(subject.id) ?? subject.called;
    }
  }
}
