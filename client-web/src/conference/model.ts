// What the screens show: an immutable picture of what this person may read, rebuilt after every change.
// Everything here has been verified and folded by policy.wasm; nothing is a guess of the client's.
import type { Failure } from './failure';

/** RFC 3339 UTC with milliseconds, as policy.md §1 prints it. */
export type Instant = string;
/** Milliseconds since 1970, for arithmetic on the screen. */
export type Millis = number;

export type TenantRole =
  | 'registrar' | 'coordinator' | 'decider' | 'consent_officer' | 'protection'
  | 'compliance' | 'custodian' | 'disclosure' | 'statistics';
export type SeatKind =
  | 'chair' | 'recorder' | 'member' | 'adhoc' | 'advisor' | 'observer' | 'person' | 'family' | 'rep' | 'aide';
export type AgencyType =
  | 'secretariat' | 'elderly' | 'disability' | 'child' | 'livelihood' | 'public_assistance' | 'medical' | 'school'
  | 'police' | 'advocacy' | 'housing' | 'employment' | 'outreach' | 'commissioner' | 'watch_group' | 'abuse_desk';
export type Category =
  | 'ID' | 'PADR' | 'FAM' | 'MED' | 'DIS' | 'LTC' | 'FIN' | 'BEN' | 'HOU' | 'WRK' | 'EDU' | 'VIC' | 'OFF' | 'RIG' | 'ORG' | 'SRC';
export type RecordKind = 'FACT' | 'OBS' | 'OPN' | 'WIS' | 'PLN' | 'TSK' | 'DEC' | 'MIN' | 'DOC';
export type ConsentState = 'granted' | 'refused' | 'revoked' | 'asked_no_answer' | 'unable';
export type ConsentMethod = 'written' | 'electronic' | 'oral';
export type OrderReason = 'role' | 'task' | 'safety' | 'study' | 'with_person' | 'other';
export type DecisionKind = 'new' | 'replan' | 'close' | 'suspend' | 'continue' | 'ratify';
export type AuthorityType = 'parent' | 'guardian' | 'curator' | 'assistant' | 'mandate';
export type DutySource = string;

/** Answer of the query `see` (policy.md §4), as the fold of this device gives it. */
export interface Verdict {
  outcome: 'permit' | 'deny';
  /** Where permitted: LAW, CONSENT, OWN, SELF, DEIDENTIFIED, OFFICE, REBASE, TASK, EMERGENCY. */
  ground?: string;
  /** Where denied: a reason code of policy.md. */
  reason?: string;
  hidden: boolean;
  until: Instant | null;
  cites: number[];
  obligations: string[];
}

export interface Device {
  id: string;
  person: string;
  revoked: boolean;
  addedAt: Millis;
  own: boolean;
  /** Who added it; by its own person it counts as vouched for (design.md §4 Device). */
  addedBy: string | null;
  /** Who checked that it is its person's (`device.vouch`), in order. It changes no decision. */
  vouched: { person: string; at: Millis }[];
}

export interface Agency {
  id: string;
  type: AgencyType;
  name: string | null;
}

export interface Person {
  id: string;
  agency: string | null;
  roles: TenantRole[];
  dutySource: DutySource | null;
  ended: boolean;
  /** From the sealed directory; null where this device holds no directory key (private seats, design.md §4 Names). */
  name: string | null;
  post: string | null;
  devices: Device[];
}

export interface Basis {
  code: string;
  consent: 'not_required' | 'required';
  duty: boolean;
  statutory: boolean;
  subjectMayAttend: boolean;
  reading: 'in_session' | 'from_convening';
  crossLinks: string[];
  from: Instant | null;
  to: Instant | null;
  /** Display texts registered with the basis (data of the tenant); null where none were. */
  names: Record<string, string> | string | null;
  law: string | null;
  article: string | null;
  paragraph: string | null;
  penalty: string | null;
  /** Newest published notice of confidentiality; null where none is published. */
  noticeVersion: number | null;
  /** A version is in force now. */
  inForce: boolean;
  /** The version registered last, as its statement has it; null where only what ships stands. */
  registered: BasisTerms | null;
}

