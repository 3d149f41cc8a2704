// The client proper, put together: one line, one ledger, one fold, and the verbs of client.ts over them.
import { computed, type ReadonlySignal, signal, type Signal } from '@preact/signals-core';
import { hex } from '../crypto/bytes';
import type { DeviceKeys } from '../crypto/device';
import { sha256 } from '../crypto/hash';
import { randomBytes, randomId, wipe } from '../crypto/random';
import { verifySignature } from '../crypto/signature';
import { timeInput } from '../crypto/signed_input';
import { openWrap, directoryWrapInfo, wrapAad } from '../crypto/wrap';
import type { VerifiedEntry } from '../ledger/ledger';
import { LedgerViolation } from '../ledger/violation';
import { type Policy, PolicyFailed } from '../policy/door';
import { Malformed } from '../wire/check';
import type { Json, JsonObject } from '../wire/json';
import { type Authenticated, type Hello, readHalfSigned, readSignal, readWanted } from '../wire/messages';
import { Audit } from './audit';
import { showBundle } from './bundle';
import type {
  AuditRow, Connection as ConnectionState, ConsentInput, Draft, HalfSigned, KasaneClient, LedgerReport, Note, Receipt, SaveState,
  SharePreview, ShareInput, StatementInput, Submission, Talk, WhatIf,
} from './client';
import { Connection, RequestFailed } from './connection';
import { Drafts } from './drafts';
import { grant } from './grants';
import { Holdings } from './holdings';
import type {
  AgencyType, Category, DecisionKind, DecisionText, Failure, Instant, Item, Model, OrderReason, RecordCard, RecordContent, Result,
  SeatKind,  TenantRole, Verdict,
} from './model';
import { Outbox, type JobAbout, type Recipe } from './outbox';
import { picture } from './picture';
import { StaffNames } from './picture_directory';
import type { Host, Keep, Network } from './ports';
import { deviceAdd, personAdd, personRoles } from './registrar_verbs';
import { checkLedger } from './self_check';
import { complete, readHalfSignedEnvelope } from './second_signatures';
import { ServerClock } from './server_clock';
import { decisionDraft, draftOf, previewShare, rebaseDraft } from './sharing';
import { failureOf, Refused, Standpoint } from './standpoint';
import { Sync } from './sync';
import { TalkRoom } from './talk_room';
import { Views } from './views';
import { whatIfByDevice, whatIfByServer } from './what_if';

export interface ClientParts {
  device: DeviceKeys;
  /** 64 hex digits, from the address: pins the log. */
  foundingHash: string;
  keep: Keep;
  host: Host;
  network: Network;
  policy: Policy;
  /** The device came from a seed in an address: good for a log that calls itself a demonstration, and no other. */
  demoOnly?: boolean;
}

const notesMax = 50;
/** Pictures are drawn at most this often. */
const drawEveryMs = 16;
/** Longest timer that hosts keep exactly. */
const timerMaxMs = 2 ** 31 - 1;

export class Kasane implements KasaneClient {
  readonly connection: Signal<ConnectionState> = signal({ state: 'connecting' });
  readonly model: Signal<Model | null> = signal(null);
  readonly notes: Signal<Note[]> = signal([]);
  readonly halfSigned: Signal<HalfSigned[]> = signal([]);
  readonly audit: Signal<AuditRow[]> = signal([]);
  readonly evidence: Signal<Failure | null> = signal(null);
  readonly clock: Signal<{ offsetMs: number; off: boolean; confirmed: boolean } | null> = signal(null);
  readonly outbox: ReadonlySignal<Submission[]>;
  readonly saved: ReadonlySignal<SaveState>;
  readonly drafts: ReadonlySignal<Draft[]>;

  private readonly holdings: Holdings;
  private readonly serverClock: ServerClock;
  private readonly line: Connection;
  private readonly at: Standpoint;
  private readonly sync: Sync;
  private readonly jobs: Outbox;
  private readonly views: Views;
  private readonly draftStore: Drafts;
  private readonly auditBook: Audit;
  private readonly names: StaffNames;
  private readonly rooms = new Map<string, TalkRoom>();
  private directoryKey: Uint8Array | null = null;
  private directoryWrap: Uint8Array | null = null;
  private pendingTime: { answer: Authenticated; nonce: Uint8Array } | null = null;
  private cancelDraw: (() => void) | null = null;
  private cancelUntil: () => void = () => undefined;
  private noteId = 0;
  private ended = false;
  private loaded: Promise<void> | null = null;

