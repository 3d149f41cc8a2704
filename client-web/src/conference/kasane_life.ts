// The client's life: one line, one ledger, one fold; what comes in, and the picture drawn of it. The verbs stand in
// kasane.ts.
import { computed, type ReadonlySignal, signal, type Signal } from '@preact/signals-core';
import { type DeviceKeys, wipeDevice } from '../crypto/device';
import { wipe } from '../crypto/random';
import { verifySignature } from '../crypto/signature';
import { timeInput } from '../crypto/signed_input';
import { openWrap, directoryWrapInfo, wrapAad } from '../crypto/wrap';
import type { VerifiedEntry } from '../ledger/ledger';
import { LedgerViolation } from '../ledger/violation';
import { type Policy, PolicyFailed } from '../policy/door';
import { Malformed } from '../wire/check';
import type { Json } from '../wire/json';
import { type Authenticated, type Hello, readHalfSigned, readHead, readSignal, readWanted } from '../wire/messages';
import { Accusation, failureFrom } from './accusation';
import { Audit } from './audit';
import type { AuditLook, AuditRow, Connection as ConnectionState, Draft, HalfSigned, Note, SaveState, Submission, Witnesses } from './client';
import { changesBetween } from './changes';
import { Connection, RequestFailed } from './connection';
import { Drafts } from './drafts';
import { grant } from './grants';
import { Holdings } from './holdings';
import type { Failure, Instant, Model } from './model';
import { Outbox, worst } from './outbox';
import { picture } from './picture';
import { StaffNames } from './picture_directory';
import type { Host, Keep, Network } from './ports';
import { SecondSignatures } from './second_signatures';
import { ServerClock } from './server_clock';
import { failureOf, Refused, Standpoint } from './standpoint';
import { Sync } from './sync';
import { TalkRoom } from './talk_room';
import { Unacknowledged } from './unacknowledged';
import { Views } from './views';
import { heardHead } from './witnesses';

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
const drawEveryMs = 16; // pictures are drawn at most this often
const timerMaxMs = 2 ** 31 - 1; // longest timer that hosts keep exactly

export abstract class KasaneLife {
  readonly connection: Signal<ConnectionState> = signal({ state: 'connecting' });
  readonly model: Signal<Model | null> = signal(null);
  readonly notes: Signal<Note[]> = signal([]);
  readonly halfSigned: ReadonlySignal<HalfSigned[]>;
  readonly awaitingSecond: ReadonlySignal<HalfSigned[]>;
  readonly audit: Signal<AuditRow[]> = signal([]);
  readonly looking: Signal<AuditLook | null> = signal(null);
  readonly evidence: Signal<Failure | null> = signal(null);
  readonly clock: Signal<{ offsetMs: number; off: boolean; confirmed: boolean } | null> = signal(null);
  readonly witnesses: Signal<Witnesses | null> = signal(null);
  readonly outbox: ReadonlySignal<Submission[]>;
  readonly saved: ReadonlySignal<SaveState>;
  readonly drafts: ReadonlySignal<Draft[]>;

  protected readonly holdings: Holdings;
  private readonly serverClock: ServerClock;
  private readonly line: Connection;
  protected readonly at: Standpoint;
  protected readonly sync: Sync;
  protected readonly jobs: Outbox;
  protected readonly views: Views;
  protected readonly unacknowledged: Unacknowledged;
  protected readonly draftStore: Drafts;
  protected readonly seconds: SecondSignatures;
  private readonly auditBook: Audit;
  protected readonly accusation: Accusation;
  private readonly names: StaffNames;
  protected readonly rooms = new Map<string, TalkRoom>();
  protected directoryKey: Uint8Array | null = null;
  private directoryWrap: Uint8Array | null = null;
  private pendingTime: { answer: Authenticated; nonce: Uint8Array } | null = null;
  private cancelDraw: (() => void) | null = null;
  private cancelUntil: () => void = () => undefined;
  private noteId = 0;
  private ended = false;
  private loaded: Promise<void> | null = null;