/** The fields of `basis.register` (policy.md §2); display texts by language. */
export interface BasisTerms {
  code: string;
  consent: 'not_required' | 'required';
  duty: boolean;
  statutory: boolean;
  subject_may_attend: boolean;
  reading: 'in_session' | 'from_convening';
  cross_links: string[];
  names?: Record<string, string>;
  law?: Record<string, string>;
  article?: Record<string, string>;
  paragraph?: Record<string, string>;
  penalty?: Record<string, string>;
  from?: Instant;
  to?: Instant;
}

/** What an agency of this type is shown without an order (policy.md §6). */
export interface Needs {
  categories: Category[];
  /** As the law's data has it. */
  shipped: Category[];
  /** The `matrix.set` that changed it. */
  index: number | null;
}

export interface Subject {
  id: string;
  /** First six characters after `s-`, upper case. */
  code: string;
  /** As a record of category ID that is open here calls them; null while none is. */
  called: string | null;
  majorityAt: Instant | null;
  ownConsentAt: Instant | null;
  deceasedAt: Instant | null;
}

export interface Consent {
  index: number;
  consent: string;
  case: string;
  subject: string;
  giver: string;
  state: ConsentState;
  categories: Category[] | '*';
  recipients: string[] | '*';
  purpose: string;
  from: Instant | null;
  to: Instant | null;
  method: ConsentMethod;
  witness: string | null;
  by: string;
  at: Millis;
}

export interface Authority {
  authority: string;
  case: string;
  subject: string;
  holder: string;
  type: AuthorityType;
  categories: Category[] | '*';
  from: Instant | null;
  to: Instant | null;
  conflict: boolean;
}

/** A household's case. */
export interface Case {
  id: string;
  /** Household code for the screen: first six characters after `c-`, upper case. */
  code: string;
  coordinator: string | null;
  openedAt: Millis;
  subjects: Subject[];
  consents: Consent[];
  authorities: Authority[];
  /** Persons with a declared, unlifted conflict. */
  conflicts: string[];
  /** Subjects under a live protection, with the opponents named. */
  protections: { subject: string; opponents: string[] }[];
  items: string[];
  records: string[];
  /** False where a subject's unit is closed to this person: nothing is extended then (policy.md §12). */
  complete: boolean;
}

export interface Conference {
  id: string;
  startsAt: Instant;
  closed: boolean;
  /** Ids in the order of the agenda, as far as this person reads them. */
  items: string[];
}

export interface Seated {
  person: string;
  seat: SeatKind;
  as: string | null;
  professional: boolean;
  private: boolean;
  /** Has acknowledged the notice due here (true where none is due). */
  acknowledged: boolean;
}

export type ItemState = 'waiting' | 'open' | 'suspended' | 'closed';

export interface Item {
  id: string;
  conference: string;
  case: string;
  /** Household code of its case. */
  code: string;
  basis: string;
  state: ItemState;
  everOpened: boolean;
  seats: Seated[];
  /** My own seat; null where I only read it (coordinator, compliance). */
  mySeat: Seated | null;
  /** Version of the notice that is due here, null where none is. */
  noticeDue: number | null;
  /** I have to acknowledge the notice before I may read or speak. */
  mustAcknowledge: boolean;
  /** Records not hidden from me here, in order of definition: readable or shown as placeholder by `RecordCard.at`. */
  records: string[];
  orders: Order[];
  tasks: string[];
  decisions: string[];
  /** Persons whose device attends now, by the ledger (`attendance.*`). */
  attending: string[];
  complete: boolean;
}

export interface Order {
  index: number;
  person: string;
  categories: Category[];
  records: string[];
  reason: OrderReason;
  at: Millis;
}

export interface Label {
  subjects: string[];
  categories: Category[];
  kind: RecordKind;
  agency: string;
  /** `INTAKE` or a basis code. */
  origin: string;
  hold?: string[];
  withhold_from_subject?: boolean;
  deidentified?: boolean;
  parents?: string[];
}

/** Content of a record as it is sealed (JSON, version 1). Unknown members are kept. */
export interface RecordContent {
  v: 1;
  title: string;
  text: string;
  [member: string]: unknown;
}

