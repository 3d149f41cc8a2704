// A content becomes a `record.share` or `record.rebase`: sealed body, core, wraps for whom the sharer's own fold lists
// (design.md §4 Record, Wrap).
import { base64, fromBase64, hex, utf8 } from '../crypto/bytes';
import { sha256 } from '../crypto/hash';
import { contentCommitment, keyCommitment, sealRecord } from '../crypto/record_body';
import { recordWrapInfo } from '../crypto/wrap';
import { limits } from '../wire/limits';
import type { StatementInput } from './client';
import type { Label } from './model';
import { type Prepared, Refused, type Standpoint } from './standpoint';

/** Kept in the outbox until saved, sealed with it: the same record whenever it is signed again. */
export interface RecordDraft {
  record: string;
  case: string;
  item: string | null;
  label: Label;
  /** Of a rebase: the source. */
  source: string | null;
  /** Base64: IK, blinding, content. */
  key: string;
  blinding: string;
  content: string;
}

function draftStatement(draft: RecordDraft): StatementInput {
  const base = { record: draft.record, case: draft.case, label: draft.label };
  if (draft.source !== null) return { kind: 'record.rebase', source: draft.source, item: draft.item, ...base };
  return { kind: 'record.share', ...base, ...(draft.item === null ? {} : { item: draft.item }) };
}

export interface WrittenRecord {
  statement: StatementInput;
  ciphertext: string;
  wraps: [string, string][];
}

/** The statement alone, for previews and `may`. */
export const recordStatement = draftStatement;

function bytesOf(text: string): Uint8Array {
  const bytes = fromBase64(text);
  if (!bytes) throw new Refused({ code: 'INPUT' });
  return bytes;
}

/** `before`: what stands before it in the same append; the wraps are reckoned with both. Errors: throws Refused. */
export function writeRecord(at: Standpoint, draft: RecordDraft, before: readonly StatementInput[]): WrittenRecord {
  at.requireExtension();
  at.requireComplete(draft.case);
  at.tails.require(draft.case);
  const statement = draftStatement(draft);
  const [key, blinding, content] = [bytesOf(draft.key), bytesOf(draft.blinding), bytesOf(draft.content)];
  const [kc, pc] = [hex(keyCommitment(key)), hex(contentCommitment(blinding, content))];
  const core = utf8(JSON.stringify({
    log: at.log, record: draft.record, case: draft.case, ...(draft.item === null ? {} : { item: draft.item }), label: draft.label,
    suite: 1, kc, pc, device: at.device.id, seen: at.holdings.ledger.seen, rules: 1,
  }));
  const sealed = sealRecord(key, core, blinding, content);
  if (sealed.length > limits.recordCiphertextBytes) throw new Refused({ code: 'TOO_LARGE' });
  const suppose = [...before, statement].map((one) => at.suppose(one));
  const persons = at.questions().wrap(draft.record, suppose);
  const { root, wraps } = at.wrapTo(at.liveDevices(persons), recordWrapInfo(core), key);
  return {
    statement: {
      ...statement,
      body: { core: base64(core), kc, pc, digest: hex(sha256(sealed)), length: sealed.length, wraps_root: hex(root) },
    },
    ciphertext: base64(sealed), wraps,
  };
}

/** Statements before, the records, statements after: one append, all or none. */
export function prepareRecords(
  at: Standpoint, before: readonly StatementInput[], drafts: readonly RecordDraft[], after: readonly StatementInput[],
): Prepared {
  const written: WrittenRecord[] = [];
  const so: StatementInput[] = [...before];
  for (const draft of drafts) {
    const record = writeRecord(at, draft, so);
    written.push(record);
    so.push(record.statement);
  }
  for (const draft of drafts) at.tails.used(draft.case);
  so.push(...after);
  return {
    envelopes: so.map((statement) => at.sign(statement)),
    blobs: written.map((record) => record.ciphertext),
    wraps: written.map((record) => record.wraps),
  };
}
