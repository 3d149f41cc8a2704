// The verbs on records, consents and protections (client.ts), in the order of the interface.

import { randomId } from '../crypto/random';
import type { AuthorityInput, ConsentInput, EmergencyInput, Receipt, ShareInput, StatementInput, SubjectDates } from './client';
import { consentStatement } from './consent_statement';
import { handOver } from './handing_over';
import { KasaneVerbs } from './kasane_verbs';
import type { Category, DecisionText, OrderReason, RecordContent, Result } from './model';
import { draftOf, rebaseDraft } from './sharing';
import { Refused } from './standpoint';

export abstract class KasaneRecords extends KasaneVerbs {
  // ── records ───────────────────────────────────────────────────────────────
  share(input: ShareInput): Promise<Result<Receipt & { record: string }>> {
    return this.refusable(async () => {
      this.at.requireTrust(); // what is written without a line waits; the rest is asked when it leaves
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

  /** Signs as the first; `with` is the person whose second signature it waits for. */
  askSecond(statement: StatementInput & { with: string }): Promise<Result<Receipt>> {
    return this.refusable(async () => {
      const answer = this.at.questions().may(this.at.suppose(statement));
      if (!answer.accepted) throw new Refused({ code: answer.reason ?? 'NOT_ALLOWED' });
      return this.submit({ sort: 'half_signed', statement }, { kinds: [statement.kind] });
    });
  }

  secondSign(id: string): Promise<Result<Receipt>> {
    return this.refusable(async () => {
      const half = this.halfSigned.peek().find((one) => one.id === id);
      const envelope = half && this.seconds.complete(id);
      if (!half || !envelope) throw new Refused({ code: 'INPUT' });
      const result = await this.submit({ sort: 'envelope', envelope }, { kinds: [half.statement.kind] });
      if (result.ok) this.seconds.done(id);
      // The bytes are the first signer's: they alone can say it again as of now.
      return !result.ok && result.error.code === 'STALE' ? { ok: false, error: { ...result.error, code: 'SECOND_STALE' } } : result;
    });
  }

  declineSecond(id: string): void {
    this.seconds.decline(id);
  }

  // ── household and emergency ───────────────────────────────────────────────
  setSubject(caseId: string, known: string | null, dates: SubjectDates): Promise<Result<Receipt & { subject: string }>> {
    const subject = known ?? randomId('s');
    const given = { majority_at: dates.majorityAt, own_consent_at: dates.ownConsentAt, deceased_at: dates.deceasedAt };
    const statement = { kind: 'case.subject', case: caseId, subject, ...Object.fromEntries(Object.entries(given).filter(([, at]) => at !== null)) };
    return this.naming('subject', subject, this.state([statement], { case: caseId }));
  }

  addAuthority({ case: caseId, subject, type, holder, categories, from, to }: AuthorityInput): Promise<Result<Receipt & { authority: string }>> {
    const authority = randomId('a');
    const statement = {
      kind: 'authority.add', authority, case: caseId, subject, holder: holder ?? randomId('h'), type, categories,
      ...(from === null ? {} : { from }), ...(to === null ? {} : { to }),
    };
    return this.naming('authority', authority, this.state([statement], { case: caseId }));
  }

  setAuthorityConflict(authority: string, conflict: boolean): Promise<Result<Receipt>> {
    return this.state([{ kind: 'authority.conflict', authority, conflict }]);
  }

  recordOralDisclosure(caseId: string, ground: 'life' | 'body' | 'property'): Promise<Result<Receipt>> {
    return this.state([{ kind: 'disclosure.oral', case: caseId, ground }], { case: caseId });
  }

  handOver(caseId: string, person: string): Promise<Result<Receipt & { given: number; missing: number }>> {
    return this.refusable(async () => {
      const { statement, blobs, given, missing } = await handOver(this.at, this.views, caseId, person);
      const result = await this.state([statement], { case: caseId }, blobs);
      return result.ok ? { ok: true, value: { ...result.value, given, missing } } : result;
    });
  }

  invokeEmergency(input: EmergencyInput): Promise<Result<Receipt & { emergency: string }>> {
    const emergency = randomId('y');
    const { case: caseId, person, ground, minutes, protective } = input;
    const categories = input.categories.length > 0 ? { categories: input.categories } : {};
    const records = input.records.length > 0 ? { records: input.records } : {};
    const statement = { kind: 'emergency.invoke', emergency, case: caseId, person, ...records, ...categories, ground, minutes, protective };
    return this.naming('emergency', emergency, this.state([statement], { case: caseId }));
  }

  approveEmergency(emergency: string): Promise<Result<Receipt>> {
    return this.state([{ kind: 'emergency.approve', emergency }]);
  }

  reviewEmergency(emergency: string, upheld: boolean): Promise<Result<Receipt>> {
    return this.state([{ kind: 'emergency.review', emergency, upheld }]);
  }
}
