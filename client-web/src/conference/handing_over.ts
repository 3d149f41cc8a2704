// The outgoing coordinator's own act: who takes the household over gets the keys with the same statement (design.md §4).
import { base64, hex } from '../crypto/bytes';
import { sha256 } from '../crypto/hash';
import { recordWrapInfo, sealWrap, wrapAad } from '../crypto/wrap';
import type { StatementInput } from './client';
import { RequestFailed } from './connection';
import { ownKey } from './grants';
import { makingEntry, readRecordBody } from './opener';
import { Refused, type Standpoint } from './standpoint';
import type { Views } from './views';

/** Keys in one statement; who lacks one later is helped by its other holders (`wanted`). */
const keysMax = 200;

export interface HandingOver {
  statement: StatementInput;
  blobs: string[];
  /** Records whose key goes along; those that this device could not get. */
  given: number;
  missing: number;
}

/** Every key that this person can have now is asked for and recorded like a reading. Errors: rejects with Refused or RequestFailed. */
export async function handOver(at: Standpoint, views: Views, caseId: string, person: string): Promise<HandingOver> {
  at.requireExtension();
  at.requireComplete(caseId);
  await at.tails.assure(caseId);
  const bare = { kind: 'case.coordinator', case: caseId, person };
  const answer = at.questions().may(at.suppose(bare));
  if (!answer.accepted) throw new Refused({ code: answer.reason ?? 'NOT_ALLOWED' });
  const devices = at.liveDevices([person]);
  const suppose = [at.suppose(bare)];
  const wraps: { record: string; device: string; digest: string }[] = [];
  const blobs: string[] = [];
  let [given, missing] = [0, 0];
  for (const record of recordsOf(at, caseId)) {
    const body = bodyOf(at, record);
    if (!body || !at.questions().wrap(record, suppose).includes(person)) continue;
    if (wraps.length + devices.length > keysMax) {
      missing++;
      continue;
    }
    const key = await keyOf(at, views, record);
    if (!key) {
      missing++;
      continue;
    }
    for (const device of devices) {
      const wrap = sealWrap(device.kem, recordWrapInfo(body.core), wrapAad(device.id), key);
      if (!wrap) continue;
      wraps.push({ record, device: device.id, digest: hex(sha256(wrap)) });
      blobs.push(base64(wrap));
    }
    key.fill(0);
    given++;
  }
  return { statement: { ...bare, ...(wraps.length > 0 ? { body: { wraps } } : {}) }, blobs, given, missing };
}

/** Newest first. */
function recordsOf(at: Standpoint, caseId: string): string[] {
  const made = [...at.holdings.ledger.units.keys()].filter((unit) => unit.startsWith('record/')).map((unit) => unit.slice('record/'.length));
  const entries = made.map((record) => ({ record, entry: makingEntry(at.holdings.ledger, record) }));
  return entries.filter(({ entry }) => entry?.payload.statement['case'] === caseId)
    .sort((a, b) => (b.entry?.index ?? 0) - (a.entry?.index ?? 0)).map(({ record }) => record);
}

function bodyOf(at: Standpoint, record: string) {
  const entry = makingEntry(at.holdings.ledger, record);
  return entry && readRecordBody(entry.payload.body);
}

/** A copy. Null where nobody has given this device the key, or the policy shows it the record no more. */
async function keyOf(at: Standpoint, views: Views, record: string): Promise<Uint8Array | null> {
  const open = views.held(record);
  if (open) return open.key.slice();
  try {
    const { key } = await ownKey(at, views, record);
    const copy = key.slice();
    views.close(record);
    return copy;
  } catch (error) {
    if (error instanceof Refused || (error instanceof RequestFailed && !error.lost)) return null;
    throw error;
  }
}