  constructor(private readonly parts: ClientParts) {
    const { device, keep, host, network, policy, foundingHash } = parts;
    this.holdings = new Holdings(policy, keep, foundingHash);
    this.serverClock = new ServerClock(host);
    this.line = new Connection(host, network, device, {
      hello: (hello) => this.hello(hello),
      authenticated: (answer, nonce) => void this.authenticated(answer, nonce),
      notification: (method, params) => this.notified(method, params),
      offline: (retryAt) => this.offline(retryAt),
      stopped: (failure) => this.stopped(failure),
      thrown: (error) => this.caught(error),
    });
    this.at = new Standpoint(device, this.holdings, this.serverClock, this.line, host);
    this.sync = new Sync(this.at, {
      progress: (held, size) => { this.connection.value = { state: 'catching_up', held, size }; },
      arrived: (entries, closed) => this.arrived(entries, closed),
      failed: (error) => this.caught(error),
    });
    this.jobs = new Outbox(this.at, keep, {
      prepareMessage: (item, message, text) => this.rooms.get(item)?.prepareMessage(message, text) ?? null,
      changed: () => this.draw(),
      stale: (submission) => this.note({ kind: 'stale', submission }),
      late: (submission, envelopes) => this.late(submission, envelopes),
    });
    this.views = new Views(this.at, {
      changed: () => this.draw(),
      closed: (record, item, reason) => this.note({ kind: 'view_closed', record, reason, ...(item === null ? {} : { item }) }),
      record: (statement) => void this.jobs.add(
        { sort: 'statements', statements: [statement], blobs: [] }, { kinds: [statement.kind], silent: true },
      ),
    });
    this.draftStore = new Drafts(keep, host);
    this.auditBook = new Audit(this.holdings);
    this.names = new StaffNames(() => this.directoryKey);
    this.outbox = this.jobs.submissions;
    this.drafts = this.draftStore.all;
    this.saved = computed(() => {
      const states = new Set(this.outbox.value.map((submission) => submission.state));
      return (['failed', 'local', 'sending'] as const).find((state) => states.has(state)) ?? 'saved';
    });
  }

  // ── life ──────────────────────────────────────────────────────────────────
  start(): void {
    this.loaded ??= this.load();
  }

  private async load(): Promise<void> {
    try {
      await this.holdings.load();
      await Promise.all([this.draftStore.load(), this.jobs.load()]);
      if (!this.ended) this.line.start();
    } catch (error) {
      this.caught(error);
    }
  }

  async stop(): Promise<void> {
    this.ended = true;
    await Promise.all([...this.rooms.values()].map((room) => room.leave()));
    this.line.stop({ code: 'LOCKED' });
    await Promise.all([this.holdings.flush(), this.jobs.flush()]);
    for (const room of this.rooms.values()) room.wipe();
    this.views.wipe();
    this.names.forget();
    if (this.directoryKey) wipe(this.directoryKey);
    wipe(this.parts.device.signing.secretKey);
    wipe(this.parts.device.kem.secretKey);
    this.cancelDraw?.();
    this.cancelUntil();
  }

  private hello(hello: Hello): void {
    const hash = hello.log.slice(hello.log.indexOf('#') + 1);
    if (hash !== this.parts.foundingHash) throw new LedgerViolation('LOG_NAME', hello.log);
    if (this.holdings.ledger.isFounded && hello.log !== this.at.log) throw new LedgerViolation('LOG_NAME', hello.log);
    if (hello.size < this.holdings.ledger.size) {
      throw new LedgerViolation('ROLLED_BACK', `server ${hello.size}, held ${this.holdings.ledger.size}`);
    }
    if (hello.rules !== 1) throw new LedgerViolation('STATEMENT', `rules version ${hello.rules}`);
  }

