// From ciphertext and wrap back to the content, with every check that crypto/FORMATS.md §8 asks of a reader.
import { equal, fromBase64, fromHex, fromUtf8, hex } from '../crypto/bytes';
import { sha256 } from '../crypto/hash';
import { openRecord } from '../crypto/record_body';
import { grantAad, openWrap, recordWrapInfo, wrapAad } from '../crypto/wrap';
import { verifyWrap } from '../crypto/wraps_root';
import type { Ledger, VerifiedEntry } from '../ledger/ledger';
import { isObject, type Json, type JsonObject, parseJson } from '../wire/json';
import type { Released } from '../wire/messages';
import type { Standpoint } from './standpoint';

export interface RecordBody {
  core: Uint8Array;
  kc: Uint8Array;
  pc: Uint8Array;
  digest: Uint8Array;
  length: number;
  wrapsRoot: Uint8Array;
}

export interface OpenedBytes {
  key: Uint8Array;
  blinding: Uint8Array;
  content: Uint8Array;
}

/** The entry that made the record: its share, or its rebase. */
export function makingEntry(ledger: Ledger, record: string): VerifiedEntry | null {
  const entries = ledger.units.get(`record/${record}`)?.entries ?? [];
  return entries.find(({ payload }) => payload.kind === 'record.share' || payload.kind === 'record.rebase') ?? null;
}

export function readRecordBody(body: JsonObject): RecordBody | null {
  const hash = (name: string) => (typeof body[name] === 'string' ? fromHex(body[name], 32) : null);
  const core = typeof body['core'] === 'string' ? fromBase64(body['core']) : null;
  const [kc, pc, digest, wrapsRoot] = [hash('kc'), hash('pc'), hash('digest'), hash('wraps_root')];
  const length = body['length'];
  return core && kc && pc && digest && wrapsRoot && typeof length === 'number' ? { core, kc, pc, digest, length, wrapsRoot } : null;
}

const canonical = (value: Json | undefined): string => JSON.stringify(value, (_name, part: unknown) =>
  isObject(part as Json) ? Object.fromEntries(Object.entries(part as JsonObject).sort(([a], [b]) => (a < b ? -1 : 1))) : part);

/** Does the core say of log, record, case, item, label and device what the signed payload says? */
export function coreHolds(body: RecordBody, entry: VerifiedEntry): boolean {
  const text = fromUtf8(body.core);
  const core = text === null ? null : parseJson(text);
  if (core === null || !isObject(core)) return false;
  const allowed = new Set(['log', 'record', 'case', 'item', 'label', 'suite', 'kc', 'pc', 'device', 'seen', 'rules']);
  if (Object.keys(core).some((name) => !allowed.has(name)) || core['suite'] !== 1) return false;
  const { payload } = entry;
  const { record, case: caseId, item, label } = payload.statement;
  return core['log'] === payload.log && core['record'] === record && core['case'] === caseId && core['item'] === item
    && core['device'] === payload.device && core['kc'] === payload.body['kc'] && core['pc'] === payload.body['pc']
    && canonical(core['label']) === canonical(label);
}

/** The aad of a wrap that came later: by a grant in the record's unit or with a hand-over, to this device, of this very wrap. */
function laterAad(at: Standpoint, record: string, index: number, wrapHash: Uint8Array): Uint8Array | null {
  const entry = at.holdings.ledger.entry(index);
  if (entry?.payload.kind === 'case.coordinator') {
    const { wraps } = entry.payload.body;
    const named = Array.isArray(wraps) && wraps.some((one) => isObject(one) && one['record'] === record
      && one['device'] === at.device.id && one['digest'] === hex(wrapHash));
    return named ? wrapAad(at.device.id) : null;
  }
  if (entry?.payload.kind !== 'key.grant' || entry.unit !== `record/${record}`) return null;
  const { device } = entry.payload.statement;
  const { digest } = entry.payload.body;
  const bytes = typeof digest === 'string' ? fromHex(digest, 32) : null;
  if (device !== at.device.id || !bytes || !equal(bytes, wrapHash)) return null;
  const nonce = fromHex(entry.payload.nonce, 16);
  return nonce && grantAad(at.device.id, nonce);
}

/** Errors: null, without detail: anything that is not what the author signed. */
export function openReleased(at: Standpoint, released: Released): OpenedBytes | null {
  const entry = makingEntry(at.holdings.ledger, released.record);
  const body = entry && readRecordBody(entry.payload.body);
  if (!entry || !body || !coreHolds(body, entry)) return null;
  if (released.ciphertext.length !== body.length || !equal(sha256(released.ciphertext), body.digest)) return null;
  const wrapHash = sha256(released.wrap);
  let aad = wrapAad(at.device.id);
  if (released.grantIndex === null) {
    const mine = { device: at.device.id, digest: wrapHash };
    if (!verifyWrap(body.wrapsRoot, mine, released.position, released.leaves, released.path)) return null;
  } else {
    const later = laterAad(at, released.record, released.grantIndex, wrapHash);
    if (!later) return null;
    aad = later;
  }
  const key = openWrap(at.device.kem, recordWrapInfo(body.core), aad, released.wrap);
  const opened = key && openRecord(key, body.core, body.kc, body.pc, released.ciphertext);
  return key && opened ? { key, ...opened } : null;
}
