// The server asks a holder for a key on behalf of a later reader (`wanted`, design.md §4 Wrap). The asked client decides
// by its own fold alone, grants without troubling its user, and says so.
import { base64, hex } from '../crypto/bytes';
import { sha256 } from '../crypto/hash';
import { randomBytes } from '../crypto/random';
import { verifySignature } from '../crypto/signature';
import { wantedInput } from '../crypto/signed_input';
import { grantAad, recordWrapInfo, sealWrap } from '../crypto/wrap';
import type { Wanted } from '../wire/messages';
import { makingEntry, type OpenedBytes, readRecordBody } from './opener';
import { Refused, type Standpoint } from './standpoint';
import { placeToRead, type Views } from './views';

export interface Granted {
  record: string;
  person: string;
}

/** Errors: rejects with Refused (own fold says no) or RequestFailed. */
export async function grant(at: Standpoint, views: Views, wanted: Wanted): Promise<Granted> {
  const { ledger } = at.holdings;
  if (!verifySignature(wanted.signature, wantedInput(at.log, wanted.record, wanted.device), ledger.founding.serverKey)) {
    throw new Refused({ code: 'TAMPERED' });
  }
  at.requireExtension();
  const entry = makingEntry(ledger, wanted.record);
  const body = entry && readRecordBody(entry.payload.body);
  const caseId = entry?.payload.statement['case'];
  if (!entry || !body || typeof caseId !== 'string') throw new Refused({ code: 'INCOMPLETE' });
  at.requireComplete(caseId);
  await at.tails.assure(caseId, [wanted.record]);
  const device = ledger.directory.liveAt(wanted.device, Number.MAX_SAFE_INTEGER);
  if (!device || !at.questions().wrap(wanted.record).includes(device.person)) throw new Refused({ code: 'NOT_ALLOWED' });

  const bytes = views.held(wanted.record) ?? (await ownKey(at, views, wanted.record));
  const nonce = randomBytes(16);
  const wrap = sealWrap(device.kem, recordWrapInfo(body.core), grantAad(device.id, nonce), bytes.key);
  if (!wrap) throw new Refused({ code: 'NOT_ALLOWED' });
  const statement = { kind: 'key.grant', record: wanted.record, device: device.id, body: { digest: hex(sha256(wrap)) } };
  const answer = at.questions().may(at.suppose(statement));
  if (!answer.accepted) throw new Refused({ code: answer.reason ?? 'NOT_ALLOWED' });
  await at.append({ envelopes: [at.sign(statement, nonce)], blobs: [base64(wrap)], wraps: [] });
  return { record: wanted.record, person: device.person };
}

/** A key that is not in memory is asked for like any reading: recorded, and only where this person may read it now. */
export function ownKey(at: Standpoint, views: Views, record: string): Promise<OpenedBytes> {
  const place = placeToRead(at, record);
  if (place === undefined) return Promise.reject(new Refused({ code: 'NOT_ALLOWED' }));
  return views.key(record, place);
}
