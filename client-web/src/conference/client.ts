// The client proper, as the screens see it. State comes in signals (@preact/signals-core; reading `.value` in a
// component subscribes it); verbs are methods that resolve when the server has made the step durable, or has refused it.
// Everything that a verb sends stands in `outbox` meanwhile and survives a reload.

import type { BundleReport, Progress } from './bundle_check';
import type { Inflate } from './ports';
import type { ReadonlySignal } from '@preact/signals-core';
import type {
  ShareInput, SharePreview, StatementInput, WhatIf, ConsentInput, DeviceBundle, EmergencyInput, AuditLook, AuditQuestion, AuditRow, AuthorityInput, SubjectDates, LedgerReport, HalfSigned, RequestInput,
} from './exchange';
import type {
  AgencyType, BasisTerms, Category, DecisionKind, DecisionText, Failure, Instant, Label, Millis, Model,
  OrderReason, RecordContent, RequestAnswer, Result, SeatKind, TenantRole, Verdict,
} from './model';

/** The four words and no others: 保存済み · 送信中 · この端末にだけ保存 · 保存できません. */
export type SaveState = 'saved' | 'sending' | 'local' | 'failed';

export type Connection =
  | { state: 'connecting' }
  /** Connected and verifying what was missed. */
  | { state: 'catching_up'; held: number; size: number }
  | { state: 'live'; since: Millis }
  /** Tries again by itself at `retryAt` (own clock). */
  | { state: 'offline'; since: Millis; retryAt: Millis }
  /** Not connecting: see `failure` (EVIDENCE, DEVICE_REVOKED, LOCKED: for good; UNKNOWN_DEVICE: asks again every few seconds). */
  | { state: 'stopped'; failure: Failure };

/** One step that the user took, from the click to the durable acknowledgement. */
export interface Submission {
  id: string;
  /** Statement kinds in it, e.g. `['record.withdraw', 'record.share']`. */
  kinds: string[];
  /** Item, case and record that it is about, where it is about one. */
  item: string | null;
  case: string | null;
  record: string | null;
  state: SaveState;
  error: Failure | null;
  /** Failed, and could be signed again as it is (STALE, RECIPIENTS_CHANGED): call `signAgain`. */
  repeatable: boolean;
  madeAt: Millis;
  /** Ledger indices, once saved. */
  indices: number[];
}

export interface Receipt {
  /** Ledger index and time of each statement, in order. */
  receipts: { index: number; at: Instant }[];
  size: number;
}

export interface Draft {
  key: string;
  savedAt: Millis;
  /** What the screen put in; JSON. */
  value: unknown;
}

export interface Attendee {
  person: string;
  /** Devices attending now. */
  devices: string[];
  /** lost: the connection is gone and the server says so; left: came and went; absent: seated, never came. */
  state: 'present' | 'away' | 'lost' | 'left' | 'absent';
  typing: boolean;
  since: Millis | null;
}

export interface Message {
  id: string;
  author: string;
  at: Millis;
  /** null where this device has no key for it (said before one came in, or the secret is gone). */
  text: string | null;
  own: boolean;
  withdrawn: boolean;
  /** Own messages: how far it got; others are `saved`. */
  save: SaveState;
  error: Failure | null;
  epoch: number | null;
}

export interface Talk {
  item: string;
  /** `ready`: messages can be sent under an epoch that the own fold allows. `stopped`: see `failure`. */
  state: 'outside' | 'entering' | 'waiting' | 'ready' | 'stopped';
  failure: Failure | null;
  epoch: number | null;
  /** Four words to compare by voice; null until a checkpoint covers the commit. */
  words: string[] | null;
  /** Device that makes the epochs now. */
  steward: string | null;
  attendees: Attendee[];
  messages: Message[];
}

