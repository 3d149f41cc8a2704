// From the click to the durable acknowledgement. A job is kept, sealed, until the server has it on disk; the very same
// bytes go again after a lost line (their nonce makes a repeat harmless), and what was refused as too old is signed
// anew (design.md §3). 保存済み is said after the acknowledgement and at no other time.
import { signal, type Signal } from '@preact/signals-core';
import { fromUtf8, utf8 } from '../crypto/bytes';
import { randomId } from '../crypto/random';
import { LedgerViolation } from '../ledger/violation';
import type { AppendReceipt } from '../wire/messages';
import type { Receipt, SaveState, StatementInput, Submission } from './client';
import { RequestFailed } from './connection';
import type { Failure, Result } from './model';
import type { Keep } from './ports';
import { prepareRecords, type RecordDraft } from './record_writer';
import { failureOf, type Prepared, type Standpoint } from './standpoint';

export type Recipe =
  | { sort: 'statements'; statements: StatementInput[]; blobs: string[] }
  | { sort: 'records'; before: StatementInput[]; drafts: RecordDraft[]; after: StatementInput[] }
  | { sort: 'message'; item: string; message: string; text: string }
  /** Signed by its author alone, and put for the second person. */
  | { sort: 'half_signed'; statement: StatementInput }
  /** A half-signed envelope, completed: goes as it is. */
  | { sort: 'envelope'; envelope: string };

export interface JobAbout {
  kinds: string[];
  item?: string | null;
  case?: string | null;
  record?: string | null;
  /** Of the client's own doing, without a line on the screen. */
  silent?: boolean;
}

interface Job {
  id: string;
  recipe: Recipe;
  about: JobAbout;
  madeAt: number;
  state: SaveState;
  error: Failure | null;
  prepared: Prepared | null;
  tries: number;
  indices: number[];
  settle: ((result: Result<Receipt>) => void) | null;
}

export interface OutboxPort {
  /** Seals a message under the epoch now; null where there is none yet. Errors: throws Refused. */
  prepareMessage(item: string, message: string, text: string): Prepared | null;
  changed(): void;
  /** Draws the picture at once. */
  drawn(): void;
  stale(submission: string): void;
  /** A narrowing statement stands unacknowledged for ten seconds. */
  late(submission: string, envelopes: string[]): void;
  /** The server keeps it for the second person. */
  halfSigned(envelope: string): void;
}

const key = 'outbox';
const triesMax = 5;
const savedShownMs = 10_000;
/** A narrowing statement that stands unacknowledged this long is a loud screen (design.md §3). */
const lateMs = 10_000;
const repeatable = new Set(['STALE', 'RECIPIENTS_CHANGED', 'CLOCK', 'CLOCK_OFF', 'BUSY', 'INCOMPLETE', 'BLOB_MISSING', 'SEEN']);

/** The one word over all of it. What is being written is on this device alone, whatever the server has of the rest. */
export function worst(submissions: readonly Submission[], drafts: boolean): SaveState {
  const states = new Set(submissions.map((submission) => submission.state));
  return (['failed', 'local', 'sending'] as const).find((state) => states.has(state)) ?? (drafts ? 'local' : 'saved');
}

