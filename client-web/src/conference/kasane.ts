// The client proper: the verbs and questions of client.ts over the life of kasane_life.ts.

import type { ReadonlySignal } from '@preact/signals-core';
import { hex, utf8 } from '../crypto/bytes';
import { sha256 } from '../crypto/hash';
import { randomId } from '../crypto/random';
import type { JsonObject } from '../wire/json';
import { showBundle } from './bundle';
import type {
  AuditRow, ConsentInput, Draft, KasaneClient, LedgerReport, Receipt, SharePreview, ShareInput, StatementInput, Talk, WhatIf,
} from './client';
import { consentStatement } from './consent_statement';
import { KasaneLife } from './kasane_life';
import type {
  AgencyType, Category, DecisionKind, DecisionText, Instant, Item, OrderReason, RecordCard, RecordContent, Result, SeatKind, TenantRole, Verdict,
} from './model';
import type { JobAbout, Recipe } from './outbox';
import { deviceAdd, personAdd, personRoles } from './registrar_verbs';
import { complete } from './second_signatures';
import { checkLedger } from './self_check';
import { decisionDraft, draftOf, previewShare, rebaseDraft } from './sharing';
import { failureOf, Refused } from './standpoint';
import { TalkRoom } from './talk_room';
import { whatIfByDevice, whatIfByServer } from './what_if';

export class Kasane extends KasaneLife implements KasaneClient {
  // ── submissions and drafts ────────────────────────────────────────────────
  signAgain(submission: string): Promise<Result<Receipt>> {
    return this.jobs.signAgain(submission);
  }

  discard(submission: string): Promise<void> {
    this.jobs.discard(submission);
    return this.jobs.flush();
  }

  draft(key: string): Draft | null {
    return this.draftStore.get(key);
  }

  saveDraft(key: string, value: unknown): Promise<void> {
    return this.draftStore.save(key, value);
  }

  dropDraft(key: string): Promise<void> {
    return this.draftStore.drop(key);
  }

  /** Runs a verb whose preparation may be refused on this side. */
  private async refusable<T>(verb: () => Promise<Result<T>>): Promise<Result<T>> {
    try {
      return await verb();
    } catch (error) {
      return { ok: false, error: failureOf(error) };
    }
  }

  private submit(recipe: Recipe, about: JobAbout): Promise<Result<Receipt>> {
    return this.jobs.add(recipe, about);
  }

  private state(statements: StatementInput[], about: Omit<JobAbout, 'kinds'> = {}, blobs: string[] = []): Promise<Result<Receipt>> {
    return this.submit({ sort: 'statements', statements, blobs }, { kinds: statements.map((one) => one.kind), ...about });
  }

  /** A verb that names something new: the id comes with the receipt. */
  private async naming<Name extends string>(name: Name, id: string, done: Promise<Result<Receipt>>): Promise<Result<Receipt & Record<Name, string>>> {
    const result = await done;
    return result.ok ? { ok: true, value: { ...result.value, ...({ [name]: id } as Record<Name, string>) } } : result;
  }

  // ── questions ─────────────────────────────────────────────────────────────
  may(statement: StatementInput): { accepted: boolean; reason: string | null } {
    try {
      return this.at.questions().may(this.at.suppose(statement));
    } catch (error) {
      return { accepted: false, reason: failureOf(error).code };
    }
  }

  see(record: string, item: string | null): Verdict {
    return this.at.questions().see(record, this.at.me, this.at.device.id, item);
  }

  who(record: string, item: string, onceOpen = false): { person: string; seat: SeatKind; verdict: Verdict }[] {
    return this.at.questions().who(record, item, onceOpen).map((one) => ({ ...one, seat: one.seat as SeatKind }));
  }

  room(item: string, present: string[]): string[] {
    return present.length === 0 ? [] : this.at.questions().room(item, present);
  }

  consentCells(subject: string, caseId: string): { category: Category; recipient: string; state: string; index: number | null }[] {
    return this.at.questions().consents(subject, caseId).map((cell) => ({ ...cell, category: cell.category as Category }));
  }

  previewShare(input: Omit<ShareInput, 'content'>): SharePreview {
    try {
      return previewShare(this.at, input, []);
    } catch (error) {
      return { accepted: false, reason: failureOf(error).code, readers: [], desk: [] };
    }
  }

  whatIf(statements: StatementInput[], item?: string): Promise<Result<WhatIf>> {
    return this.refusable(async () => {
      // Who holds items and records reckons it alone; an officer who holds neither asks the server.
      const holdsItems = [...(this.model.peek()?.items.values() ?? [])].some((one) => one.complete);
      const value = holdsItems ? whatIfByDevice(this.at, statements, item ?? null) : await whatIfByServer(this.at, statements, item ?? null);
      return { ok: true, value };
    });
  }