/** Things worth a line on the screen that no verb returned (the text is the view's). Newest last; at most 50 are kept. */
export interface Note {
  id: number;
  at: Millis;
  kind:
    | 'granted_key'        // a key was given on to someone who may read: person, record
    | 'unit_closed'        // something is not readable any more: unit
    | 'item_switched'      // another item is open now in a sitting where I sit: item, from
    | 'record_opened'      // a placeholder became readable: record, item
    | 'view_closed'        // an open view had to close: record, item, reason
    | 'clock_off'          // own clock is off by offsetMs
    | 'narrowing_late'     // a refusal, revocation or protection is not acknowledged after 10 s: submission
    | 'stale'              // a step has to be looked at and signed again: submission
    | 'half_signed'        // someone asks for my second signature: see `halfSigned`
    | 'evidence';          // the server showed something impossible: failure
  person?: string;
  record?: string;
  item?: string;
  from?: string;
  unit?: string;
  reason?: string;
  submission?: string;
  offsetMs?: number;
  failure?: Failure;
}

/**
 * How the log's witnesses stand: `none`, or how many of them confirm it and when a quorum last did. Where entry 0 names
 * them, `at` is by their signatures, verified here; the rest is what the server says.
 */
export type Witnesses =
  | { state: 'none' }
  | { state: 'asked'; of: number; needed: number; answering: number; at: Millis | null };

/** Ends as `{ ok: false, error }` with a reason code; the work is never lost silently (see `outbox`). */
export interface KasaneClient {
  // ── state ─────────────────────────────────────────────────────────────────
  readonly connection: ReadonlySignal<Connection>;
  /** The line looks whole, and an answer is overdue: said within five seconds. */
  readonly silent: ReadonlySignal<boolean>;
  readonly model: ReadonlySignal<Model | null>;
  readonly outbox: ReadonlySignal<Submission[]>;
  /** The worst of the outbox: failed, else local, else sending, else saved. */
  readonly saved: ReadonlySignal<SaveState>;
  readonly drafts: ReadonlySignal<Draft[]>;
  readonly notes: ReadonlySignal<Note[]>;
  /** Waits for my second signature. */
  readonly halfSigned: ReadonlySignal<HalfSigned[]>;
  /** I signed first; waits for another's. */
  readonly awaitingSecond: ReadonlySignal<HalfSigned[]>;
  /** Empty until `queryAudit` stands in the ledger, and after `endAudit`. Newest last. */
  readonly audit: ReadonlySignal<AuditRow[]>;
  /** The look that `audit` answers. */
  readonly looking: ReadonlySignal<AuditLook | null>;
  /** Evidence against the server: once set, this client extends nothing. */
  readonly evidence: ReadonlySignal<Failure | null>;
  /** Null until the server has told. */
  readonly witnesses: ReadonlySignal<Witnesses | null>;
  /** Own clock minus server clock, ms; `confirmed` after `confirmClock`. Null until the first connection. */
  readonly clock: ReadonlySignal<{ offsetMs: number; off: boolean; confirmed: boolean } | null>;
  talk(item: string): ReadonlySignal<Talk>;
  /** Server time now, by design.md §3 (never the device's own clock); null before the first connection. */
  now(): Millis | null;
  dismissNote(id: number): void;
  confirmClock(): void;

  // ── life ──────────────────────────────────────────────────────────────────
  start(): void;
  /** Leaves items, closes the socket, wipes the keys from memory. */
  stop(): Promise<void>;
  signAgain(submission: string): Promise<Result<Receipt>>;
  discard(submission: string): Promise<void>;

  // ── drafts (sealed in the vault) ──────────────────────────────────────────
  draft(key: string): Draft | null;
  saveDraft(key: string, value: unknown): Promise<void>;
  dropDraft(key: string): Promise<void>;