export class Outbox {
  readonly submissions: Signal<Submission[]> = signal([]);
  private jobs: Job[] = [];
  private pumping = false;
  private readonly assuring = new Set<string>();
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly at: Standpoint, private readonly keep: Keep, private readonly port: OutboxPort) {}

  /** Work of before the reload: what was sending may or may not have arrived; the same bytes tell. */
  async load(): Promise<void> {
    const bytes = await this.keep.get(key);
    const text = bytes && fromUtf8(bytes);
    if (!text) return;
    const kept = JSON.parse(text) as Omit<Job, 'settle'>[];
    this.jobs = [...kept.map((job) => ({ ...job, settle: null, state: job.state === 'failed' ? job.state : ('local' as const) })), ...this.jobs];
    this.show();
  }

  add(recipe: Recipe, about: JobAbout): Promise<Result<Receipt>> {
    return new Promise((settle) => {
      const job: Job = {
        id: randomId('j'), recipe, about, madeAt: this.at.clock.now() ?? this.at.host.wallMs(), state: 'local', error: null,
        prepared: null, tries: 0, indices: [], settle,
      };
      this.jobs.push(job);
      this.watch(job);
      this.store();
      void this.pump();
    });
  }

  /** After a reconnection, a new epoch, a second of `BUSY`. */
  async pump(): Promise<void> {
    if (this.pumping) return;
    this.pumping = true;
    try {
      for (let job = this.next(); job; job = this.next()) if (!(await this.send(job))) break;
    } finally {
      this.pumping = false;
      this.show();
    }
  }

  private next(): Job | undefined {
    if (!this.at.connection.live || this.at.person === null) return undefined;
    return this.jobs.find((job) => job.state === 'local' && this.prepare(job));
  }

  /** True where its bytes stand ready. A message without an epoch waits and holds nobody up. */
  private prepare(job: Job): boolean {
    if (job.prepared) return true;
    try {
      job.prepared = this.write(job.recipe);
      if (job.prepared) this.store();
      return job.prepared !== null;
    } catch (error) {
      const failure = failureOf(error);
      if (failure.code === 'UNASSURED') this.assure(job, failure.detail ?? '');
      else if (failure.code !== 'OFFLINE') this.fail(job, failure);
      return false;
    }
  }

  /** Asks where the units end that it rests on; then it is written. */
  private assure(job: Job, caseId: string): void {
    if (this.assuring.has(job.id)) return;
    this.assuring.add(job.id);
    this.at.tails.assure(caseId).finally(() => this.assuring.delete(job.id)).then(
      () => void this.pump(),
      (error: unknown) => {
        if (error instanceof LedgerViolation) this.at.compare(() => { throw error; });
        const failure = error instanceof LedgerViolation ? { code: 'EVIDENCE' } : failureOf(error);
        if (failure.code !== 'OFFLINE') this.fail(job, failure); // without a line it is asked again
      },
    );
  }

  private write(recipe: Recipe): Prepared | null {
    switch (recipe.sort) {
      case 'statements':
        return { envelopes: recipe.statements.map((one) => this.at.sign(one)), blobs: recipe.blobs, wraps: [] };
      case 'records':
        return prepareRecords(this.at, recipe.before, recipe.drafts, recipe.after);
      case 'message':
        return this.port.prepareMessage(recipe.item, recipe.message, recipe.text);
      case 'half_signed':
        return { envelopes: [this.at.sign(recipe.statement)], blobs: [], wraps: [] };
      case 'envelope':
        return { envelopes: [recipe.envelope], blobs: [], wraps: [] };
    }
  }

  /** False where the line is gone and the rest has to wait. */
  private async send(job: Job): Promise<boolean> {
    const prepared = job.prepared;
    if (!prepared) return true;
    this.set(job, 'sending');
    try {
      if (job.recipe.sort === 'half_signed') await this.put(job, prepared);
      else this.saved(job, await this.at.append(prepared));
      return true;
    } catch (error) {
      if (error instanceof RequestFailed && error.lost) {
        this.set(job, 'local');
        if (this.at.connection.live) this.at.host.after(500, () => void this.pump()); // too much was under way
        return false;
      }
      return this.refused(job, failureOf(error));
    }
  }

  private async put(job: Job, prepared: Prepared): Promise<void> {
    await this.at.connection.request('put', { half_signed: prepared.envelopes });
    for (const envelope of prepared.envelopes) this.port.halfSigned(envelope);
    this.finish(job, []);
  }

  private async refused(job: Job, failure: Failure): Promise<boolean> {
    job.tries++;
    // These say nothing about the step itself: sign again, as of now, with a new nonce and the same ids.
    const again = failure.code === 'CLOCK' || failure.code === 'REPEATED' || failure.code === 'BLOB_MISSING'
      || failure.code === 'EPOCH_CHANGED' || failure.code === 'RECIPIENTS_CHANGED' || (failure.code === 'STALE' && job.about.silent);
    if (again && job.tries < triesMax && job.recipe.sort !== 'envelope') {
      job.prepared = null;
      this.set(job, 'local');
      await new Promise<void>((resolve) => this.at.host.after(50 * job.tries, resolve)); // the batch that says why
      return true;
    }
    if (failure.code === 'BUSY' && job.tries < 30) {
      this.set(job, 'local');
      this.at.host.after(2_000, () => void this.pump());
      return false;
    }
    // Said twice, done once: it arrived before the line broke, under bytes that this device has lost.
    if (failure.code === 'DUPLICATE' && job.tries > 1) return this.finish(job, []);
    this.fail(job, failure);
    return true;
  }

  private fail(job: Job, failure: Failure): void {
    job.error = failure;
    job.prepared = job.recipe.sort === 'envelope' ? job.prepared : null;
    this.set(job, 'failed');
    job.settle?.({ ok: false, error: failure });
    job.settle = null;
    if (job.about.silent) this.jobs = this.jobs.filter((other) => other !== job);
    else if (failure.code === 'STALE') this.port.stale(job.id);
    this.store();
  }

  private saved(job: Job, answer: AppendReceipt): void {
    this.finish(job, answer.receipts, answer.size);
  }

  private finish(job: Job, receipts: { index: number; at: string }[], size = this.at.holdings.ledger.size): true {
    job.indices = receipts.map((receipt) => receipt.index);
    job.prepared = null;
    this.set(job, 'saved');
    this.store();
    const settle = job.settle;
    job.settle = null;
    // The screen that asked sees its own step in the picture when it is told of it.
    void this.at.covers(Math.max(-1, ...job.indices)).then(() => {
      this.port.drawn();
      settle?.({ ok: true, value: { receipts, size } });
    });
    this.at.host.after(job.about.silent ? 0 : savedShownMs, () => {
      this.jobs = this.jobs.filter((other) => other !== job);
      this.show();
    });
    return true;
  }

  async signAgain(id: string): Promise<Result<Receipt>> {
    const job = this.jobs.find((one) => one.id === id && one.state === 'failed');
    if (!job) return { ok: false, error: { code: 'INPUT' } };
    return new Promise((settle) => {
      Object.assign(job, { settle, error: null, tries: 0, state: 'local' });
      this.store();
      void this.pump();
    });
  }

  discard(id: string): void {
    const job = this.jobs.find((one) => one.id === id);
    job?.settle?.({ ok: false, error: { code: 'DISCARDED' } });
    this.jobs = this.jobs.filter((one) => one !== job);
    this.store();
  }

  /** Messages of an item that are not saved yet. */
  messages(item: string): { id: string; text: string; madeAt: number; state: SaveState; error: Failure | null }[] {
    return this.jobs.flatMap(({ recipe, madeAt, state, error }) =>
      recipe.sort === 'message' && recipe.item === item && state !== 'saved'
        ? [{ id: recipe.message, text: recipe.text, madeAt, state, error }] : []);
  }

  /** What is signed, or will be, and is not in the ledger. */
  unsaved(): StatementInput[] {
    return this.jobs.flatMap(({ recipe, state, about }) => (state === 'saved' || state === 'failed' || about.silent ? []
      : recipe.sort === 'statements' ? recipe.statements : recipe.sort === 'records' ? [...recipe.before, ...recipe.after] : []));
  }

  flush(): Promise<void> {
    return this.writing;
  }

  private watch(job: Job): void {
    const { recipe } = job;
    const statements = recipe.sort === 'statements' ? recipe.statements : recipe.sort === 'records' ? recipe.before : [];
    if (statements.length === 0) return;
    this.at.host.after(lateMs, () => {
      if (job.state !== 'saved' && this.jobs.includes(job) && statements.some((one) => this.narrows(one))) {
        this.port.late(job.id, job.prepared?.envelopes ?? []);
      }
    });
  }

  /** The policy's answer; where there is none, better loud than late. */
  private narrows(statement: StatementInput): boolean {
    const by = this.at.person ?? this.at.holdings.person;
    try {
      return by === null || this.at.holdings.narrows({ ...statement, by, body: undefined });
    } catch {
      return true;
    }
  }

  private set(job: Job, state: SaveState): void {
    job.state = state;
    this.show();
  }

  private show(): void {
    this.submissions.value = this.jobs.filter((job) => !job.about.silent).map((job) => ({
      id: job.id, kinds: job.about.kinds, item: job.about.item ?? null, case: job.about.case ?? null, record: job.about.record ?? null,
      state: job.state, error: job.error, repeatable: job.error !== null && repeatable.has(job.error.code),
      madeAt: job.madeAt, indices: job.indices,
    }));
    this.port.changed();
  }

  private store(): void {
    const kept = this.jobs.filter((job) => job.state !== 'saved').map(({ settle: _settle, ...job }) => job);
    this.writing = this.writing
      .then(() => this.keep.put(key, utf8(JSON.stringify(kept))))
      .catch(() => undefined); // the vault is full: the words on the screen stay true, only a reload would lose it
    this.show();
  }
}