  private async authenticated(answer: Authenticated, nonce: Uint8Array): Promise<void> {
    try {
      if (answer.device !== this.at.device.id) throw new Malformed('authenticate.device');
      if (this.at.person !== null && this.at.person !== answer.person) throw new LedgerViolation('DEVICE', 'another person');
      this.directoryWrap = answer.directoryWrap;
      this.pendingTime = { answer, nonce };
      this.serverClock.set(answer.timeMs);
      this.at.person = answer.person;
      if (this.holdings.ledger.isFounded) this.checkTime();
      await this.sync.feed();
      this.checkTime();
      if (this.parts.demoOnly && !this.holdings.ledger.founding.demo) {
        this.line.stop({ code: 'NOT_ALLOWED', detail: 'no demonstration' });
        return;
      }
      this.openDirectory();
      this.takeHalfSigned(answer.halfSigned);
      this.connection.value = { state: 'live', since: this.parts.host.wallMs() };
      this.lookAtClock();
      for (const room of this.rooms.values()) room.reconnected();
      this.drawNow();
      void this.jobs.pump();
    } catch (error) {
      this.caught(error);
    }
  }

  /** The signed answer to `authenticate`: known keys first, hence after the first feed on a first start. */
  private checkTime(): void {
    if (!this.pendingTime) return;
    const { answer, nonce } = this.pendingTime;
    this.pendingTime = null;
    const { ledger } = this.holdings;
    const input = timeInput(this.at.log, nonce, answer.timeMs);
    if (!verifySignature(answer.timeSignature, input, ledger.founding.serverKey)) throw new LedgerViolation('TIME', 'signature');
    if (answer.timeMs < ledger.newestTimeMs && !this.sync.live) throw new LedgerViolation('TIME', 'before the newest entry');
    const device = ledger.directory.device(this.at.device.id);
    if (device && device.person !== answer.person) throw new LedgerViolation('DEVICE', 'another person');
  }

  private openDirectory(): void {
    if (this.directoryKey || !this.directoryWrap) return;
    this.directoryKey = openWrap(this.at.device.kem, directoryWrapInfo(this.at.log), wrapAad(this.at.device.id), this.directoryWrap);
    this.names.forget();
  }

  private lookAtClock(): void {
    const offsetMs = this.serverClock.offsetMs();
    if (offsetMs === null) return;
    const { off, confirmed } = this.serverClock;
    if (off && !confirmed && this.clock.value?.off !== true) this.note({ kind: 'clock_off', offsetMs });
    this.clock.value = { offsetMs, off, confirmed };
  }

  private offline(retryAt: number): void {
    this.sync.lost();
    const { value } = this.connection;
    const since = value.state === 'offline' ? value.since : this.parts.host.wallMs();
    this.connection.value = { state: 'offline', since, retryAt };
    this.draw();
  }

  private stopped(failure: Failure): void {
    this.sync.lost();
    this.connection.value = { state: 'stopped', failure };
    if (failure.code === 'DEVICE_REVOKED') this.views.wipe();
    this.draw();
  }

  /** Whatever came of handling a message: evidence ends the trust, a malformed message the line. */
  private caught(error: unknown): void {
    if (error instanceof LedgerViolation && error.code !== 'GAP') {
      const failure: Failure = { code: 'EVIDENCE', detail: `${error.code}: ${error.detail}` };
      if (error.index !== null) failure.index = error.index;
      this.at.evidence = failure;
      this.evidence.value = failure;
      this.note({ kind: 'evidence', failure });
      this.line.stop(failure);
    } else if (error instanceof PolicyFailed) {
      this.line.stop({ code: 'POLICY_FAILED', detail: error.message });
    } else if (error instanceof Malformed || error instanceof RequestFailed || error instanceof LedgerViolation || error instanceof Refused) {
      this.line.drop();
    } else {
      this.line.stop({ code: 'POLICY_FAILED', detail: error instanceof Error ? error.message : 'unknown' });
      throw error;
    }
  }

  private notified(method: string, params: Json): void {
    try {
      switch (method) {
        case 'batch':
          this.sync.batch(params);
          break;
        case 'signal': {
          const message = readSignal(params);
          this.rooms.get(message.item)?.receive(message);
          break;
        }
        case 'wanted':
          void grant(this.at, this.views, readWanted(params)).then(
            ({ record, person }) => this.note({ kind: 'granted_key', record, person }),
            (error: unknown) => { failureOf(error); }, // not by this fold: the server asks the next holder
          ).catch((error: unknown) => this.caught(error));
          break;
        case 'half_signed':
          this.takeHalfSigned([readHalfSigned(params)]);
          break;
        default:
          throw new Malformed(`notification ${method}`);
      }
    } catch (error) {
      this.caught(error);
    }
  }