  // ── questions, answered by policy.wasm on this device ─────────────────────
  /** Would the policy accept it now? Use it to show or hide a verb. */
  may(statement: StatementInput): { accepted: boolean; reason: string | null };
  see(record: string, item: string | null): Verdict;
  who(record: string, item: string, onceOpen?: boolean): { person: string; seat: SeatKind; verdict: Verdict }[];
  /** What a screen that all can see may show (reading-aloud mode). */
  room(item: string, present: string[]): string[];
  consentCells(subject: string, caseId: string): { category: Category; recipient: string; state: string; index: number | null }[];
  previewShare(input: Omit<ShareInput, 'content'>): SharePreview;
  /** May this chair carry it over to that item, who will read it there; else the reason (REBASE_…). */
  previewRebase(record: string, item: string): SharePreview;
  /** What these statements would change: own fold where this person reads items and records, else the server. */
  whatIf(statements: StatementInput[], item?: string): Promise<Result<WhatIf>>;
  previewConsent(input: ConsentInput): Promise<Result<WhatIf>>;

  // ── records ───────────────────────────────────────────────────────────────
  share(input: ShareInput): Promise<Result<Receipt & { record: string }>>;
  /** Asks for the key (recorded before it is given), verifies the bytes, says `opened`. Content lands in the model. */
  open(record: string, item: string | null): Promise<Result<RecordContent | DecisionText>>;
  /** Takes the content off the screen and out of memory. */
  closeView(record: string): void;
  /** Withdraws the wrong one and shares the right one in one append. */
  correct(record: string, input: ShareInput): Promise<Result<Receipt & { record: string }>>;
  withdraw(record: string): Promise<Result<Receipt>>;
  order(item: string, person: string, what: { categories?: Category[]; records?: string[] }, reason: OrderReason): Promise<Result<Receipt>>;
  /** Chair: carries a record over to an item that requires consent (policy.md §7). */
  rebase(record: string, item: string): Promise<Result<Receipt & { record: string }>>;

  // ── consent and protection ────────────────────────────────────────────────
  recordConsent(input: ConsentInput): Promise<Result<Receipt & { consent: string }>>;
  declareConflict(caseId: string, person: string): Promise<Result<Receipt>>;
  setProtection(caseId: string, subject: string, opponents: string[]): Promise<Result<Receipt>>;
  /** protect.lift, conflict.lift, record.destroy: signed first here, then by `with`, on whose screen it waits for a day. */
  askSecond(statement: StatementInput & { with: string }): Promise<Result<Receipt>>;
  secondSign(id: string): Promise<Result<Receipt>>;
  /** Puts it away on this device. Nothing is written; the first signature lapses by itself. */
  declineSecond(id: string): void;

  // ── household and emergency ───────────────────────────────────────────────
  /** A subject's dates; with null, a new subject. */
  setSubject(caseId: string, subject: string | null, dates: SubjectDates): Promise<Result<Receipt & { subject: string }>>;
  addAuthority(input: AuthorityInput): Promise<Result<Receipt & { authority: string }>>;
  setAuthorityConflict(authority: string, conflict: boolean): Promise<Result<Receipt>>;
  recordOralDisclosure(caseId: string, ground: 'life' | 'body' | 'property'): Promise<Result<Receipt>>;
  /** The case's coordinator, to a successor: with every key that this device can have (`missing`: those it could not). */
  handOver(caseId: string, person: string): Promise<Result<Receipt & { given: number; missing: number }>>;
  invokeEmergency(input: EmergencyInput): Promise<Result<Receipt & { emergency: string }>>;
  approveEmergency(emergency: string): Promise<Result<Receipt>>;
  reviewEmergency(emergency: string, upheld: boolean): Promise<Result<Receipt>>;

