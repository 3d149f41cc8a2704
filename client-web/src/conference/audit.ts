// Who was given what, and who was refused, out of the ledger's own entries (design.md §4 Release). Grounds come from the
// fold as of the instant of the release; a reader who lacks units sees what is theirs to see.
import { hex } from '../crypto/bytes';
import type { VerifiedEntry } from '../ledger/ledger';
import type { AuditKind, AuditLook, AuditQuestion, AuditRow } from './client';
import type { Holdings } from './holdings';
import type { Category } from './model';
import { shortCode } from './picture_cases';
import { rows, str, strs } from './rows';
import { isObject, type JsonObject } from '../wire/json';

const kinds: Record<string, AuditKind> = {
  'key.request': 'request', 'key.release': 'release', 'access.denied': 'denied', opened: 'opened', 'key.grant': 'grant',
  'export.made': 'export', 'audit.query': 'look', 'emergency.invoke': 'emergency', 'emergency.approve': 'emergency',
  'emergency.review': 'emergency',
};

interface RecordFacts {
  case: string;
  categories: Category[];
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function facts(snapshot: JsonObject): Map<string, RecordFacts> {
  return new Map(rows(snapshot, 'records').map((row) => {
    const label = isObject(row['label']) ? row['label'] : {};
    return [str(row, 'record'), { case: str(row, 'case'), categories: strs<Category>(label, 'categories') }];
  }));
}

/** What an officer looks for first; the steps on the way to a release are there when asked for. */
const outcomes: readonly AuditKind[] = ['release', 'denied', 'emergency', 'export'];
const dayMs = 86_400_000;
const startOf = (day: string): number => Date.parse(`${day}T00:00:00+09:00`);

export function finds({ person, case: caseId, kind, from, to }: AuditQuestion, row: AuditRow): boolean {
  return (person === null || row.person === person) && (caseId === null || row.case === caseId)
    && (kind === 'all' || (kind === 'outcomes' ? outcomes.includes(row.kind) || row.alarm !== null : row.kind === kind))
    && (from === null || row.at >= startOf(from)) && (to === null || row.at < startOf(to) + dayMs);
}

/** The body of an `audit.query`, which the policy does not read: null where it is none of ours. */
export function asked(body: JsonObject): AuditQuestion | null {
  const kind = body['kind'];
  if (kind !== 'all' && kind !== 'outcomes' && !Object.values(kinds).includes(kind as AuditKind)) return null;
  const day = (value: unknown): string | null => (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(startOf(value)) ? value : null);
  return { person: text(body['person']), case: text(body['case']), kind: kind as AuditQuestion['kind'], from: day(body['from']), to: day(body['to']) };
}

export class Audit {
  constructor(private readonly holdings: Holdings) {}

  /** What the look found when it was entered, newest last; without a look, nothing. */
  rows(snapshot: JsonObject, look: AuditLook | null): AuditRow[] {
    if (look === null) return [];
    const rows = this.every(snapshot, look.index);
    const last = new Map<string, AuditRow>();
    for (const row of rows) {
      const key = `${row.record}/${row.device}`;
      if (row.kind === 'release') last.set(key, row);
      const release = row.kind === 'opened' ? last.get(key) : undefined;
      if (release) release.openedAt ??= row.at;
    }
    return rows.filter((row) => finds(look.question, row));
  }

  private every(snapshot: JsonObject, newest: number): AuditRow[] {
    const entries = this.holdings.ledger.entries().filter(({ payload, index }) => index <= newest && payload.kind in kinds);
    if (entries.length === 0) return [];
    const records = facts(snapshot);
    const requests = new Map(entries.filter(({ payload }) => payload.kind === 'key.request')
      .map((entry) => [hex(entry.envelopeHash), entry]));
    const released = new Set<string>();
    return entries.map((entry) => this.row(entry, records, requests, released));
  }

  private row(
    entry: VerifiedEntry, records: Map<string, RecordFacts>, requests: Map<string, VerifiedEntry>, released: Set<string>,
  ): AuditRow {
    const { statement, body, kind, by, device: signer } = entry.payload;
    const record = text(statement['record']);
    const device = text(statement['device']) ?? (signer === 'server' ? null : signer);
    const owner = device === null ? null : this.holdings.ledger.directory.device(device)?.person;
    const person = text(statement['person']) ?? (by === 'server' ? (owner ?? null) : by);
    const known = record === null ? undefined : records.get(record);
    const caseId = text(statement['case']) ?? known?.case ?? null;
    const row: AuditRow = {
      index: entry.index, at: entry.timeMs, kind: kinds[kind] ?? 'export', person, device, record, item: text(statement['item']),
      case: caseId, household: caseId === null ? null : shortCode(caseId), categories: known?.categories ?? [], ground: null,
      reason: text(body['reason']) ?? text(statement['ground']), alarm: null, openedAt: null, asked: null,
    };
    if (kind === 'audit.query') {
      row.asked = asked(body);
      row.case = row.asked?.case ?? null;
      row.household = row.case === null ? null : shortCode(row.case);
    }
    if (kind === 'key.release') {
      const request = text(body['request']);
      if (request === null || !requests.has(request)) row.alarm = 'RELEASE_WITHOUT_REQUEST';
      if (record !== null && device !== null) released.add(`${record}/${device}`);
      // Own reckoning first; who lacks units sees what the server wrote, which this fold does not contradict.
      const decision = isObject(body['decision']) ? text(body['decision']['ground']) : null;
      row.ground = this.holdings.grounds.get(entry.index) ?? decision;
    }
    if (kind === 'opened' && !released.has(`${record}/${device}`)) row.alarm = 'OPENED_WITHOUT_RELEASE';
    return row;
  }
}
