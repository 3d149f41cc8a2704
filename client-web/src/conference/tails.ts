// Tail hiding (design.md §3): a client that extends access first asks where each unit ends that its decision rests on.
// The answer is an entry of the log, signed by the server: a unit shown shorter than it says is evidence.
import { equal, fromHex, hex, utf8 } from '../crypto/bytes';
import { parseEnvelope, verifyEnvelope } from '../crypto/envelope';
import { sha256 } from '../crypto/hash';
import { hashOfLeaf, unitHead, unitTag } from '../crypto/leaf';
import { verifyInclusion } from '../crypto/merkle';
import type { Ledger, Unit } from '../ledger/ledger';
import { parsePayload } from '../ledger/payload';
import { LedgerViolation } from '../ledger/violation';
import { isObject } from '../wire/json';
import { limits } from '../wire/limits';
import { readUnitHeads, type UnitHeads } from '../wire/messages';
import { Refused } from './refused';
import type { Standpoint } from './standpoint';

/** What was asked so long ago speaks of another moment. */
const freshMs = 5_000;
const unitsMax = 256;

/** Subjects that the case's own unit names. */
export function subjectsOf(ledger: Ledger, caseId: string): string[] {
  const subjects = new Set<string>();
  for (const { payload } of ledger.units.get(`case/${caseId}`)?.entries ?? []) {
    const { subject, subjects: list } = payload.statement;
    if (payload.kind === 'case.subject' && typeof subject === 'string') subjects.add(subject);
    if (payload.kind === 'case.open' && Array.isArray(list)) {
      for (const one of list) if (isObject(one)) subjects.add(String(one['subject']));
    }
  }
  return [...subjects];
}

/** The held units that a decision in this case rests on (policy.md §12), and those of these records. */
export function restsOn(ledger: Ledger, caseId: string, records: readonly string[]): string[] {
  const names = new Set(['directory', `case/${caseId}`, ...subjectsOf(ledger, caseId).map((subject) => `subject/${subject}`), ...records.map((record) => `record/${record}`)]);
  const items = new Set<string>();
  for (const unit of ledger.units.values()) {
    const [sort, id = ''] = unit.name.split('/');
    const first = unit.entries.find(({ payload }) => payload.statement['case'] === caseId)?.payload.statement;
    if (sort === 'item' && first) {
      items.add(id);
      names.add(unit.name);
      names.add(`conference/${String(first['conference'])}`);
    }
    if (sort === 'emergency' && first) names.add(unit.name);
  }
  for (const name of ledger.units.keys()) {
    const [sort, item = ''] = name.split('/');
    if ((sort === 'work' || sort === 'order') && items.has(item)) names.add(name);
  }
  return [...names].filter((name) => ledger.units.has(name));
}

export class Tails {
  /** Monotonic time of the asking, by case and records. */
  private readonly asked = new Map<string, number>();

  constructor(private readonly at: Standpoint) {}

  /** Errors: throws Refused (`UNASSURED`, with the case) where it was not asked just now. */
  require(caseId: string, records: readonly string[] = []): void {
    const asked = this.asked.get([caseId, ...records].join());
    if (asked === undefined || this.at.host.monotonicMs() - asked > freshMs) throw new Refused({ code: 'UNASSURED', detail: caseId });
  }

  /** It was good for one step. */
  used(caseId: string): void {
    this.asked.delete(caseId);
  }

  /** Errors: rejects with Refused, RequestFailed or LedgerViolation. */
  async assure(caseId: string, records: readonly string[] = []): Promise<void> {
    const { ledger } = this.at.holdings;
    const began = this.at.host.monotonicMs();
    const units = restsOn(ledger, caseId, records).map((name) => ledger.units.get(name)).filter((unit) => unit !== undefined);
    for (let from = 0; from < units.length; from += unitsMax) await this.ask(units.slice(from, from + unitsMax));
    this.asked.set([caseId, ...records].join(), began);
  }

  private async ask(units: readonly Unit[]): Promise<void> {
    const { ledger, heads } = this.at.holdings;
    const size = ledger.size;
    const answer = readUnitHeads(await this.at.connection.request('heads', { units: units.map((unit) => unit.tag) }));
    heads.saw(answer.checkpoint);
    if (!(await this.at.covers(answer.entry.index, limits.answerMs))) throw new Refused({ code: 'OFFLINE' });
    const said = this.statement(answer);
    if (answer.entry.index + 1 < size) throw this.hidden(answer, `the statement is of ${answer.entry.index}, held ${size}`, null);
    for (const unit of units) this.compare(answer, said, unit);
  }

  /** The server's statement, as it stands in the log. */
  private statement(answer: UnitHeads): { units: number; root: Uint8Array } {
    const { entry, salt } = answer;
    const { ledger } = this.at.holdings;
    const leaf = hashOfLeaf({
      timeMs: entry.timeMs, unit: unitTag(salt, 'heads'), position: entry.position, previous: entry.previous, envelope: sha256(utf8(entry.envelope)),
    });
    const held = ledger.leaves[entry.index];
    const shown = { entry, salt };
    if (entry.unit !== 'heads' || !held || !equal(held, leaf)) throw new LedgerViolation('LEAF', 'ledger.heads is not in the log', entry.index, shown);
    const envelope = parseEnvelope(entry.envelope);
    const payload = envelope && parsePayload(envelope.payload);
    if (!envelope || payload?.kind !== 'ledger.heads' || payload.device !== 'server' || payload.log !== ledger.founding.log || !verifyEnvelope(envelope, 0, ledger.founding.serverKey)) {
      throw new LedgerViolation('SIGNATURE', 'ledger.heads', entry.index, shown);
    }
    const { size, units, root: text } = payload.body;
    const root = typeof text === 'string' ? fromHex(text, 32) : null;
    if (size !== entry.index || typeof units !== 'number' || !root) throw new LedgerViolation('STATEMENT', 'ledger.heads', entry.index, shown);
    return { units, root };
  }

  private compare(answer: UnitHeads, said: { units: number; root: Uint8Array }, unit: Unit): void {
    const row = answer.units.find((one) => one.tag === unit.tag);
    if (!row) throw new Refused({ code: 'INCOMPLETE' }); // it ceased to be readable meanwhile, or so the server says
    const tag = unitTag(unit.salt, unit.name);
    if (!verifyInclusion(unitHead(tag, row.count, row.last), row.place, said.units, said.root, row.path)) {
      throw this.hidden(answer, `${unit.name} is not in the statement`, null);
    }
    const held = unit.entries.filter((entry) => entry.index < answer.entry.index);
    if (held.length === row.count && equal(held.at(-1)?.leaf ?? new Uint8Array(32), row.last)) return;
    throw this.hidden(answer, `${unit.name} has ${row.count} entries, shown were ${held.length}`, {
      unit: unit.name, salt: hex(unit.salt), place: row.place, count: row.count, last: hex(row.last), path: row.path.map(hex), held: held.length,
    });
  }

  private hidden({ entry, salt }: UnitHeads, detail: string, hidden: object | null): LedgerViolation {
    return new LedgerViolation('HIDDEN', detail, entry.index, { entry, salt, ...(hidden ? { hidden } : {}) });
  }
}