export interface DecisionTask {
  who: string;
  what: string;
  /** ISO 8601 date or free text. */
  due: string;
}

/** Text of a decision (record kind DEC). In the sealed JSON: `done`, and `by` of a task (crypto/FORMATS.md §8). */
export interface DecisionText {
  v: 1;
  title?: string;
  policy: string;
  works: string;
  tasks: DecisionTask[];
  next: string;
}

export type Opened =
  | { state: 'closed' }
  | { state: 'opening' }
  /** Permitted, but no key for this device yet: the persons who hold one and are asked. */
  | { state: 'key_pending'; holders: string[] }
  | { state: 'open'; content: RecordContent | DecisionText; openedAt: Millis; item: string | null }
  | { state: 'failed'; error: Failure };

export interface RecordCard {
  id: string;
  case: string;
  item: string | null;
  label: Label;
  author: string;
  sharedAt: Millis;
  index: number;
  withdrawn: boolean;
  /** The record that replaces this one (a correction), where its body names it and it is visible. */
  replacedBy: string | null;
  replaces: string | null;
  /** The record that this one was carried over from (policy.md §7). */
  rebasedFrom: string | null;
  /** My verdict at my own desk. */
  desk: Verdict;
  /** My verdict at each item of its case where I sit, by item id. */
  at: Record<string, Verdict>;
  opened: Opened;
  /** Who has already opened it, as far as I read that (`opened`). */
  openedBy: string[];
  ownDraft: boolean;
}

export interface Task {
  id: string;
  item: string;
  person: string;
  records: string[];
  to: Instant | null;
  ended: boolean;
  assignedAt: Millis;
  by: string;
}

/** An emergency disclosure (policy.md §5): nothing opens before it is approved. */
export interface Emergency {
  id: string;
  case: string;
  /** For whom. */
  person: string;
  by: string;
  records: string[];
  categories: Category[];
  ground: 'life' | 'body' | 'property';
  minutes: number;
  protective: boolean;
  invokedAt: Millis;
  approvedBy: string | null;
  approvedAt: Millis | null;
  /** Until when it may be approved; and the end of its minutes, once it was. */
  approvableUntil: Millis;
  openUntil: Millis | null;
  /** Approved, within its minutes, and not ended by a review. */
  live: boolean;
  reviewed: boolean;
  upheld: boolean;
}

export interface Decision {
  id: string;
  item: string;
  kind: DecisionKind;
  record: string;
  restsOn: string[];
  by: string;
  at: Millis;
  index: number;
  confirmedBy: string | null;
  confirmedAt: Millis | null;
}

export type AskedFor = 'material' | 'information' | 'opinion';
export type RequestAnswer = 'given' | 'partly' | 'declined';

/** At an item, of an agency: material, information or an opinion (`request.make`). An agency may decline, without a reason. */
export interface CooperationRequest {
  id: string;
  item: string;
  by: string;
  at: Millis;
  index: number;
  /** Null, each, where its entry does not say it in a form known here. */
  agency: string | null;
  what: AskedFor | null;
  categories: Category[];
  /** ISO 8601 day, as agreed; nobody is reminded of it. */
  due: string | null;
  /** In order; the last one stands. */
  answers: { by: string; at: Millis; answer: RequestAnswer | null }[];
}

export interface Model {
  /** Ledger size that this picture shows. */
  size: number;
  /** Ledger time of the newest entry. */
  ledgerTime: Millis;
  /** `name`: as people call the municipality; its id where the founding entry has none. */
  tenant: { id: string; name: string; demo: boolean; log: string };
  me: { person: string; device: string; roles: TenantRole[]; agency: string | null; name: string | null };
  agencies: Map<string, Agency>;
  persons: Map<string, Person>;
  bases: Map<string, Basis>;
  needs: Map<AgencyType, Needs>;
  cases: Map<string, Case>;
  conferences: Map<string, Conference>;
  items: Map<string, Item>;
  records: Map<string, RecordCard>;
  tasks: Map<string, Task>;
  decisions: Map<string, Decision>;
  emergencies: Map<string, Emergency>;
  requests: Map<string, CooperationRequest>;
}

export type * from './failure';
