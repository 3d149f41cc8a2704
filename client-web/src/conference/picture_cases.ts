// Households, sittings, items, tasks and decisions of the picture.
import type { Ledger } from '../ledger/ledger';
import type { JsonObject } from '../wire/json';
import type {
  Authority, AuthorityType, Case, Category, Conference, Consent, ConsentMethod, ConsentState, Decision, DecisionKind,
  Item, ItemState, Order, OrderReason, Seated, SeatKind, Task,
} from './model';
import { millis, num, numOrNull, rows, str, strOrNull, strs, strsOrAll } from './rows';

/** First six letters of the random part, upper case: what people say to each other instead of a name. */
export function shortCode(id: string): string {
  return id.slice(id.indexOf('-') + 1).slice(0, 6).toUpperCase();
}

function by<T>(list: T[], key: (one: T) => string): Map<string, T[]> {
  const map = new Map<string, T[]>();
  for (const one of list) map.set(key(one), [...(map.get(key(one)) ?? []), one]);
  return map;
}

function consent(row: JsonObject): Consent {
  return {
    index: num(row, 'index'), consent: str(row, 'consent'), case: str(row, 'case'), subject: str(row, 'subject'),
    giver: str(row, 'giver'), state: str(row, 'state') as ConsentState, categories: strsOrAll<Category>(row, 'categories'),
    recipients: strsOrAll(row, 'recipients'), purpose: str(row, 'purpose'), from: strOrNull(row, 'from'), to: strOrNull(row, 'to'),
    method: str(row, 'method') as ConsentMethod, witness: strOrNull(row, 'witness'), by: str(row, 'by'), at: millis(row, 'at'),
  };
}

function authority(row: JsonObject): Authority {
  return {
    authority: str(row, 'authority'), case: str(row, 'case'), subject: str(row, 'subject'), holder: str(row, 'holder'),
    type: str(row, 'type') as AuthorityType, categories: strsOrAll<Category>(row, 'categories'),
    from: strOrNull(row, 'from'), to: strOrNull(row, 'to'), conflict: row['conflict'] === true,
  };
}

/** A case is complete where every one of its subjects' units is held: else nothing is extended (policy.md §12). */
export function caseIsComplete(ledger: Ledger, row: JsonObject): boolean {
  return ledger.units.has(`case/${str(row, 'case')}`)
    && rows(row, 'subjects').every((subject) => ledger.units.has(`subject/${str(subject, 'subject')}`));
}

export function cases(snapshot: JsonObject, ledger: Ledger): Map<string, Case> {
  const consents = by(rows(snapshot, 'consents').map(consent), (one) => one.case);
  const authorities = by(rows(snapshot, 'authorities').map(authority), (one) => one.case);
  const items = by(rows(snapshot, 'items'), (row) => str(row, 'case'));
  const opponents = protections(ledger);
  return new Map(rows(snapshot, 'cases').map((row) => {
    const id = str(row, 'case');
    const opened = ledger.entry(num(row, 'index'));
    const one: Case = {
      id, code: shortCode(id), coordinator: strOrNull(row, 'coordinator'), openedAt: opened?.timeMs ?? 0,
      subjects: rows(row, 'subjects').map((subject) => ({
        id: str(subject, 'subject'), code: shortCode(str(subject, 'subject')), called: null, majorityAt: strOrNull(subject, 'majority_at'),
        ownConsentAt: strOrNull(subject, 'own_consent_at'), deceasedAt: strOrNull(subject, 'deceased_at'),
      })),
      consents: consents.get(id) ?? [], authorities: authorities.get(id) ?? [], conflicts: strs(row, 'conflicts'),
      protections: rows(row, 'subjects').filter((subject) => subject['protected'] === true)
        .map((subject) => ({ subject: str(subject, 'subject'), opponents: opponents.get(str(subject, 'subject')) ?? [] })),
      items: (items.get(id) ?? []).map((item) => str(item, 'item')), records: [], complete: caseIsComplete(ledger, row),
    };
    return [id, one];
  }));
}

/** Opponents named since the last lift, by subject. Whether a protection is live says the fold. */
function protections(ledger: Ledger): Map<string, string[]> {
  const named = new Map<string, string[]>();
  for (const unit of ledger.units.values()) {
    if (!unit.name.startsWith('subject/')) continue;
    const subject = unit.name.slice('subject/'.length);
    for (const { payload } of unit.entries) {
      if (payload.kind === 'protect.lift') named.delete(subject);
      if (payload.kind === 'protect.set') named.set(subject, [...new Set([...(named.get(subject) ?? []), ...strs(payload.statement, 'opponents')])]);
    }
  }
  return named;
}

export function conferences(snapshot: JsonObject): Map<string, Conference> {
  const items = by(rows(snapshot, 'items'), (row) => str(row, 'conference'));
  return new Map(rows(snapshot, 'conferences').map((row) => {
    const id = str(row, 'conference');
    return [id, {
      id, startsAt: str(row, 'starts_at'), closed: row['closed'] === true,
      items: (items.get(id) ?? []).map((item) => str(item, 'item')),
    }];
  }));
}

