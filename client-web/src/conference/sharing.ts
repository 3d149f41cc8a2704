// Sharing, correcting, carrying over, and the preview of who will read: all reckoned with the share itself added
// (policy.md §9 `with`).
import { base64 } from '../crypto/bytes';
import { randomBytes, randomId } from '../crypto/random';
import type { Reader, SharePreview, ShareInput } from './client';
import type { DecisionText, Label, RecordContent, SeatKind } from './model';
import { writeContent, writeDecision } from './record_content';
import { type RecordDraft, recordStatement } from './record_writer';
import { Refused, type Standpoint } from './standpoint';

export function labelOf(input: Omit<ShareInput, 'content'>, agency: string): Label {
  const label: Label = { subjects: input.subjects, categories: input.categories, kind: input.kind, agency, origin: input.origin };
  if (input.hold) label.hold = input.hold;
  if (input.withholdFromSubject) label.withhold_from_subject = true;
  if (input.deidentified) label.deidentified = true;
  if (input.parents && input.parents.length > 0) label.parents = input.parents;
  return label;
}

export function ownAgency(at: Standpoint): string {
  const rows = at.questions().snapshot(at.me)['persons'];
  const own = (Array.isArray(rows) ? rows : []).find((row) => (row as { person?: string }).person === at.me);
  const agency = (own as { agency?: string | null } | undefined)?.agency;
  if (!agency) throw new Refused({ code: 'NOT_AUTHORISED' });
  return agency;
}

export function draftOf(at: Standpoint, input: ShareInput): RecordDraft {
  if (input.content.title.trim() === '' && input.content.text.trim() === '') throw new Refused({ code: 'INPUT' });
  return draft(input.case, input.item, labelOf(input, ownAgency(at)), writeContent(input.content as RecordContent));
}

export function decisionDraft(at: Standpoint, caseId: string, item: string, of: { subjects: string[]; categories: ShareInput['categories']; origin: string }, text: DecisionText): RecordDraft {
  const label: Label = { subjects: of.subjects, categories: of.categories, kind: 'DEC', agency: ownAgency(at), origin: of.origin };
  return draft(caseId, item, label, writeDecision(text));
}

function draft(caseId: string, item: string | null, label: Label, content: Uint8Array): RecordDraft {
  return {
    record: randomId('r'), case: caseId, item, label, source: null, key: base64(randomBytes(32)), blinding: base64(randomBytes(32)),
    content: base64(content),
  };
}

/** A record carried over to an item that requires consent: the same content, so the same pc; a new key. */
export function rebaseDraft(source: { id: string; case: string; label: Label }, item: string, basis: string, blinding: Uint8Array, content: Uint8Array): RecordDraft {
  const { parents: _parents, ...label } = source.label;
  return {
    record: randomId('r'), case: source.case, item, label: { ...label, origin: basis }, source: source.id,
    key: base64(randomBytes(32)), blinding: base64(blinding), content: base64(content),
  };
}

/** Errors: throws Refused before the first connection. */
export function previewShare(at: Standpoint, input: Omit<ShareInput, 'content'>): SharePreview {
  const label = labelOf(input, ownAgency(at));
  return preview(at, { ...unwritten, case: input.case, item: input.item, label, source: null });
}

/** Who will read a record that is carried over, and whether it may be. Errors: as above. */
export function previewRebase(at: Standpoint, source: { id: string; case: string; label: Label }, item: string, basis: string): SharePreview {
  return preview(at, { ...rebaseDraft(source, item, basis, new Uint8Array(), new Uint8Array()), ...unwritten });
}

const unwritten = { record: 'r-preview', key: '', blinding: '', content: '' };

function preview(at: Standpoint, draft: RecordDraft): SharePreview {
  const { record, item } = draft;
  const statement = recordStatement(draft);
  const questions = at.questions();
  const may = questions.may(at.suppose(statement));
  const suppose = [at.suppose(statement)];
  const wrapped = may.accepted ? questions.wrap(record, suppose) : [];
  const wrappedSet = new Set(wrapped);
  const readers: Reader[] = [];
  if (item !== null) {
    const now = questions.who(record, item, false, suppose);
    const onceOpen = new Map(questions.who(record, item, true, suppose).map((one) => [one.person, one.verdict]));
    for (const one of now) {
      readers.push({
        person: one.person, seat: one.seat as SeatKind, now: one.verdict, onceOpen: onceOpen.get(one.person) ?? one.verdict,
        wrapped: wrappedSet.has(one.person),
      });
    }
  }
  const seated = new Set(readers.map((reader) => reader.person));
  return { accepted: may.accepted, reason: may.reason, readers, desk: wrapped.filter((person) => !seated.has(person)) };
}