  private arrived(entries: VerifiedEntry[], closed: string[]): void {
    for (const unit of closed) this.note({ kind: 'unit_closed', unit });
    const revoked = this.holdings.ledger.directory.device(this.at.device.id)?.revokedAt ?? null;
    if (revoked !== null) this.views.wipe();
    // Views are closed before anything else is done: nothing stays on the screen for the length of a draw.
    this.views.recheck();
    for (const { payload } of entries) {
      const { record, device } = payload.statement;
      if (payload.kind === 'key.grant' && device === this.at.device.id && typeof record === 'string') this.views.granted(record);
    }
    this.lookAtClock();
    this.draw();
  }

  private takeHalfSigned(texts: string[]): void {
    for (const text of texts) {
      const half = readHalfSignedEnvelope(this.at, text);
      if (!half || this.halfSigned.value.some((one) => one.id === half.id)) continue;
      this.halfSigned.value = [...this.halfSigned.value, half];
      this.note({ kind: 'half_signed', person: half.from });
    }
  }

  private late(submission: string, envelopes: string[]): void {
    this.note({ kind: 'narrowing_late', submission });
    for (const room of this.rooms.values()) for (const envelope of envelopes) room.signal({ v: 1, type: 'statement', envelope });
  }

  // ── the picture ───────────────────────────────────────────────────────────
  private draw(): void {
    if (this.cancelDraw || this.ended) return;
    this.cancelDraw = this.parts.host.after(drawEveryMs, () => this.drawNow());
  }

  private drawNow(): void {
    this.cancelDraw?.();
    this.cancelDraw = null;
    if (this.ended || !this.holdings.ledger.isFounded || this.at.person === null) return;
    try {
      const now = this.serverClock.now() ?? this.holdings.ledger.newestTimeMs;
      const { model, nextUntil, snapshot } = picture(
        this.holdings, now, this.at.me, this.at.device.id, this.names, (record) => this.views.opened(record),
      );
      this.compare(this.model.peek(), model);
      this.model.value = model;
      this.audit.value = this.auditBook.rows(snapshot);
      for (const room of this.rooms.values()) room.refresh();
      this.alarmAt(nextUntil, now);
    } catch (error) {
      this.caught(error);
    }
  }

  /** Looks again at the instant when time alone changes a verdict: the view closes then, not at the next message. */
  private alarmAt(until: Instant | null, now: number): void {
    this.cancelUntil();
    if (until === null) return;
    const wait = Math.min(timerMaxMs, Math.max(10, Date.parse(until) - now));
    this.cancelUntil = this.parts.host.after(wait, () => {
      this.views.recheck();
      this.drawNow();
    });
  }

  /** What changed before the reader's eyes and is worth a line. */
  private compare(before: Model | null, after: Model): void {
    if (!before) return;
    for (const item of after.items.values()) {
      const old = before.items.get(item.id);
      if (item.mySeat && old && item.state === 'open' && old.state !== 'open') {
        const from = [...before.items.values()].find((one) => one.conference === item.conference && one.state === 'open');
        this.note({ kind: 'item_switched', item: item.id, ...(from ? { from: from.id } : {}) });
      }
    }
    for (const card of after.records.values()) {
      const old = before.records.get(card.id);
      for (const [item, verdict] of Object.entries(card.at)) {
        if (verdict.outcome === 'permit' && old?.at[item]?.outcome === 'deny') this.note({ kind: 'record_opened', record: card.id, item });
      }
    }
  }

  private note(note: Omit<Note, 'id' | 'at'>): void {
    const full = { ...note, id: ++this.noteId, at: this.serverClock.now() ?? this.parts.host.wallMs() };
    this.notes.value = [...this.notes.value, full].slice(-notesMax);
  }

  dismissNote(id: number): void {
    this.notes.value = this.notes.value.filter((note) => note.id !== id);
  }

  now(): number | null {
    return this.serverClock.now();
  }

  confirmClock(): void {
    this.serverClock.confirmed = true;
    this.lookAtClock();
    this.draw();
  }

  // ── submissions and drafts ────────────────────────────────────────────────
  signAgain(submission: string): Promise<Result<Receipt>> {
    return this.jobs.signAgain(submission);
  }

  discard(submission: string): Promise<void> {
    this.jobs.discard(submission);
    return this.jobs.flush();
  }

  draft(key: string): Draft | null {
    return this.draftStore.get(key);
  }

  saveDraft(key: string, value: unknown): Promise<void> {
    return this.draftStore.save(key, value);
  }

  dropDraft(key: string): Promise<void> {
    return this.draftStore.drop(key);
  }

