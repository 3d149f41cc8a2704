// What a device signs (design.md §3 Envelope, crypto/FORMATS.md §4). The shape of the statement itself is policy.wasm's
// matter; this reads the frame around it, and writes our own.
import { fromUtf8, hex, utf8 } from '../crypto/bytes';
import { isObject, type JsonObject, parseJson } from '../wire/json';

export interface Seen {
  size: number;
  /** 64 hex digits. */
  root: string;
}

export interface Payload {
  log: string;
  unit: string;
  seen: Seen;
  signedAtMs: number;
  nonce: string;
  /** Device id, or `server`. */
  device: string;
  kind: string;
  by: string;
  statement: JsonObject;
  body: JsonObject;
}

const memberNames = ['v', 'log', 'unit', 'seen', 'signed_at', 'nonce', 'device', 'statement'];

/** Errors: null on anything that is not exactly a payload. */
export function parsePayload(bytes: Uint8Array): Payload | null {
  const text = fromUtf8(bytes);
  const value = text === null ? null : parseJson(text);
  if (value === null || !isObject(value)) return null;
  if (Object.keys(value).length !== memberNames.length || !memberNames.every((name) => name in value)) return null;
  const { v, log, unit, seen, nonce, device, statement } = value;
  const signedAt = value['signed_at'];
  if (v !== 1 || typeof log !== 'string' || typeof unit !== 'string' || typeof device !== 'string') return null;
  if (!isObject(seen) || typeof seen['size'] !== 'number' || typeof seen['root'] !== 'string') return null;
  if (Object.keys(seen).length !== 2 || seen['size'] < 0 || !/^[0-9a-f]{64}$/.test(seen['root'])) return null;
  if (typeof nonce !== 'string' || !/^[0-9a-f]{32}$/.test(nonce) || !isObject(statement)) return null;
  if (typeof signedAt !== 'string' || Number.isNaN(Date.parse(signedAt))) return null;
  const { kind, by, body } = statement;
  if (typeof kind !== 'string' || typeof by !== 'string') return null;
  if (body !== undefined && !isObject(body)) return null;
  return {
    log, unit, seen: { size: seen['size'], root: seen['root'] }, signedAtMs: Date.parse(signedAt), nonce, device,
    kind, by, statement, body: body ?? {},
  };
}

export interface PayloadDraft {
  log: string;
  unit: string;
  seen: Seen;
  signedAtMs: number;
  nonce: Uint8Array;
  device: string;
  /** `kind`, `by`, the kind's fields and `body`, without `at`. */
  statement: Record<string, unknown>;
}

export function printPayload(draft: PayloadDraft): Uint8Array {
  return utf8(JSON.stringify({
    v: 1, log: draft.log, unit: draft.unit, seen: { size: draft.seen.size, root: draft.seen.root },
    signed_at: new Date(draft.signedAtMs).toISOString(), nonce: hex(draft.nonce), device: draft.device,
    statement: draft.statement,
  }));
}
