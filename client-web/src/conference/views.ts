// Open records: content and keys in memory alone, closed the moment the fold no longer permits the view.
import { readReleased } from '../wire/messages';
import { wipe } from '../crypto/random';
import type { DecisionText, Opened, RecordContent, Result, Verdict } from './model';
import { makingEntry, type OpenedBytes, openReleased } from './opener';
import { readContent } from './record_content';
import { failureOf, nothingSent, Refused, type Standpoint } from './standpoint';
import type { StatementInput, Supposed } from './client';

interface View {
  item: string | null;
  opened: Opened;
}

export interface ViewEvents {
  changed(): void;
  closed(record: string, item: string | null, reason: string): void;
  /** Says `opened` in the ledger; kept until it is saved. */
  record(statement: StatementInput): void;
  /** Signed and not acknowledged: they may close a view, never open one. */
  unacknowledged(): Supposed[];
}

const closed: Opened = { state: 'closed' };

/** Where this person may read the record on this device now: null at the desk, an item's id, undefined nowhere. */
export function placeToRead(at: Standpoint, record: string): string | null | undefined {
  const questions = at.questions();
  const seats = (questions.snapshot(at.me)['me'] as { seats?: { item: string }[] } | null)?.seats ?? [];
  return [null, ...seats.map((seat) => seat.item)].find((item) => questions.see(record, at.me, at.device.id, item).outcome === 'permit');
}

export class Views {
  private readonly views = new Map<string, View>();
  /** Keys that this device holds now, for grants: own records and open ones. */
  private readonly keys = new Map<string, OpenedBytes>();
  private readonly asked = new Map<string, Promise<OpenedBytes>>();

  constructor(private readonly at: Standpoint, private readonly events: ViewEvents) {}

  opened(record: string): Opened {
    return this.views.get(record)?.opened ?? closed;
  }

  held(record: string): OpenedBytes | null {
    return this.keys.get(record) ?? null;
  }

  private hold(record: string, bytes: OpenedBytes): void {
    this.keys.set(record, bytes);
  }

  /** For a grant or a hand-over: what is held, or is being asked for already; else it is asked for, once for all who wait. */
  key(record: string, item: string | null): Promise<OpenedBytes> {
    const held = this.keys.get(record);
    if (held) return Promise.resolve(held);
    const running = this.asked.get(record);
    if (running) return running;
    const started = this.fetch(record, item).then((bytes) => {
      this.hold(record, bytes);
      return bytes;
    }).finally(() => this.asked.delete(record));
    this.asked.set(record, started);
    return started;
  }

  async open(record: string, item: string | null): Promise<Result<RecordContent | DecisionText>> {
    this.show(record, item, { state: 'opening' });
    try {
      const verdict = this.verdict(record, item);
      if (verdict.outcome !== 'permit') throw new Refused({ code: verdict.reason ?? 'NOT_ALLOWED' });
      const bytes = await this.fetch(record, item);
      const content = readContent(bytes.content);
      if (!content) throw new Refused({ code: 'TAMPERED' });
      this.hold(record, bytes);
      this.show(record, item, { state: 'open', content, openedAt: this.at.clock.now() ?? 0, item });
      this.events.record({ kind: 'opened', record, device: this.at.device.id, ...(item === null ? {} : { item }) });
      return { ok: true, value: content };
    } catch (error) {
      const failure = nothingSent(failureOf(error)); // nothing is kept to be opened later
      this.show(record, item, failure.code === 'KEY_PENDING'
        ? { state: 'key_pending', holders: failure.holders ?? [] } : { state: 'failed', error: failure });
      return { ok: false, error: failure };
    }
  }

  /** Asks for the release and verifies it. Errors: rejects with Refused or RequestFailed. */
  async fetch(record: string, item: string | null): Promise<OpenedBytes> {
    const { at } = this;
    if (at.evidence) throw new Refused({ code: 'EVIDENCE' });
    if (!makingEntry(at.holdings.ledger, record)) throw new Refused({ code: 'INCOMPLETE' });
    const request = at.sign({ kind: 'key.request', record, device: at.device.id, ...(item === null ? {} : { item }) });
    const released = readReleased(await at.connection.request('open', { request }));
    if (released.record !== record) throw new Refused({ code: 'TAMPERED' });
    if (released.grantIndex !== null) await at.covers(released.grantIndex);
    const bytes = openReleased(at, released);
    if (!bytes) throw new Refused({ code: 'TAMPERED' });
    return bytes;
  }

  close(record: string): void {
    const key = this.keys.get(record);
    if (key) {
      wipe(key.key);
      wipe(key.content);
      this.keys.delete(record);
    }
    if (this.views.delete(record)) this.events.changed();
  }

  /** After every change of the fold, and at every `until`. */
  recheck(): void {
    for (const [record, view] of [...this.views]) {
      if (view.opened.state === 'failed' || view.opened.state === 'opening') continue;
      const verdict = this.verdict(record, view.item);
      if (verdict.outcome === 'permit') continue;
      const wasOpen = view.opened.state === 'open';
      this.close(record);
      if (wasOpen) this.events.closed(record, view.item, verdict.hidden ? 'hidden' : (verdict.reason ?? 'NOT_ALLOWED'));
    }
    this.dropUnreadable(); // keys that were fetched to give them on
  }

  private dropUnreadable(): void {
    const unseen = [...this.keys.keys()].filter((record) => !this.views.has(record));
    for (const record of unseen) if (placeToRead(this.at, record) === undefined) this.close(record);
  }

  /** A `key.grant` to this device: who waited for it reads now. */
  granted(record: string): void {
    const view = this.views.get(record);
    if (view?.opened.state === 'key_pending') void this.open(record, view.item);
  }

  wipe(): void {
    for (const record of [...this.views.keys(), ...this.keys.keys()]) this.close(record);
  }

  private verdict(record: string, item: string | null): Verdict {
    const questions = this.at.questions();
    const verdict = questions.see(record, this.at.me, this.at.device.id, item);
    const pending = verdict.outcome === 'permit' ? this.events.unacknowledged() : [];
    if (pending.length === 0) return verdict;
    const closes = item === null ? !questions.wrap(record, pending).includes(this.at.me)
      : questions.whatIf(pending, item).flips.some((flip) => flip.record === record && flip.person === this.at.me && flip.after.outcome === 'deny');
    return closes ? { ...verdict, outcome: 'deny', reason: 'NARROWED', hidden: false } : verdict;
  }

  private show(record: string, item: string | null, opened: Opened): void {
    this.views.set(record, { item, opened });
    this.events.changed();
  }
}