  /** Runs a verb whose preparation may be refused on this side. */
  private async refusable<T>(verb: () => Promise<Result<T>>): Promise<Result<T>> {
    try {
      return await verb();
    } catch (error) {
      return { ok: false, error: failureOf(error) };
    }
  }

  private submit(recipe: Recipe, about: JobAbout): Promise<Result<Receipt>> {
    return this.jobs.add(recipe, about);
  }

  private state(statements: StatementInput[], about: Omit<JobAbout, 'kinds'> = {}, blobs: string[] = []): Promise<Result<Receipt>> {
    return this.submit({ sort: 'statements', statements, blobs }, { kinds: statements.map((one) => one.kind), ...about });
  }

  /** A verb that names something new: the id comes with the receipt. */
  private async naming<Name extends string>(name: Name, id: string, done: Promise<Result<Receipt>>): Promise<Result<Receipt & Record<Name, string>>> {
    const result = await done;
    return result.ok ? { ok: true, value: { ...result.value, ...({ [name]: id } as Record<Name, string>) } } : result;
  }

  // ── questions ─────────────────────────────────────────────────────────────
  may(statement: StatementInput): { accepted: boolean; reason: string | null } {
    try {
      return this.at.questions().may(this.at.suppose(statement));
    } catch (error) {
      return { accepted: false, reason: failureOf(error).code };
    }
  }

  see(record: string, item: string | null): Verdict {
    return this.at.questions().see(record, this.at.me, this.at.device.id, item);
  }

  who(record: string, item: string, onceOpen = false): { person: string; seat: SeatKind; verdict: Verdict }[] {
    return this.at.questions().who(record, item, onceOpen).map((one) => ({ ...one, seat: one.seat as SeatKind }));
  }

  room(item: string, present: string[]): string[] {
    return present.length === 0 ? [] : this.at.questions().room(item, present);
  }

  consentCells(subject: string, caseId: string): { category: Category; recipient: string; state: string; index: number | null }[] {
    return this.at.questions().consents(subject, caseId).map((cell) => ({ ...cell, category: cell.category as Category }));
  }

  previewShare(input: Omit<ShareInput, 'content'>): SharePreview {
    try {
      return previewShare(this.at, input, []);
    } catch (error) {
      return { accepted: false, reason: failureOf(error).code, readers: [], desk: [] };
    }
  }

  whatIf(statements: StatementInput[], item?: string): Promise<Result<WhatIf>> {
    return this.refusable(async () => {
      // Who holds items and records reckons it alone; an officer who holds neither asks the server.
      const holdsItems = [...(this.model.peek()?.items.values() ?? [])].some((one) => one.complete);
      const value = holdsItems ? whatIfByDevice(this.at, statements, item ?? null) : await whatIfByServer(this.at, statements, item ?? null);
      return { ok: true, value };
    });
  }

  previewConsent(input: ConsentInput): Promise<Result<WhatIf>> {
    return this.refusable(async () => {
      const statement = this.consentStatement(input, 'n-preview');
      // The case's coordinator holds all of its items and records; any other officer's fold would miss some.
      const holds = this.model.peek()?.cases.get(input.case)?.coordinator === this.at.me;
      const value = holds ? whatIfByDevice(this.at, [statement], null) : await whatIfByServer(this.at, [statement], null);
      return { ok: true, value };
    });
  }

  // ── records ───────────────────────────────────────────────────────────────
  share(input: ShareInput): Promise<Result<Receipt & { record: string }>> {
    return this.refusable(async () => {
      this.at.requireExtension();
      const draft = draftOf(this.at, input);
      const about = { kinds: ['record.share'], case: input.case, item: input.item, record: draft.record };
      return this.naming('record', draft.record, this.submit({ sort: 'records', before: [], drafts: [draft], after: [] }, about));
    });
  }

  correct(record: string, input: ShareInput): Promise<Result<Receipt & { record: string }>> {
    return this.refusable(async () => {
      const draft = draftOf(this.at, input);
      const before = [{ kind: 'record.withdraw', record }];
      const about = { kinds: ['record.withdraw', 'record.share'], case: input.case, item: input.item, record: draft.record };
      return this.naming('record', draft.record, this.submit({ sort: 'records', before, drafts: [draft], after: [] }, about));
    });
  }

  withdraw(record: string): Promise<Result<Receipt>> {
    return this.state([{ kind: 'record.withdraw', record }], { record });
  }