  previewConsent(input: ConsentInput): Promise<Result<WhatIf>> {
    return this.refusable(async () => {
      const statement = consentStatement(input, 'n-preview');
      // The case's coordinator holds all of its items and records; any other officer's fold would miss some.
      const holds = this.model.peek()?.cases.get(input.case)?.coordinator === this.at.me;
      const value = holds ? whatIfByDevice(this.at, [statement], null) : await whatIfByServer(this.at, [statement], null);
      return { ok: true, value };
    });
  }

  // ── records ───────────────────────────────────────────────────────────────
  share(input: ShareInput): Promise<Result<Receipt & { record: string }>> {
    return this.refusable(async () => {
      this.at.requireExtension();
      const draft = draftOf(this.at, input);
      const about = { kinds: ['record.share'], case: input.case, item: input.item, record: draft.record };
      return this.naming('record', draft.record, this.submit({ sort: 'records', before: [], drafts: [draft], after: [] }, about));
    });
  }

  correct(record: string, input: ShareInput): Promise<Result<Receipt & { record: string }>> {
    return this.refusable(async () => {
      const draft = draftOf(this.at, input);
      const before = [{ kind: 'record.withdraw', record }];
      const about = { kinds: ['record.withdraw', 'record.share'], case: input.case, item: input.item, record: draft.record };
      return this.naming('record', draft.record, this.submit({ sort: 'records', before, drafts: [draft], after: [] }, about));
    });
  }

  withdraw(record: string): Promise<Result<Receipt>> {
    return this.state([{ kind: 'record.withdraw', record }], { record });
  }

  open(record: string, item: string | null): Promise<Result<RecordContent | DecisionText>> {
    return this.views.open(record, item);
  }

  closeView(record: string): void {
    this.views.close(record);
  }

  order(item: string, person: string, what: { categories?: Category[]; records?: string[] }, reason: OrderReason): Promise<Result<Receipt>> {
    const categories = what.categories?.length ? { categories: what.categories } : {};
    const records = what.records?.length ? { records: what.records } : {};
    return this.state([{ kind: 'record.order', item, person, ...categories, ...records, reason }], { item });
  }

  rebase(record: string, item: string): Promise<Result<Receipt & { record: string }>> {
    return this.refusable(async () => {
      const source = this.cardOf(record);
      const target = this.itemOf(item);
      const bytes = this.views.held(record) ?? (await this.views.fetch(record, null)); // claim REBASE at the desk
      const draft = rebaseDraft(source, item, target.basis, bytes.blinding, bytes.content);
      const about = { kinds: ['record.rebase'], case: source.case, item, record: draft.record };
      return this.naming('record', draft.record, this.submit({ sort: 'records', before: [], drafts: [draft], after: [] }, about));
    });
  }

  private cardOf(record: string): RecordCard {
    const card = this.model.peek()?.records.get(record);
    if (!card) throw new Refused({ code: 'UNKNOWN' });
    return card;
  }

  private itemOf(item: string): Item {
    const found = this.model.peek()?.items.get(item);
    if (!found) throw new Refused({ code: 'UNKNOWN' });
    return found;
  }

  // ── consent and protection ────────────────────────────────────────────────
  async recordConsent(input: ConsentInput): Promise<Result<Receipt & { consent: string }>> {
    const consent = randomId('n');
    return this.naming('consent', consent, this.state([consentStatement(input, consent)], { case: input.case }));
  }

  declareConflict(caseId: string, person: string): Promise<Result<Receipt>> {
    return this.state([{ kind: 'conflict.declare', case: caseId, person }], { case: caseId });
  }

  setProtection(caseId: string, subject: string, opponents: string[]): Promise<Result<Receipt>> {
    return this.state([{ kind: 'protect.set', case: caseId, subject, opponents }], { case: caseId });
  }

  secondSign(id: string): Promise<Result<Receipt>> {
    return this.refusable(async () => {
      const half = this.halfSigned.peek().find((one) => one.id === id);
      const envelope = half ? complete(this.at, half) : null;
      if (!half || envelope === null) throw new Refused({ code: 'INPUT' });
      const result = await this.submit({ sort: 'envelope', envelope }, { kinds: [half.statement.kind] });
      if (result.ok) this.halfSigned.value = this.halfSigned.peek().filter((one) => one.id !== id);
      return result;
    });
  }

