// What every verb stands on: the outbox, drafts, and the questions that policy.wasm answers on this device.

import type { ConsentInput, Draft, Receipt, SharePreview, ShareInput, StatementInput, WhatIf } from './client';
import { consentStatement } from './consent_statement';
import { KasaneLife } from './kasane_life';
import type { Category, Item, RecordCard, Result, SeatKind, Verdict } from './model';
import type { JobAbout, Recipe } from './outbox';
import { previewRebase, previewShare } from './sharing';
import { failureOf, nothingSent, Refused } from './standpoint';
import { whatIfByDevice, whatIfByServer } from './what_if';

export abstract class KasaneVerbs extends KasaneLife {
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
  protected async refusable<T>(verb: () => Promise<Result<T>>): Promise<Result<T>> {
    try {
      return await verb();
    } catch (error) {
      return { ok: false, error: nothingSent(failureOf(error)) };
    }
  }

  protected submit(recipe: Recipe, about: JobAbout): Promise<Result<Receipt>> {
    return this.jobs.add(recipe, about);
  }

  protected state(statements: StatementInput[], about: Omit<JobAbout, 'kinds'> = {}, blobs: string[] = []): Promise<Result<Receipt>> {
    return this.submit({ sort: 'statements', statements, blobs }, { kinds: statements.map((one) => one.kind), ...about });
  }

  /** A verb that names something new: the id comes with the receipt. */
  protected async naming<Name extends string>(name: Name, id: string, done: Promise<Result<Receipt>>): Promise<Result<Receipt & Record<Name, string>>> {
    const result = await done;
    return result.ok ? { ok: true, value: { ...result.value, ...({ [name]: id } as Record<Name, string>) } } : result;
  }

  protected cardOf(record: string): RecordCard {
    const card = this.model.peek()?.records.get(record);
    if (!card) throw new Refused({ code: 'UNKNOWN' });
    return card;
  }

  protected itemOf(item: string): Item {
    const found = this.model.peek()?.items.get(item);
    if (!found) throw new Refused({ code: 'UNKNOWN' });
    return found;
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
      return previewShare(this.at, input);
    } catch (error) {
      return { accepted: false, reason: failureOf(error).code, readers: [], desk: [] };
    }
  }

  previewRebase(record: string, item: string): SharePreview {
    try {
      return previewRebase(this.at, this.cardOf(record), item, this.itemOf(item).basis);
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
}
