// What this device found against the server: kept, sealed, until its user has it looked at again, and made into the
// file that others check (ledger/evidence.ts).
import { fromUtf8, utf8 } from '../crypto/bytes';
import { verifyCheckpoint } from '../crypto/note';
import { type Evidence, evidenceOf, evidenceText } from '../ledger/evidence';
import type { Founding } from '../ledger/founding';
import type { LedgerViolation } from '../ledger/violation';
import { isObject, parseJson } from '../wire/json';
import { limits } from '../wire/limits';
import { readFeedPart } from '../wire/messages';
import type { Failure } from './model';
import type { Keep } from './ports';
import type { Standpoint } from './standpoint';

const key = 'evidence';
/** A tree larger than this is not fetched to show where two histories part: both heads alone say that they do. */
const leavesMax = 2_000_000;

export const failureFrom = (error: LedgerViolation): Failure => ({
  code: 'EVIDENCE', what: error.code, detail: `${error.code}: ${error.detail}`, ...(error.index === null ? {} : { index: error.index }),
});

export class Accusation {
  text: string | null = null;

  constructor(private readonly at: Standpoint, private readonly keep: Keep) {}

  /** What was found before the reload; it stands until `forget`. */
  async load(): Promise<Failure | null> {
    const bytes = await this.keep.get(key);
    const text = bytes && fromUtf8(bytes);
    const value = text ? parseJson(text) : null;
    if (!text || !isObject(value ?? undefined)) return null;
    this.text = text;
    const { code, detail } = value as { code?: string; detail?: string };
    return { code: 'EVIDENCE', what: String(code), detail: `${String(code)}: ${String(detail)}` };
  }

  async forget(): Promise<void> {
    this.text = null;
    await this.keep.remove(key);
  }

  /** Resolves once it is kept. With a line it asks the server for its other history, so that the file shows where they part. */
  async raise(violation: LedgerViolation): Promise<void> {
    const { ledger, heads } = this.at.holdings;
    const { founding } = heads;
    if (!founding) return;
    const about = { device: this.at.device.id, foundAtMs: this.at.host.wallMs() };
    const mine = violation.code === 'ROLLED_BACK' ? heads.last?.note : violation.code === 'ROOT' ? heads.verified?.note : ledger.checkpoint;
    await this.store(evidenceOf(founding, ledger, violation, mine ?? null, about));
    const { note } = violation.shown;
    if (violation.code !== 'ROOT' || note === undefined) return;
    const leaves = await this.theirLeaves(founding, note).catch(() => null); // it refuses, or is gone: both heads stand
    if (leaves) await this.store(evidenceOf(founding, ledger, violation, mine ?? null, about, leaves));
  }

  private async store(evidence: Evidence): Promise<void> {
    this.text = evidenceText(evidence);
    await this.keep.put(key, utf8(this.text)).catch(() => undefined); // a full vault: it is on the screen still
  }

  private async theirLeaves(founding: Founding, note: string): Promise<Uint8Array[] | null> {
    const head = verifyCheckpoint(note, founding.origin, founding.logKey);
    if (!head || head.size <= this.at.holdings.ledger.size || head.size > leavesMax) return null;
    const leaves: Uint8Array[] = [];
    let params: object = { size: 0, units: [] };
    while (leaves.length < head.size) {
      const part = readFeedPart(await this.at.connection.request('feed', params, 3 * limits.answerMs));
      if (part.from !== leaves.length && part.leaves.length > 0) return null;
      for (const leaf of part.leaves) leaves.push(leaf);
      if (part.live) break;
      params = { next: true };
    }
    return leaves.slice(0, head.size);
  }
}