const professionalSeats = new Set(['chair', 'recorder', 'member', 'adhoc']);
const privateSeats = new Set(['person', 'family', 'rep', 'aide']);

function seat(row: JsonObject, acknowledged: (person: string) => boolean): Seated {
  const kind = str(row, 'seat') as SeatKind;
  const person = str(row, 'person');
  return {
    person, seat: kind, as: strOrNull(row, 'as'), professional: professionalSeats.has(kind), private: privateSeats.has(kind),
    acknowledged: acknowledged(person),
  };
}

/** Devices that attend, by the server's `attendance.*` entries: session → who. */
export function attendance(ledger: Ledger, item: string): Map<string, { person: string; device: string; at: number }> {
  const sessions = new Map<string, { person: string; device: string; at: number }>();
  for (const { payload, timeMs } of ledger.units.get(`item/${item}`)?.entries ?? []) {
    const { session, device } = payload.body;
    const person = payload.statement['person'];
    if (typeof session !== 'string' || typeof device !== 'string' || typeof person !== 'string') continue;
    if (payload.kind === 'attendance.join') sessions.set(session, { person, device, at: timeMs });
    if (payload.kind === 'attendance.leave') sessions.delete(session);
  }
  return sessions;
}

/** Who has attended at any time. */
export function attended(ledger: Ledger, item: string): Set<string> {
  const entries = ledger.units.get(`item/${item}`)?.entries ?? [];
  return new Set(entries.filter(({ payload }) => payload.kind === 'attendance.join').map(({ payload }) => String(payload.statement['person'])));
}

export function items(snapshot: JsonObject, ledger: Ledger, me: string, cases: Map<string, Case>): Map<string, Item> {
  const orders = by(rows(snapshot, 'orders').map((row): Order & { item: string } => ({
    item: str(row, 'item'), index: num(row, 'index'), person: str(row, 'person'), categories: strs<Category>(row, 'categories'),
    records: strs(row, 'records'), reason: (strOrNull(row, 'reason') ?? 'other') as OrderReason,
    at: ledger.entry(num(row, 'index'))?.timeMs ?? 0,
  })), (order) => order.item);
  const tasks = by(rows(snapshot, 'tasks'), (row) => str(row, 'item'));
  const decisions = by(rows(snapshot, 'decisions'), (row) => str(row, 'item'));
  return new Map(rows(snapshot, 'items').map((row) => {
    const id = str(row, 'item');
    const noticeDue = numOrNull(row, 'notice_due');
    const acknowledged = new Set(strs(row, 'acknowledged'));
    const seats = rows(row, 'seats').map((one) => seat(one, (person) => noticeDue === null || acknowledged.has(person)));
    const mySeat = seats.find((one) => one.person === me) ?? null;
    const state = str(row, 'state');
    const closed = state === 'closed';
    const item: Item = {
      id, conference: str(row, 'conference'), case: str(row, 'case'), code: shortCode(str(row, 'case')), basis: str(row, 'basis'),
      state: (state === 'planned' ? 'waiting' : state) as ItemState, everOpened: strOrNull(row, 'opened_at') !== null,
      seats, mySeat, noticeDue, mustAcknowledge: mySeat !== null && !mySeat.acknowledged && !closed,
      records: [], orders: orders.get(id) ?? [],
      tasks: (tasks.get(id) ?? []).map((task) => str(task, 'task')),
      decisions: (decisions.get(id) ?? []).map((decision) => str(decision, 'decision')),
      attending: [...new Set([...attendance(ledger, id).values()].map((one) => one.person))],
      complete: ledger.units.has(`item/${id}`) && (cases.get(str(row, 'case'))?.complete ?? false),
    };
    return [id, item];
  }));
}

export function tasks(snapshot: JsonObject, ledger: Ledger): Map<string, Task> {
  return new Map(rows(snapshot, 'tasks').map((row) => {
    const id = str(row, 'task');
    return [id, {
      id, item: str(row, 'item'), person: str(row, 'person'), records: strs(row, 'records'), to: strOrNull(row, 'to'),
      ended: row['ended'] === true, assignedAt: ledger.entry(num(row, 'index'))?.timeMs ?? 0, by: str(row, 'by'),
    }];
  }));
}

export function decisions(snapshot: JsonObject, ledger: Ledger): Map<string, Decision> {
  const confirmedAt = new Map<string, number>();
  for (const entry of ledger.entries()) {
    const decision = entry.payload.statement['decision'];
    if (entry.payload.kind === 'decision.confirm' && typeof decision === 'string') confirmedAt.set(decision, entry.timeMs);
  }
  return new Map(rows(snapshot, 'decisions').map((row) => {
    const id = str(row, 'decision');
    const confirmedBy = strOrNull(row, 'confirmed_by');
    return [id, {
      id, item: str(row, 'item'), kind: str(row, 'kind') as DecisionKind, record: str(row, 'record'), restsOn: strs(row, 'rests_on'),
      by: str(row, 'by'), at: millis(row, 'at'), index: num(row, 'index'), confirmedBy,
      confirmedAt: confirmedBy === null ? null : (confirmedAt.get(id) ?? null),
    }];
  }));
}
