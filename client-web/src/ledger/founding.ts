// Entry 0: who the log is. Its envelope's hash came to this device with the address, by another way than the server
// (design.md §3 Bootstrap), so its keys are trusted without asking the server.
import { fromBase64, hex, utf8 } from '../crypto/bytes';
import { type Cosigners, sound } from '../crypto/cosignature';
import { bundleFromJson, type PublicBundle, verifyBundle } from '../crypto/device';
import { parseEnvelope, verifyEnvelope } from '../crypto/envelope';
import { sha256 } from '../crypto/hash';
import { logName } from '../crypto/leaf';
import { parseVerifierKey } from '../crypto/note';
import { isFitSigningKey } from '../crypto/signature';
import { isObject, type Json } from '../wire/json';
import { parsePayload, type Payload } from './payload';
import { LedgerViolation } from './violation';

export interface Founding {
  /** Name of the log in checkpoints. */
  origin: string;
  /** origin + `#` + founding hash: the log's name in payloads. */
  log: string;
  /** Entry 0's text. */
  envelope: string;
  logKey: Uint8Array;
  serverKey: Uint8Array;
  /** Of the log's own timestamped cosignatures; null: founded before there were any. */
  cosignerKey: Uint8Array | null;
  demo: boolean;
  /** Whose cosignatures make the quorum of every later head; of nobody where the entry names none. */
  witnesses: Cosigners;
  tenant: string;
  /** How the municipality and the registrar's agency are shown; null where the entry does not say. */
  titles: { tenant: string | null; agency: { id: string; title: string } | null };
  device: { id: string; person: string; bundle: PublicBundle };
}

/** Display texts alone: another shape is no reason to distrust a pinned entry. */
function titles({ body, statement }: Payload): Founding['titles'] {
  const of = isObject(body['titles']) ? body['titles'] : {};
  const { tenant, agency } = of;
  const id = statement['agency'];
  return {
    tenant: typeof tenant === 'string' ? tenant : null,
    agency: typeof agency === 'string' && typeof id === 'string' ? { id, title: agency } : null,
  };
}

/** No such member names none. Null for another shape: what was pinned must not be read as less. */
function witnessesIn(value: Json | undefined): Cosigners | null {
  if (value === undefined) return { least: 0, keys: [] };
  if (!isObject(value) || Object.keys(value).some((name) => name !== 'quorum' && name !== 'keys')) return null;
  const { quorum: least, keys: texts } = value;
  if (typeof least !== 'number' || !Array.isArray(texts)) return null;
  const keys = texts.map((text) => (typeof text === 'string' ? parseVerifierKey(text) : null)).filter((key) => key !== null);
  const cosigners = { least, keys };
  return keys.length === texts.length && sound(cosigners) ? cosigners : null;
}

/** Errors: throws LedgerViolation where it is not the pinned entry, or not well made. */
export function readFounding(envelopeText: string, foundingHash: string): Founding {
  if (hex(sha256(utf8(envelopeText))) !== foundingHash) throw new LedgerViolation('FOUNDING', 'another founding entry', 0);
  const envelope = parseEnvelope(envelopeText);
  const payload = envelope && parsePayload(envelope.payload);
  if (!envelope || !payload || payload.kind !== 'tenant.found') throw new LedgerViolation('FOUNDING', 'no tenant.found', 0);
  const { log_key: logText, server_key: serverText, demo } = payload.body;
  const bundle = bundleFromJson(payload.body['device']);
  const id = bundle && verifyBundle(bundle);
  const logKey = typeof logText === 'string' ? fromBase64(logText) : null;
  const serverKey = typeof serverText === 'string' ? fromBase64(serverText) : null;
  const tenant = payload.statement['tenant'];
  if (!bundle || !id || id !== payload.device || !logKey || !serverKey || typeof demo !== 'boolean' || typeof tenant !== 'string') {
    throw new LedgerViolation('FOUNDING', 'keys', 0);
  }
  const cosignerText = payload.body['cosigner_key'];
  const cosignerKey = typeof cosignerText === 'string' ? fromBase64(cosignerText) : null;
  if (!isFitSigningKey(logKey) || !isFitSigningKey(serverKey)) throw new LedgerViolation('FOUNDING', 'unfit keys', 0);
  if (cosignerText !== undefined && (!cosignerKey || !isFitSigningKey(cosignerKey))) throw new LedgerViolation('FOUNDING', 'unfit cosigner', 0);
  const witnesses = witnessesIn(payload.body['witnesses']);
  if (!witnesses) throw new LedgerViolation('FOUNDING', 'witnesses', 0);
  if (!verifyEnvelope(envelope, 0, bundle.sign)) throw new LedgerViolation('SIGNATURE', 'founding', 0);
  return {
    origin: payload.log, log: logName(payload.log, envelopeText), envelope: envelopeText, logKey, serverKey, cosignerKey, demo, witnesses, tenant, titles: titles(payload),
    device: { id, person: payload.by, bundle },
  };
}
