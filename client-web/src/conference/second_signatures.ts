// Statements that a second person has to sign (policy.md `with`): shown with what they say, completed by an own append.
import { hex } from '../crypto/bytes';
import { countersign, parseEnvelope, printEnvelope, verifyEnvelope } from '../crypto/envelope';
import { sha256 } from '../crypto/hash';
import { parsePayload } from '../ledger/payload';
import type { HalfSigned } from './client';
import type { Standpoint } from './standpoint';

/** Null where it does not ask this person, or the first signature does not hold. */
export function readHalfSignedEnvelope(at: Standpoint, text: string): HalfSigned | null {
  const envelope = parseEnvelope(text);
  const payload = envelope && parsePayload(envelope.payload);
  if (!envelope || !payload || envelope.signatures.length !== 1 || payload.log !== at.log) return null;
  if (payload.statement['with'] !== at.person) return null;
  const author = at.holdings.ledger.directory.liveAt(payload.device, Number.MAX_SAFE_INTEGER);
  if (!author || author.person !== payload.by || !verifyEnvelope(envelope, 0, author.sign)) return null;
  return {
    id: hex(sha256(envelope.payload)).slice(0, 32), envelope: text, from: payload.by,
    statement: { ...payload.statement, kind: payload.kind, by: payload.by },
  };
}

export function complete(at: Standpoint, half: HalfSigned): string | null {
  const envelope = parseEnvelope(half.envelope);
  const whole = envelope && countersign(envelope, at.device.id, at.device.signing);
  return whole ? printEnvelope(whole) : null;
}

