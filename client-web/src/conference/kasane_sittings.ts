// The verbs of the sitting (client.ts): conferences and their items, tasks, decisions, and the talk.

import type { ReadonlySignal } from '@preact/signals-core';
import { randomId } from '../crypto/random';
import type { JsonObject } from '../wire/json';
import type { Receipt, RequestInput, Talk } from './client';
import { KasaneRecords } from './kasane_records';
import type { Category, DecisionKind, DecisionText, Instant, RequestAnswer, Result, SeatKind } from './model';
import { decisionDraft } from './sharing';
import { Refused } from './standpoint';
import { TalkRoom } from './talk_room';

export abstract class KasaneSittings extends KasaneRecords {
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

  makeRequest(item: string, { agency, what, categories, due }: RequestInput): Promise<Result<Receipt & { request: string }>> {
    const request = randomId('q');
    const body = { agency, what, categories, ...(due === null ? {} : { due }) };
    return this.naming('request', request, this.state([{ kind: 'request.make', item, request, body }], { item }));
  }

  answerRequest(request: string, answer: RequestAnswer): Promise<Result<Receipt>> {
    const item = this.model.peek()?.requests.get(request)?.item ?? null;
    return this.state([{ kind: 'request.answer', request, body: { answer } }], { item });
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
      head: (value) => {
        if (this.at.compare(() => this.holdings.heads.heard(value))) this.sync.expect(this.holdings.heads.size);
      },
    });
    this.rooms.set(item, room);
    return room;
  }

  /** A narrowing statement that the server has not acknowledged to its author: all who are present are told,
   *  and what it closes is closed. */
  private signalled(item: string, person: string, data: JsonObject): void {
    const { type, envelope } = data;
    if (type !== 'statement' || typeof envelope !== 'string' || !this.unacknowledged.take(person, envelope)) return;
    this.views.recheck();
    this.note({ kind: 'narrowing_late', item, person });
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
}