  open(record: string, item: string | null): Promise<Result<RecordContent | DecisionText>> {
    return this.views.open(record, item);
  }

  closeView(record: string): void {
    this.views.close(record);
  }

  order(item: string, person: string, what: { categories?: Category[]; records?: string[] }, reason: OrderReason): Promise<Result<Receipt>> {
    const categories = what.categories?.length ? { categories: what.categories } : {};
    const records = what.records?.length ? { records: what.records } : {};
    return this.state([{ kind: 'record.order', item, person, ...categories, ...records, reason }], { item });
  }

  rebase(record: string, item: string): Promise<Result<Receipt & { record: string }>> {
    return this.refusable(async () => {
      const source = this.cardOf(record);
      const target = this.itemOf(item);
      const bytes = this.views.held(record) ?? (await this.views.fetch(record, null)); // claim REBASE at the desk
      const draft = rebaseDraft(source, item, target.basis, bytes.blinding, bytes.content);
      const about = { kinds: ['record.rebase'], case: source.case, item, record: draft.record };
      return this.naming('record', draft.record, this.submit({ sort: 'records', before: [], drafts: [draft], after: [] }, about));
    });
  }

  private cardOf(record: string): RecordCard {
    const card = this.model.peek()?.records.get(record);
    if (!card) throw new Refused({ code: 'UNKNOWN' });
    return card;
  }

  private itemOf(item: string): Item {
    const found = this.model.peek()?.items.get(item);
    if (!found) throw new Refused({ code: 'UNKNOWN' });
    return found;
  }

  // ── consent and protection ────────────────────────────────────────────────
  private consentStatement(input: ConsentInput, consent: string): StatementInput {
    const evidence = input.evidence ?? (input.evidenceFile ? hex(sha256(input.evidenceFile)) : undefined);
    return {
      kind: 'consent.record', consent, case: input.case, subject: input.subject, giver: input.giver, state: input.state,
      categories: input.categories, recipients: input.recipients, purpose: 'support',
      ...(input.from === undefined ? {} : { from: input.from }), ...(input.to === undefined ? {} : { to: input.to }),
      method: input.method, ...(input.method === 'oral' || evidence === undefined ? {} : { evidence }),
      ...(input.witness === undefined ? {} : { witness: input.witness }),
    };
  }

  async recordConsent(input: ConsentInput): Promise<Result<Receipt & { consent: string }>> {
    const consent = randomId('n');
    // Never a plain hash of what could be guessed: a scanned form is salted, the salt is the form keeper's to file.
    const salted = input.evidenceFile ? { ...input, evidence: hex(sha256(concatSalt(input.evidenceFile))) } : input;
    return this.naming('consent', consent, this.state([this.consentStatement(salted, consent)], { case: input.case }));
  }

  declareConflict(caseId: string, person: string): Promise<Result<Receipt>> {
    return this.state([{ kind: 'conflict.declare', case: caseId, person }], { case: caseId });
  }

  setProtection(caseId: string, subject: string, opponents: string[]): Promise<Result<Receipt>> {
    return this.state([{ kind: 'protect.set', case: caseId, subject, opponents }], { case: caseId });
  }

  secondSign(id: string): Promise<Result<Receipt>> {
    return this.refusable(async () => {
      const half = this.halfSigned.peek().find((one) => one.id === id);
      const envelope = half ? complete(this.at, half) : null;
      if (!half || envelope === null) throw new Refused({ code: 'INPUT' });
      const result = await this.submit({ sort: 'envelope', envelope }, { kinds: [half.statement.kind] });
      if (result.ok) this.halfSigned.value = this.halfSigned.peek().filter((one) => one.id !== id);
      return result;
    });
  }

  // ── conferences and items ─────────────────────────────────────────────────
  async openCase(subjects: { majority_at?: Instant; own_consent_at?: Instant }[]): Promise<Result<Receipt & { case: string; subjects: string[] }>> {
    const caseId = randomId('c');
    const named = subjects.map((dates) => ({ subject: randomId('s'), ...dates }));
    const result = await this.state([{ kind: 'case.open', case: caseId, subjects: named }], { case: caseId });
    return result.ok ? { ok: true, value: { ...result.value, case: caseId, subjects: named.map((one) => one.subject) } } : result;
  }