  constructor(protected readonly parts: ClientParts) {
    const { device, keep, host, network, policy, foundingHash } = parts;
    this.holdings = new Holdings(policy, keep, foundingHash, device.id);
    this.serverClock = new ServerClock(host);
    this.line = new Connection(host, network, device, {
      hello: (hello) => this.hello(hello),
      authenticated: (answer, nonce) => void this.authenticated(answer, nonce),
      notification: (method, params) => this.notified(method, params),
      offline: (retryAt) => this.offline(retryAt),
      stopped: (failure) => this.stopped(failure),
      thrown: (error) => this.caught(error),
    });
    this.at = new Standpoint(device, this.holdings, this.serverClock, this.line, host, (error) => this.caught(error));
    this.accusation = new Accusation(this.at, keep);
    this.sync = new Sync(this.at, {
      progress: (held, size) => { this.connection.value = { state: 'catching_up', held, size }; },
      arrived: (entries, closed) => this.arrived(entries, closed),
      failed: (error) => this.caught(error),
    });
    this.jobs = new Outbox(this.at, keep, {
      prepareMessage: (item, message, text) => this.rooms.get(item)?.prepareMessage(message, text) ?? null,
      changed: () => { this.views.recheck(); this.draw(); },
      drawn: () => this.drawNow(),
      stale: (submission) => this.note({ kind: 'stale', submission }),
      late: (submission, envelopes) => this.late(submission, envelopes),
      halfSigned: (envelope) => this.seconds.put(envelope),
    });
    this.unacknowledged = new Unacknowledged(this.at, () => this.jobs.unsaved());
    this.views = new Views(this.at, {
      changed: () => this.draw(),
      closed: (record, item, reason) => this.note({ kind: 'view_closed', record, reason, ...(item === null ? {} : { item }) }),
      record: (statement) => void this.jobs.add(
        { sort: 'statements', statements: [statement], blobs: [] }, { kinds: [statement.kind], silent: true },
      ),
      unacknowledged: () => this.unacknowledged.statements(),
    });
    this.draftStore = new Drafts(keep, host);
    this.seconds = new SecondSignatures(this.at, keep);
    this.halfSigned = this.seconds.mine;
    this.awaitingSecond = this.seconds.asked;
    this.auditBook = new Audit(this.holdings);
    this.names = new StaffNames(() => this.directoryKey);
    this.outbox = this.jobs.submissions;
    this.drafts = this.draftStore.all;
    this.saved = computed(() => worst(this.outbox.value, this.drafts.value.length > 0));
  }

  get silent(): ReadonlySignal<boolean> { return this.line.silent; }

  // ── life ──────────────────────────────────────────────────────────────────
  start(): void {
    this.loaded ??= this.load();
  }

  private async load(): Promise<void> {
    try {
      await this.holdings.load();
      await Promise.all([this.draftStore.load(), this.jobs.load(), this.seconds.load()]);
      const before = await this.accusation.load();
      if (before) this.accuse(before);
      else if (!this.ended) this.line.start();
    } catch (error) {
      this.caught(error);
    }
  }

  async stop(): Promise<void> {
    this.ended = true;
    await Promise.all([...this.rooms.values()].map((room) => room.leave()));
    this.line.stop({ code: 'LOCKED' });
    await Promise.all([this.holdings.flush(), this.jobs.flush(), this.seconds.flush()]);
    this.forget();
  }

  /** Every key and every opened view of this tab; what the vault keeps stays sealed. */
  private forget(): void {
    for (const room of this.rooms.values()) room.wipe();
    this.views.wipe();
    this.names.forget();
    if (this.directoryKey) wipe(this.directoryKey);
    wipeDevice(this.parts.device);
    this.cancelDraw?.();
    this.cancelUntil();
  }

  private hello(hello: Hello): void {
    const hash = hello.log.slice(hello.log.indexOf('#') + 1);
    if (hash !== this.parts.foundingHash && !this.holdings.ledger.isFounded) {
      this.line.stop({ code: 'LOG' }); // nothing is known of this log yet: it is the address that is wrong, or of another town
      return;
    }
    if (hash !== this.parts.foundingHash) throw new LedgerViolation('LOG_NAME', hello.log);
    if (this.holdings.ledger.isFounded && hello.log !== this.at.log) throw new LedgerViolation('LOG_NAME', hello.log);
    const { heads } = this.holdings;
    if (hello.size < heads.size) {
      throw new LedgerViolation('ROLLED_BACK', `server ${hello.size}, held ${heads.size}`, null, { note: hello.checkpoint });
    }
    heads.saw(hello.checkpoint);
    if (hello.rules !== 1) throw new LedgerViolation('STATEMENT', `rules version ${hello.rules}`);
  }