  // ── conferences and items ─────────────────────────────────────────────────
  async openCase(subjects: { majority_at?: Instant; own_consent_at?: Instant }[]): Promise<Result<Receipt & { case: string; subjects: string[] }>> {
    const caseId = randomId('c');
    const named = subjects.map((dates) => ({ subject: randomId('s'), ...dates }));
    const result = await this.state([{ kind: 'case.open', case: caseId, subjects: named }], { case: caseId });
    return result.ok ? { ok: true, value: { ...result.value, case: caseId, subjects: named.map((one) => one.subject) } } : result;
  }

  convene(startsAt: Instant): Promise<Result<Receipt & { conference: string }>> {
    const conference = randomId('k');
    return this.naming('conference', conference, this.state([{ kind: 'conference.convene', conference, starts_at: startsAt }]));
  }

  moveConference(conference: string, startsAt: Instant): Promise<Result<Receipt>> {
    return this.state([{ kind: 'conference.move', conference, starts_at: startsAt }]);
  }

  addItem(conference: string, caseId: string, basis: string, seats: Record<string, { seat: SeatKind; as?: string }>): Promise<Result<Receipt & { item: string }>> {
    const item = randomId('i');
    return this.naming('item', item, this.state([{ kind: 'item.add', item, conference, case: caseId, basis, seats }], { item, case: caseId }));
  }

  seat(item: string, person: string, seat: SeatKind | 'none', as?: string): Promise<Result<Receipt>> {
    return this.state([{ kind: 'item.seat', item, person, seat, ...(as === undefined ? {} : { as }) }], { item });
  }

  openItem(item: string): Promise<Result<Receipt>> {
    return this.state([{ kind: 'item.open', item }], { item });
  }

  suspendItem(item: string): Promise<Result<Receipt>> {
    return this.state([{ kind: 'item.suspend', item }], { item });
  }

  closeItem(item: string): Promise<Result<Receipt>> {
    return this.state([{ kind: 'item.close', item }], { item });
  }

  closeConference(conference: string): Promise<Result<Receipt>> {
    return this.state([{ kind: 'conference.close', conference }]);
  }

  acknowledge(item: string): Promise<Result<Receipt>> {
    return this.refusable(async () => {
      const { conference, basis, noticeDue } = this.itemOf(item);
      const version = this.model.peek()?.bases.get(basis)?.noticeVersion ?? noticeDue;
      if (version === null || version === undefined) throw new Refused({ code: 'STALE_NOTICE' });
      return this.state([{ kind: 'notice.acknowledge', conference, basis, version }], { item });
    });
  }

  attestPresence(item: string, person: string, how: 'paper' | 'oral'): Promise<Result<Receipt>> {
    return this.refusable(async () => {
      const { conference, basis } = this.itemOf(item);
      const version = this.model.peek()?.bases.get(basis)?.noticeVersion ?? null;
      if (version === null) throw new Refused({ code: 'STALE_NOTICE' });
      return this.state([{ kind: 'presence.attest', conference, basis, person, version, how }], { item });
    });
  }

  assignTask(item: string, person: string, records: string[], to?: Instant): Promise<Result<Receipt & { task: string }>> {
    const task = randomId('t');
    const statement = { kind: 'task.assign', task, item, person, records, ...(to === undefined ? {} : { to }) };
    return this.naming('task', task, this.state([statement], { item }));
  }

  endTask(task: string): Promise<Result<Receipt>> {
    return this.state([{ kind: 'task.end', task }]);
  }

  recordDecision(
    item: string,
    input: { kind: DecisionKind; text: DecisionText; restsOn: string[]; subjects: string[]; categories: Category[]; origin: string },
  ): Promise<Result<Receipt & { decision: string; record: string }>> {
    return this.refusable(async () => {
      const { case: caseId } = this.itemOf(item);
      const decision = randomId('e');
      const draft = decisionDraft(this.at, caseId, item, input, input.text);
      const after = [{
        kind: 'decision.record', decision, item, decision_kind: input.kind, record: draft.record, rests_on: input.restsOn,
      }];
      const about = { kinds: ['record.share', 'decision.record'], case: caseId, item, record: draft.record };
      const done = this.naming('decision', decision, this.submit({ sort: 'records', before: [], drafts: [draft], after }, about));
      const result = await done;
      return result.ok ? { ok: true, value: { ...result.value, record: draft.record } } : result;
    });
  }

  confirmDecision(decision: string): Promise<Result<Receipt>> {
    return this.state([{ kind: 'decision.confirm', decision }]);
  }