  convene(startsAt: Instant): Promise<Result<Receipt & { conference: string }>> {
    const conference = randomId('k');
    return this.naming('conference', conference, this.state([{ kind: 'conference.convene', conference, starts_at: startsAt }]));
  }

  moveConference(conference: string, startsAt: Instant): Promise<Result<Receipt>> {
    return this.state([{ kind: 'conference.move', conference, starts_at: startsAt }]);
  }

  addItem(conference: string, caseId: string, basis: string, seats: Record<string, { seat: SeatKind; as?: string }>): Promise<Result<Receipt & { item: string }>> {
    const item = randomId('i');
    return this.naming('item', item, this.state([{ kind: 'item.add', item, conference, case: caseId, basis, seats }], { item, case: caseId }));
  }

  seat(item: string, person: string, seat: SeatKind | 'none', as?: string): Promise<Result<Receipt>> {
    return this.state([{ kind: 'item.seat', item, person, seat, ...(as === undefined ? {} : { as }) }], { item });
  }

  openItem(item: string): Promise<Result<Receipt>> {
    return this.state([{ kind: 'item.open', item }], { item });
  }

  suspendItem(item: string): Promise<Result<Receipt>> {
    return this.state([{ kind: 'item.suspend', item }], { item });
  }

  closeItem(item: string): Promise<Result<Receipt>> {
    return this.state([{ kind: 'item.close', item }], { item });
  }

  closeConference(conference: string): Promise<Result<Receipt>> {
    return this.state([{ kind: 'conference.close', conference }]);
  }

  acknowledge(item: string): Promise<Result<Receipt>> {
    return this.refusable(async () => {
      const { conference, basis, noticeDue } = this.itemOf(item);
      const version = this.model.peek()?.bases.get(basis)?.noticeVersion ?? noticeDue;
      if (version === null || version === undefined) throw new Refused({ code: 'STALE_NOTICE' });
      return this.state([{ kind: 'notice.acknowledge', conference, basis, version }], { item });
    });
  }

  attestPresence(item: string, person: string, how: 'paper' | 'oral'): Promise<Result<Receipt>> {
    return this.refusable(async () => {
      const { conference, basis } = this.itemOf(item);
      const version = this.model.peek()?.bases.get(basis)?.noticeVersion ?? null;
      if (version === null) throw new Refused({ code: 'STALE_NOTICE' });
      return this.state([{ kind: 'presence.attest', conference, basis, person, version, how }], { item });
    });
  }

  assignTask(item: string, person: string, records: string[], to?: Instant): Promise<Result<Receipt & { task: string }>> {
    const task = randomId('t');
    const statement = { kind: 'task.assign', task, item, person, records, ...(to === undefined ? {} : { to }) };
    return this.naming('task', task, this.state([statement], { item }));
  }

  endTask(task: string): Promise<Result<Receipt>> {
    return this.state([{ kind: 'task.end', task }]);
  }

  recordDecision(
    item: string,
    input: { kind: DecisionKind; text: DecisionText; restsOn: string[]; subjects: string[]; categories: Category[]; origin: string },
  ): Promise<Result<Receipt & { decision: string; record: string }>> {
    return this.refusable(async () => {
      const { case: caseId } = this.itemOf(item);
      const decision = randomId('e');
      const draft = decisionDraft(this.at, caseId, item, input, input.text);
      const after = [{
        kind: 'decision.record', decision, item, decision_kind: input.kind, record: draft.record, rests_on: input.restsOn,
      }];
      const about = { kinds: ['record.share', 'decision.record'], case: caseId, item, record: draft.record };
      const done = this.naming('decision', decision, this.submit({ sort: 'records', before: [], drafts: [draft], after }, about));
      const result = await done;
      return result.ok ? { ok: true, value: { ...result.value, record: draft.record } } : result;
    });
  }

  confirmDecision(decision: string): Promise<Result<Receipt>> {
    return this.state([{ kind: 'decision.confirm', decision }]);
  }

  // ── talk ──────────────────────────────────────────────────────────────────
  private roomOf(item: string): TalkRoom {
    const known = this.rooms.get(item);
    if (known) return known;
    const room = new TalkRoom(this.at, item, {
      item: () => this.model.peek()?.items.get(item) ?? null,
      outbox: () => this.jobs,
      signalled: (person, data) => this.signalled(item, person, data),
    });
    this.rooms.set(item, room);
    return room;
  }

