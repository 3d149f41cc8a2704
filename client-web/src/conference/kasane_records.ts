// The verbs on records, consents and protections (client.ts), in the order of the interface.

import { randomId } from '../crypto/random';
import type { ConsentInput, Receipt, ShareInput } from './client';
import { consentStatement } from './consent_statement';
import { KasaneVerbs } from './kasane_verbs';
import type { Category, DecisionText, OrderReason, RecordContent, Result } from './model';
import { complete } from './second_signatures';
import { draftOf, rebaseDraft } from './sharing';
import { Refused } from './standpoint';

export abstract class KasaneRecords extends KasaneVerbs {
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
}