  // ── talk ──────────────────────────────────────────────────────────────────
  private roomOf(item: string): TalkRoom {
    const known = this.rooms.get(item);
    if (known) return known;
    const room = new TalkRoom(this.at, item, {
      item: () => this.model.peek()?.items.get(item) ?? null,
      outbox: () => this.jobs,
      signalled: (person, data) => this.signalled(item, person, data),
    });
    this.rooms.set(item, room);
    return room;
  }

  /** A narrowing statement that the server has not acknowledged to its author: all who are present are told. */
  private signalled(item: string, person: string, data: JsonObject): void {
    if (data['type'] === 'statement') this.note({ kind: 'narrowing_late', item, person });
  }

  talk(item: string): ReadonlySignal<Talk> {
    const room = this.roomOf(item);
    if (this.holdings.ledger.isFounded) this.draw();
    return room.state;
  }

  enter(item: string): Promise<Result<void>> {
    return this.refusable(() => this.roomOf(item).enter());
  }

  leave(item: string): Promise<void> {
    return this.rooms.get(item)?.leave() ?? Promise.resolve();
  }

  say(item: string, text: string): Promise<Result<Receipt>> {
    if (text.trim() === '') return Promise.resolve({ ok: false, error: { code: 'INPUT' } });
    return this.submit({ sort: 'message', item, message: randomId('m'), text }, { kinds: ['message.post'], item });
  }

  withdrawMessage(item: string, message: string): Promise<Result<Receipt>> {
    return this.state([{ kind: 'message.withdraw', message }], { item });
  }

  typing(item: string): void {
    this.rooms.get(item)?.typing();
  }

  away(item: string, away: boolean): void {
    this.rooms.get(item)?.away(away);
  }

  // ── registrar ─────────────────────────────────────────────────────────────
  addAgency(id: string, type: AgencyType, name: string): Promise<Result<Receipt>> {
    return this.state([{ kind: 'agency.add', agency: id, agency_type: type, name }]);
  }

  addPerson(id: string, input: Parameters<KasaneClient['addPerson']>[1]): Promise<Result<Receipt>> {
    return this.refusable(async () => this.state([personAdd(this.at, this.directoryKey, id, input)]));
  }

  setRoles(person: string, roles: TenantRole[], post?: string): Promise<Result<Receipt>> {
    return this.refusable(async () => {
      const name = this.model.peek()?.persons.get(person)?.name ?? null;
      const named = post === undefined || name === null ? null : { name, post };
      return this.state([personRoles(this.at, this.directoryKey, person, roles, named)]);
    });
  }

  endPerson(person: string): Promise<Result<Receipt>> {
    return this.state([{ kind: 'person.end', person }]);
  }

  addDevice(person: string, bundleText: string): Promise<Result<Receipt & { device: string }>> {
    return this.refusable(async () => {
      const hasAgency = (this.model.peek()?.persons.get(person)?.agency ?? null) !== null;
      const { device, statement, blobs } = deviceAdd(this.at, this.directoryKey, person, hasAgency, bundleText);
      return this.naming('device', device, this.state([statement], {}, blobs));
    });
  }

  revokeDevice(device: string): Promise<Result<Receipt>> {
    return this.state([{ kind: 'device.revoke', device }]);
  }

  publishNotice(basis: string, version: number): Promise<Result<Receipt>> {
    return this.state([{ kind: 'notice.publish', basis, version }]);
  }

  bundle(): { text: string; device: string } {
    return showBundle(this.parts.device);
  }

  foundingHash(): string {
    return this.parts.foundingHash;
  }

  // ── audit ─────────────────────────────────────────────────────────────────
  checkLedger(): Promise<LedgerReport> {
    return Promise.resolve(checkLedger(this.holdings, this.parts.host, this.parts.foundingHash));
  }

  exportAudit(rows: AuditRow[]): Promise<Result<{ text: string }>> {
    return this.refusable(async () => {
      const text = rows.map((row) => JSON.stringify(row)).join('\n') + '\n';
      const body = { rows: rows.length, size: this.holdings.ledger.size, digest: hex(sha256(utf8(text))) };
      const result = await this.state([{ kind: 'export.made', body }]);
      return result.ok ? { ok: true, value: { text } } : result;
    });
  }

  exportEvidence(): string | null {
    const failure = this.evidence.peek();
    if (!failure) return null;
    const { ledger } = this.holdings;
    return JSON.stringify({
      v: 1, failure, log: ledger.isFounded ? ledger.founding.log : this.parts.foundingHash, held: ledger.isFounded ? ledger.seen : null,
      checkpoint: ledger.checkpoint,
    }, null, 1);
  }
}
