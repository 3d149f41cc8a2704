// Statements that were signed and that no ledger shows yet: this person's own on their way, and those that a present
// member's device sent to all because the server was silent (design.md §3). They open nothing. What they would close is
// closed at once; the ledger, or a day, decides.
import { parseEnvelope, verifyEnvelope } from '../crypto/envelope';
import type { VerifiedEntry } from '../ledger/ledger';
import { parsePayload } from '../ledger/payload';
import type { StatementInput, Supposed } from './client';
import type { Standpoint } from './standpoint';

const dayMs = 86_400_000;
const aheadMs = 120_000;
const heldMax = 100;

export class Unacknowledged {
  private readonly told = new Map<string, { statement: Supposed; until: number }>();

  constructor(private readonly at: Standpoint, private readonly own: () => StatementInput[]) {}

  /** False where it is not what that person's own live device signed for this log, or stands in the ledger already. */
  take(person: string, envelopeText: string): boolean {
    const { ledger } = this.at.holdings;
    const envelope = parseEnvelope(envelopeText);
    const payload = envelope && parsePayload(envelope.payload);
    const device = payload && ledger.directory.liveAt(payload.device, Number.MAX_SAFE_INTEGER);
    const now = this.at.clock.now() ?? 0;
    if (!envelope || !payload || !device || envelope.signatures.length !== 1 || payload.log !== this.at.log) return false;
    if (payload.by !== person || device.person !== person || !verifyEnvelope(envelope, 0, device.sign)) return false;
    if (payload.signedAtMs + dayMs <= now || payload.signedAtMs > now + aheadMs || this.told.size >= heldMax) return false;
    if (ledger.entries().some((entry) => entry.payload.nonce === payload.nonce && entry.payload.device === payload.device)) return false;
    const { body: _body, ...statement } = payload.statement;
    this.told.set(payload.nonce, { statement, until: payload.signedAtMs + dayMs });
    return true;
  }

  arrived(entries: readonly VerifiedEntry[]): void {
    for (const { payload } of entries) this.told.delete(payload.nonce);
  }

  statements(): Supposed[] {
    const now = this.at.clock.now() ?? 0;
    for (const [nonce, { until }] of this.told) if (until <= now) this.told.delete(nonce);
    return [...[...this.told.values()].map((one) => one.statement), ...this.own().map((one) => this.at.suppose(one))];
  }
}