  private async authenticated(answer: Authenticated, nonce: Uint8Array): Promise<void> {
    try {
      this.holdings.heads.saw(answer.checkpoint);
      if (answer.device !== this.at.device.id) throw new Malformed('authenticate.device');
      if (this.at.person !== null && this.at.person !== answer.person) throw new LedgerViolation('DEVICE', 'another person');
      this.directoryWrap = answer.directoryWrap;
      this.pendingTime = { answer, nonce };
      this.serverClock.set(answer.timeMs);
      this.at.person = answer.person;
      this.holdings.read(answer.person);
      if (this.holdings.ledger.isFounded) this.checkTime();
      await this.sync.feed();
      this.checkTime();
      await this.at.witnessed();
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
    // A log forgets no device: one that was added and is not taken any more has been revoked, or its person has ended.
    const known = this.holdings.ledger.directory.device(this.at.device.id) !== null;
    if (failure.code === 'UNKNOWN_DEVICE' && known) return this.line.stop({ code: 'DEVICE_REVOKED' });
    this.sync.lost();
    this.connection.value = { state: 'stopped', failure };
    if (failure.code !== 'DEVICE_REVOKED') return this.draw();
    this.ended = true;
    this.forget();
    this.model.value = null; // names and codes go from the screen too
  }

  /** Whatever came of handling a message: evidence ends the trust, a malformed message the line. */
  private caught(error: unknown): void {
    if (error instanceof LedgerViolation && error.code !== 'GAP') {
      if (this.at.evidence) return; // the first is the one that is shown
      const failure = failureFrom(error);
      this.at.evidence = failure;
      this.evidence.value = failure;
      this.sync.lost();
      this.note({ kind: 'evidence', failure });
      void this.accusation.raise(error).finally(() => this.accuse(failure));
    } else if (error instanceof PolicyFailed) {
      this.line.stop({ code: 'POLICY_FAILED', detail: error.message });
    } else if (error instanceof Malformed || error instanceof RequestFailed || error instanceof LedgerViolation || error instanceof Refused) {
      this.line.drop();
    } else {
      this.line.stop({ code: 'POLICY_FAILED', detail: error instanceof Error ? error.message : 'unknown' });
      throw error;
    }
  }

  /** From here on this client extends nothing and listens no more; what it holds stays to be read. */
  private accuse(failure: Failure): void {
    this.at.evidence = failure;
    this.at.person ??= this.holdings.person;
    this.evidence.value = { ...failure }; // anew: the file to save is there now
    this.line.stop(failure);
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
        case 'head':
          this.sync.inOrder(() => { this.witnesses.value = heardHead(this.holdings, readHead(params)); });
          break;
        case 'wanted':
          void this.at.witnessed().then(() => grant(this.at, this.views, readWanted(params))).then(
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
    this.unacknowledged.arrived(entries);
    // Views are closed before anything else is done: nothing stays on the screen for the length of a draw.
    this.views.recheck();
    this.seconds.arrived(entries, this.serverClock.now() ?? this.holdings.ledger.newestTimeMs);
    for (const { payload } of entries) {
      const { record, device } = payload.statement;
      if (payload.kind === 'key.grant' && device === this.at.device.id && typeof record === 'string') this.views.granted(record);
    }
    this.lookAtClock();
    this.draw();
  }

  private takeHalfSigned(texts: string[]): void {
    for (const half of this.seconds.take(texts)) this.note({ kind: 'half_signed', person: half.from });
  }

  private late(submission: string, envelopes: string[]): void {
    this.note({ kind: 'narrowing_late', submission });
    for (const room of this.rooms.values()) for (const envelope of envelopes) room.signal({ v: 1, type: 'statement', envelope });
  }

  // ── the picture ───────────────────────────────────────────────────────────
  protected draw(): void {
    if (this.cancelDraw || this.ended) return;
    this.cancelDraw = this.parts.host.after(drawEveryMs, () => this.drawNow());
  }

  protected drawNow(): void {
    this.cancelDraw?.();
    this.cancelDraw = null;
    if (this.ended || !this.holdings.ledger.isFounded || this.at.person === null) return;
    try {
      const now = this.serverClock.now() ?? this.holdings.ledger.newestTimeMs;
      const { model, nextUntil, snapshot } = picture(
        this.holdings, now, this.at.me, this.at.device.id, this.names, (record) => this.views.opened(record),
      );
      for (const change of changesBetween(this.model.peek(), model)) this.note(change);
      this.model.value = model;
      this.audit.value = this.auditBook.rows(snapshot, this.looking.peek());
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
    this.cancelUntil = this.parts.host.after(wait, () => { this.views.recheck(); this.drawNow(); });
  }

  protected note(note: Omit<Note, 'id' | 'at'>): void {
    const full = { ...note, id: ++this.noteId, at: this.serverClock.now() ?? this.parts.host.wallMs() };
    this.notes.value = [...this.notes.value, full].slice(-notesMax);
  }

  dismissNote(id: number): void {
    this.notes.value = this.notes.value.filter((note) => note.id !== id);
  }

  now(): number | null { return this.serverClock.now(); }

  confirmClock(): void {
    this.serverClock.confirmed = true;
    this.lookAtClock();
    this.draw();
  }
}
