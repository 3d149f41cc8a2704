// What goes into the verbs of client.ts and what comes out of them.

import type { AskedFor, AuthorityType, Category, ConsentMethod, ConsentState, Instant, Millis, RecordContent, RecordKind, SeatKind, Verdict } from './model';

export interface ShareInput {
  case: string;
  item: string | null;
  subjects: string[];
  categories: Category[];
  kind: RecordKind;
  /** 「どこで知りましたか？」 own work or the person → 'INTAKE'; in this meeting → the item's basis code. */
  origin: string;
  hold?: string[];
  withholdFromSubject?: boolean;
  deidentified?: boolean;
  parents?: string[];
  content: RecordContent;
}

export interface Reader {
  person: string;
  seat: SeatKind | null;
  /** As things stand now. */
  now: Verdict;
  /** As it will be once the item is open and the notice acknowledged. */
  onceOpen: Verdict;
  /** A key is made for this person's devices. */
  wrapped: boolean;
}

export interface SharePreview {
  /** The policy's answer on the share itself. */
  accepted: boolean;
  reason: string | null;
  /** Everybody seated at the item, in order of id (without an item: nobody). */
  readers: Reader[];
  /** Persons who may read without an item (own desk), not among `readers`. */
  desk: string[];
}

/** A statement in a question to the policy: with `by`, without `at` and `body`. */
export type Supposed = Record<string, unknown>;

/** A statement without `by` and `at`: the client adds its person, the ledger its time. */
export type StatementInput = { kind: string } & Record<string, unknown>;

export interface Flip {
  person: string;
  /** Where own fold reckoned. Null where the server did (it names neither). */
  item: string | null;
  record: string | null;
  /** Where the server reckoned. */
  basis: string | null;
  categories: Category[];
  subjects: string[];
  before: { outcome: 'permit' | 'deny'; reason?: string; ground?: string; hidden: boolean };
  after: { outcome: 'permit' | 'deny'; reason?: string; ground?: string; hidden: boolean };
  /** That person has already opened it: nobody un-reads. */
  opened: boolean;
}

export interface WhatIf {
  /** Who reckoned this; the screen says so (design.md §4 Wrap). */
  reckonedBy: 'server' | 'device';
  rejected: { index: number; reason: string }[];
  flips: Flip[];
  /** There are more than these: the server names 2,000 at most. */
  cut: boolean;
  at: Instant;
  size: number;
}

export interface ConsentInput {
  case: string;
  subject: string;
  /** `self` or the id of an authority. */
  giver: string;
  state: ConsentState;
  categories: Category[] | '*';
  recipients: string[] | '*';
  from?: Instant;
  to?: Instant;
  method: ConsentMethod;
  /** SHA-256 of the evidence, 64 hex digits; `evidenceFile` is hashed with a random salt when this is absent. */
  evidence?: string;
  evidenceFile?: Uint8Array;
  witness?: string;
}

/** Null: no such date. All three stand as given: what is left out is no more. */
export interface SubjectDates {
  majorityAt: Instant | null;
  ownConsentAt: Instant | null;
  deceasedAt: Instant | null;
}

export interface AuthorityInput {
  case: string;
  subject: string;
  type: AuthorityType;
  /** A person or a subject here, a holder named before; null for somebody that no list here has. */
  holder: string | null;
  categories: Category[] | '*';
  from: Instant | null;
  to: Instant | null;
}

export interface RequestInput {
  agency: string;
  what: AskedFor;
  categories: Category[];
  /** ISO 8601 day. */
  due: string | null;
}

export interface EmergencyInput {
  case: string;
  /** Who is to read, at most `minutes` from the approval. */
  person: string;
  records: string[];
  categories: Category[];
  ground: 'life' | 'body' | 'property';
  minutes: number;
  /** Protected whereabouts and sources too. */
  protective: boolean;
}

export interface DeviceBundle {
  /** The text that the device shows (one line, base64 of JSON), accepted by `addDevice`. */
  text: string;
  device: string;
}

export type AuditKind = 'release' | 'denied' | 'request' | 'opened' | 'export' | 'look' | 'emergency' | 'grant';

/** What an officer looks for; stands as it is in the body of the `audit.query`, ids and codes alone. */
export interface AuditQuestion {
  person: string | null;
  case: string | null;
  /** `outcomes`: releases, refusals, emergencies, exports and whatever is an alarm; `all`: the steps on the way too. */
  kind: AuditKind | 'outcomes' | 'all';
  /** Days in Japan, ISO 8601, both included. */
  from: string | null;
  to: string | null;
}

/** A look that stands in the ledger: what is shown is what its question finds up to this entry, and nothing newer. */
export interface AuditLook {
  question: AuditQuestion;
  index: number;
  at: Millis;
}

export interface AuditRow {
  index: number;
  at: Millis;
  kind: AuditKind;
  person: string | null;
  device: string | null;
  record: string | null;
  item: string | null;
  case: string | null;
  /** Household code. */
  household: string | null;
  categories: Category[];
  /** Ground of a release, reason of a refusal. */
  ground: string | null;
  reason: string | null;
  /** A release without request, or `opened` without release (design.md §4 Release). */
  alarm: string | null;
  /** Of a release: when what it gave was opened first. */
  openedAt: Millis | null;
  /** Of a look: what was looked for, where its entry says so in a form known here. */
  asked: AuditQuestion | null;
}

export interface LedgerReport {
  log: string;
  size: number;
  /** Root over the leaf hashes held, 64 hex digits. */
  root: string;
  checkpointValid: boolean;
  /** Entries and units verified on this device: signature, unit chain, leaf in the tree. */
  entries: number;
  units: number;
  signatures: number;
  /** Leaves whose entries are held; `readsAll`: this person reads every unit, so each leaf has to be one of them. */
  accounted: number;
  readsAll: boolean;
  findings: { index: number | null; code: string; detail: string }[];
  tookMs: number;
}

export interface HalfSigned {
  id: string;
  envelope: string;
  statement: StatementInput & { by: string };
  /** Who signed first, and whose signature it waits for. */
  from: string;
  to: string;
  /** A day after the first signature: then it is void. */
  until: Millis;
}