  /** A narrowing statement that the server has not acknowledged to its author: all who are present are told. */
  private signalled(item: string, person: string, data: JsonObject): void {
    if (data['type'] === 'statement') this.note({ kind: 'narrowing_late', item, person });
  }

  talk(item: string): ReadonlySignal<Talk> {
    const room = this.roomOf(item);
    if (this.holdings.ledger.isFounded) this.draw();
    return room.state;
  }

  enter(item: string): Promise<Result<void>> {
    return this.refusable(() => this.roomOf(item).enter());
  }

  leave(item: string): Promise<void> {
    return this.rooms.get(item)?.leave() ?? Promise.resolve();
  }

  say(item: string, text: string): Promise<Result<Receipt>> {
    if (text.trim() === '') return Promise.resolve({ ok: false, error: { code: 'INPUT' } });
    return this.submit({ sort: 'message', item, message: randomId('m'), text }, { kinds: ['message.post'], item });
  }

  withdrawMessage(item: string, message: string): Promise<Result<Receipt>> {
    return this.state([{ kind: 'message.withdraw', message }], { item });
  }

  typing(item: string): void {
    this.rooms.get(item)?.typing();
  }

  away(item: string, away: boolean): void {
    this.rooms.get(item)?.away(away);
  }

  // ── registrar ─────────────────────────────────────────────────────────────
  addAgency(id: string, type: AgencyType, name: string): Promise<Result<Receipt>> {
    return this.state([{ kind: 'agency.add', agency: id, agency_type: type, name }]);
  }

  addPerson(id: string, input: Parameters<KasaneClient['addPerson']>[1]): Promise<Result<Receipt>> {
    return this.refusable(async () => this.state([personAdd(this.at, this.directoryKey, id, input)]));
  }

  setRoles(person: string, roles: TenantRole[], post?: string): Promise<Result<Receipt>> {
    return this.refusable(async () => {
      const name = this.model.peek()?.persons.get(person)?.name ?? null;
      const named = post === undefined || name === null ? null : { name, post };
      return this.state([personRoles(this.at, this.directoryKey, person, roles, named)]);
    });
  }

  endPerson(person: string): Promise<Result<Receipt>> {
    return this.state([{ kind: 'person.end', person }]);
  }

  addDevice(person: string, bundleText: string): Promise<Result<Receipt & { device: string }>> {
    return this.refusable(async () => {
      const hasAgency = (this.model.peek()?.persons.get(person)?.agency ?? null) !== null;
      const { device, statement, blobs } = deviceAdd(this.at, this.directoryKey, person, hasAgency, bundleText);
      return this.naming('device', device, this.state([statement], {}, blobs));
    });
  }

  revokeDevice(device: string): Promise<Result<Receipt>> {
    return this.state([{ kind: 'device.revoke', device }]);
  }

  publishNotice(basis: string, version: number): Promise<Result<Receipt>> {
    return this.state([{ kind: 'notice.publish', basis, version }]);
  }

  bundle(): { text: string; device: string } {
    return showBundle(this.parts.device);
  }

  foundingHash(): string {
    return this.parts.foundingHash;
  }

  // ── audit ─────────────────────────────────────────────────────────────────
  checkLedger(): Promise<LedgerReport> {
    return Promise.resolve(checkLedger(this.holdings, this.parts.host, this.parts.foundingHash));
  }

  exportAudit(rows: AuditRow[]): Promise<Result<{ text: string }>> {
    return this.refusable(async () => {
      const text = rows.map((row) => JSON.stringify(row)).join('\n') + '\n';
      const body = { rows: rows.length, size: this.holdings.ledger.size, digest: hex(sha256(new TextEncoder().encode(text))) };
      const result = await this.state([{ kind: 'export.made', body }]);
      return result.ok ? { ok: true, value: { text } } : result;
    });
  }

  exportEvidence(): string | null {
    const failure = this.evidence.peek();
    if (!failure) return null;
    const { ledger } = this.holdings;
    return JSON.stringify({
      v: 1, failure, log: ledger.isFounded ? ledger.founding.log : this.parts.foundingHash, held: ledger.isFounded ? ledger.seen : null,
      checkpoint: ledger.checkpoint,
    }, null, 1);
  }
}

function concatSalt(file: Uint8Array): Uint8Array {
  const salt = randomBytes(32);
  const whole = new Uint8Array(salt.length + file.length);
  whole.set(salt);
  whole.set(file, salt.length);
  return whole;
}