  // ── conferences and items ─────────────────────────────────────────────────
  openCase(subjects: { majority_at?: Instant; own_consent_at?: Instant }[]): Promise<Result<Receipt & { case: string; subjects: string[] }>>;
  convene(startsAt: Instant): Promise<Result<Receipt & { conference: string }>>;
  moveConference(conference: string, startsAt: Instant): Promise<Result<Receipt>>;
  addItem(conference: string, caseId: string, basis: string, seats: Record<string, { seat: SeatKind; as?: string }>): Promise<Result<Receipt & { item: string }>>;
  seat(item: string, person: string, seat: SeatKind | 'none', as?: string): Promise<Result<Receipt>>;
  openItem(item: string): Promise<Result<Receipt>>;
  suspendItem(item: string): Promise<Result<Receipt>>;
  closeItem(item: string): Promise<Result<Receipt>>;
  closeConference(conference: string): Promise<Result<Receipt>>;
  acknowledge(item: string): Promise<Result<Receipt>>;
  attestPresence(item: string, person: string, how: 'paper' | 'oral'): Promise<Result<Receipt>>;
  assignTask(item: string, person: string, records: string[], to?: Instant): Promise<Result<Receipt & { task: string }>>;
  endTask(task: string): Promise<Result<Receipt>>;
  /** Codes alone: what is asked in words stands in a record or is said. */
  makeRequest(item: string, input: RequestInput): Promise<Result<Receipt & { request: string }>>;
  answerRequest(request: string, answer: RequestAnswer): Promise<Result<Receipt>>;
  /** Shares the text as a DEC record and records the decision in one append. */
  recordDecision(item: string, input: { kind: DecisionKind; text: DecisionText; restsOn: string[]; subjects: string[]; categories: Category[]; origin: string }): Promise<Result<Receipt & { decision: string; record: string }>>;
  confirmDecision(decision: string): Promise<Result<Receipt>>;

  // ── talk ──────────────────────────────────────────────────────────────────
  enter(item: string): Promise<Result<void>>;
  leave(item: string): Promise<void>;
  say(item: string, text: string): Promise<Result<Receipt>>;
  withdrawMessage(item: string, message: string): Promise<Result<Receipt>>;
  typing(item: string): void;
  away(item: string, away: boolean): void;

  // ── registrar ─────────────────────────────────────────────────────────────
  addAgency(id: string, type: AgencyType, name: string): Promise<Result<Receipt>>;
  addPerson(id: string, input: { agency: string | null; roles: TenantRole[]; dutySource?: string; name: string; post: string }): Promise<Result<Receipt>>;
  setRoles(person: string, roles: TenantRole[], post?: string): Promise<Result<Receipt>>;
  endPerson(person: string): Promise<Result<Receipt>>;
  addDevice(person: string, bundleText: string): Promise<Result<Receipt & { device: string }>>;
  revokeDevice(device: string): Promise<Result<Receipt>>;
  /** Signed by neither the device's person nor who added it. */
  vouchDevice(device: string): Promise<Result<Receipt>>;
  publishNotice(basis: string, version: number): Promise<Result<Receipt>>;
  /** Replaces the default need-to-know of this type of agency. */
  setNeeds(type: AgencyType, categories: Category[]): Promise<Result<Receipt>>;
  registerBasis(terms: BasisTerms): Promise<Result<Receipt>>;
  /** This device's public bundle, to show to the registrar. */
  bundle(): DeviceBundle;
  /** `foundingHash` for addresses that the registrar hands out (`#…`). */
  foundingHash(): string;

  // ── audit ─────────────────────────────────────────────────────────────────
  checkLedger(): Promise<LedgerReport>;
  /** A bundle of `kasane export`, verified on this device. Errors: rejects with NoBundle. */
  checkBundle(bytes: Uint8Array, inflate: Inflate, progress: Progress): Promise<BundleReport>;
  /** To look is an entry: nothing is shown before it stands in the ledger, and nothing where there is no line to say it. */
  queryAudit(question: AuditQuestion): Promise<Result<AuditLook>>;
  endAudit(): void;
  /** Records the export itself in the ledger; returns the rows as signed JSON Lines text. */
  exportAudit(text: string, rows: number): Promise<Result<void>>;
  /** Evidence collected against the server, to hand to an auditor. */
  exportEvidence(): string | null;
  /** Puts the evidence away: at the next start the server is asked again, and judged again. */
  recheck(): Promise<void>;
}

export type * from './exchange';
export type { Label, Model, Failure, Result };
