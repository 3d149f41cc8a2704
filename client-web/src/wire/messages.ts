// What comes from the server, read strictly (server/wire/PROTOCOL.md). What goes to it is written where it is made.
import { bytes, count, flag, hexBytes, id, instant, list, members, optional, text, unitName, Malformed } from './check';
import type { Json } from './json';
import { limits } from './limits';

/** One ledger entry as sent: nothing in it is believed before `ledger/` has verified it. */
export interface WireEntry {
  index: number;
  timeMs: number;
  unit: string;
  position: number;
  /** Leaf hash of the unit's previous leaf. */
  previous: Uint8Array;
  envelope: string;
  /** Ciphertext of a `message.post`. */
  ciphertext: Uint8Array | null;
}

export interface Closed {
  unit: string;
  timeMs: number;
  signature: Uint8Array;
}

export interface Hello {
  log: string;
  demo: boolean;
  nonce: Uint8Array;
  timeMs: number;
  size: number;
  checkpoint: string;
  rules: number;
}

export interface Authenticated {
  person: string;
  device: string;
  timeMs: number;
  timeSignature: Uint8Array;
  size: number;
  checkpoint: string;
  directoryWrap: Uint8Array | null;
  halfSigned: string[];
}

export interface FeedPart {
  from: number;
  leaves: Uint8Array[];
  salts: Map<string, Uint8Array>;
  entries: WireEntry[];
  /** Unit tags in hex. */
  closed: string[];
  size: number;
  checkpoint: string;
  timeMs: number;
  live: boolean;
}

/** More opened than one message holds: asked for by `feed`. */
export interface Refeed {
  refeed: true;
  size: number;
  timeMs: number;
}

export interface Batch {
  refeed: false;
  size: number;
  timeMs: number;
  from: number;
  leaves: Uint8Array[];
  checkpoint: string;
  salts: Map<string, Uint8Array>;
  entries: WireEntry[];
  opened: string[];
  closed: Closed[];
}

export interface AppendReceipt {
  size: number;
  timeMs: number;
  checkpoint: string;
  receipts: { index: number; at: string }[];
}

export interface Released {
  record: string;
  ciphertext: Uint8Array;
  wrap: Uint8Array;
  path: Uint8Array[];
  position: number;
  leaves: number;
  grantIndex: number | null;
  requestIndex: number;
  releaseIndex: number;
}

export interface OpenedEpoch {
  item: string;
  epoch: number;
  /** Null where this device is none of its recipients. */
  wrap: Uint8Array | null;
  list: { device: string; digest: Uint8Array }[];
}

export interface Attending {
  person: string;
  device: string;
  session: string;
}

export interface SignalMessage {
  item: string;
  person: string;
  device: string;
  data: Uint8Array;
}

export interface Wanted {
  record: string;
  device: string;
  signature: Uint8Array;
}

/** The newest head, and how its witnesses stand; `witnesses` null: the service asks none. */
export interface Head {
  timeMs: number;
  size: number;
  checkpoint: string;
  /** The newest note with the log's own timestamped cosignature; null: it makes none. */
  own: string | null;
  /** The newest note with the cosignatures of their quorum. */
  quorum: string | null;
  witnesses: { policy: string; of: number; needed: number; answering: number; atMs: number | null } | null;
}

export interface UnitHeads {
  /** The server's `ledger.heads`, and the salt of the unit `heads`. */
  entry: WireEntry;
  salt: Uint8Array;
  units: { tag: string; place: number; count: number; last: Uint8Array; path: Uint8Array[] }[];
  size: number;
  checkpoint: string;
}

const checkpointText = (value: Json | undefined, what: string) => text(value, what, 8192);

function leafHashes(value: Json | undefined, what: string): Uint8Array[] {
  const joined = bytes(value, what);
  if (joined.length % 32 !== 0 || joined.length / 32 > limits.leavesInMessage) throw new Malformed(what);
  return Array.from({ length: joined.length / 32 }, (_, i) => joined.slice(32 * i, 32 * i + 32));
}

function saltMap(value: Json | undefined, what: string): Map<string, Uint8Array> {
  const map = new Map<string, Uint8Array>();
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Malformed(what);
  for (const [unit, salt] of Object.entries(value)) map.set(unitName(unit, what), hexBytes(salt, what, 16));
  return map;
}

function entry(value: Json): WireEntry {
  const m = members(value, 'entry', ['i', 't', 'u', 'p', 'v', 'e', 'c?']);
  return {
    index: count(m['i'], 'entry.i'),
    timeMs: count(m['t'], 'entry.t'),
    unit: unitName(m['u'], 'entry.u'),
    position: count(m['p'], 'entry.p'),
    previous: hexBytes(m['v'], 'entry.v', 32),
    envelope: text(m['e'], 'entry.e', limits.envelopeBytes),
    ciphertext: optional(m['c'], (c) => bytes(c, 'entry.c')),
  };
}

const entries = (value: Json | undefined) => list(value, 'entries', limits.entriesInMessage, entry);

export function readHello(value: Json | undefined): Hello {
  const m = members(value, 'hello', ['v', 'log', 'demo', 'nonce', 'time', 'size', 'checkpoint', 'rules']);
  if (m['v'] !== 1) throw new Malformed('hello.v');
  const log = text(m['log'], 'hello.log', 400);
  if (!/^[^\s+#]+\/[0-9a-f]{16}#[0-9a-f]{64}$/.test(log)) throw new Malformed('hello.log');
  return {
    log, demo: flag(m['demo'], 'hello.demo'), nonce: hexBytes(m['nonce'], 'hello.nonce', 16),
    timeMs: instant(m['time'], 'hello.time'), size: count(m['size'], 'hello.size'),
    checkpoint: checkpointText(m['checkpoint'], 'hello.checkpoint'), rules: count(m['rules'], 'hello.rules'),
  };
}

export function readAuthenticated(value: Json | undefined): Authenticated {
  const m = members(value, 'authenticate', ['person', 'device', 'time', 'time_signature', 'size', 'checkpoint', 'directory_wrap', 'half_signed']);
  return {
    person: id(m['person'], 'person'), device: id(m['device'], 'device'), timeMs: instant(m['time'], 'time'),
    timeSignature: bytes(m['time_signature'], 'time_signature', 64), size: count(m['size'], 'size'),
    checkpoint: checkpointText(m['checkpoint'], 'checkpoint'),
    directoryWrap: optional(m['directory_wrap'], (w) => bytes(w, 'directory_wrap', 82)),
    halfSigned: list(m['half_signed'], 'half_signed', 1000, (e) => text(e, 'half_signed', limits.envelopeBytes)),
  };
}

export function readFeedPart(value: Json | undefined): FeedPart {
  const m = members(value, 'feed', ['from', 'leaves', 'salts', 'entries', 'closed', 'size', 'checkpoint', 'time', 'live']);
  return {
    from: count(m['from'], 'from'), leaves: leafHashes(m['leaves'], 'leaves'), salts: saltMap(m['salts'], 'salts'),
    entries: entries(m['entries']), closed: list(m['closed'], 'closed', 100_000, (tag) => text(tag, 'closed', 64)),
    size: count(m['size'], 'size'), checkpoint: checkpointText(m['checkpoint'], 'checkpoint'),
    timeMs: instant(m['time'], 'time'), live: flag(m['live'], 'live'),
  };
}

function closed(value: Json): Closed {
  const m = members(value, 'closed', ['unit', 'time', 'signature']);
  return { unit: unitName(m['unit'], 'closed.unit'), timeMs: instant(m['time'], 'closed.time'), signature: bytes(m['signature'], 'closed.signature', 64) };
}

export function readBatch(value: Json | undefined): Batch | Refeed {
  const names = ['from', 'leaves', 'checkpoint', 'salts', 'entries', 'opened', 'closed'];
  const refeed = typeof value === 'object' && value !== null && 'refeed' in value;
  const m = members(value, 'batch', ['size', 'time', ...names.map((name) => (refeed ? `${name}?` : name)), 'refeed?']);
  if (refeed) {
    if (m['refeed'] !== true) throw new Malformed('refeed');
    return { refeed: true, size: count(m['size'], 'size'), timeMs: instant(m['time'], 'time') };
  }
  return {
    refeed: false,
    size: count(m['size'], 'size'), timeMs: instant(m['time'], 'time'), from: count(m['from'], 'from'),
    leaves: leafHashes(m['leaves'], 'leaves'), checkpoint: checkpointText(m['checkpoint'], 'checkpoint'),
    salts: saltMap(m['salts'], 'salts'), entries: entries(m['entries']),
    opened: list(m['opened'], 'opened', 10_000, (unit) => unitName(unit, 'opened')),
    closed: list(m['closed'], 'closed', 10_000, closed),
  };
}

export function readHead(value: Json | undefined): Head {
  const m = members(value, 'head', ['time', 'size', 'checkpoint', 'own', 'quorum', 'witnesses']);
  return {
    timeMs: instant(m['time'], 'time'), size: count(m['size'], 'size'), checkpoint: checkpointText(m['checkpoint'], 'checkpoint'),
    own: optional(m['own'], (note) => checkpointText(note, 'own')), quorum: optional(m['quorum'], (note) => checkpointText(note, 'quorum')),
    witnesses: optional(m['witnesses'], (state) => {
      const w = members(state, 'witnesses', ['policy', 'of', 'needed', 'answering', 'at']);
      return {
        policy: text(w['policy'], 'policy', limits.policyBytes), of: count(w['of'], 'of'), needed: count(w['needed'], 'needed'),
        answering: count(w['answering'], 'answering'), atMs: optional(w['at'], (at) => instant(at, 'at')),
      };
    }),
  };
}

export function readAppendReceipt(value: Json | undefined): AppendReceipt {
  const m = members(value, 'append', ['size', 'time', 'checkpoint', 'receipts']);
  return {
    size: count(m['size'], 'size'), timeMs: instant(m['time'], 'time'), checkpoint: checkpointText(m['checkpoint'], 'checkpoint'),
    receipts: list(m['receipts'], 'receipts', limits.appendEnvelopes, receipt),
  };
}

function receipt(value: Json): { index: number; at: string } {
  const m = members(value, 'receipt', ['index', 'at']);
  instant(m['at'], 'receipt.at');
  return { index: count(m['index'], 'receipt.index'), at: m['at'] as string };
}

export function readReleased(value: Json | undefined): Released {
  const m = members(value, 'open', ['record', 'ciphertext', 'wrap', 'path', 'position', 'leaves', 'request', 'release', 'decision', 'size', 'grant?']);
  const grant = optional(m['grant'], (g) => count(members(g, 'grant', ['index'])['index'], 'grant.index'));
  return {
    record: id(m['record'], 'record'), ciphertext: bytes(m['ciphertext'], 'ciphertext'), wrap: bytes(m['wrap'], 'wrap', 82),
    path: list(m['path'], 'path', 64, (step) => bytes(step, 'path', 32)), position: count(m['position'], 'position'),
    leaves: count(m['leaves'], 'leaves'), grantIndex: grant,
    requestIndex: receipt(m['request'] ?? null).index, releaseIndex: receipt(m['release'] ?? null).index,
  };
}

export function readOpenedEpoch(value: Json | undefined): OpenedEpoch {
  const m = members(value, 'epoch', ['item', 'epoch', 'wrap', 'list', 'size']);
  return {
    item: id(m['item'], 'item'), epoch: count(m['epoch'], 'epoch'), wrap: optional(m['wrap'], (w) => bytes(w, 'wrap', 82)),
    list: list(m['list'], 'list', limits.wraps, (pair) => {
      const [device, digest] = Array.isArray(pair) && pair.length === 2 ? pair : [];
      return { device: id(device, 'list.device'), digest: hexBytes(digest, 'list.digest', 32) };
    }),
  };
}

export function readUnitHeads(value: Json | undefined): UnitHeads {
  const m = members(value, 'heads', ['entry', 'salt', 'units', 'size', 'checkpoint']);
  return {
    entry: entry(m['entry'] ?? null), salt: hexBytes(m['salt'], 'heads.salt', 16),
    units: list(m['units'], 'heads.units', 256, (one) => {
      const u = members(one, 'heads.unit', ['tag', 'place', 'count', 'last', 'path']);
      return {
        tag: text(u['tag'], 'tag', 64), place: count(u['place'], 'place'), count: count(u['count'], 'count'), last: hexBytes(u['last'], 'last', 32),
        path: list(u['path'], 'path', 64, (step) => hexBytes(step, 'path', 32)),
      };
    }),
    size: count(m['size'], 'heads.size'), checkpoint: checkpointText(m['checkpoint'], 'heads.checkpoint'),
  };
}

export function readAttending(value: Json | undefined): Attending[] {
  const m = members(value, 'enter', ['attending', 'size']);
  return list(m['attending'], 'attending', 1000, (one) => {
    const a = members(one, 'attending', ['person', 'device', 'session']);
    hexBytes(a['session'], 'session', 16);
    return { person: id(a['person'], 'person'), device: id(a['device'], 'device'), session: a['session'] as string };
  });
}

export function readSignal(value: Json | undefined): SignalMessage {
  const m = members(value, 'signal', ['item', 'person', 'device', 'data']);
  return { item: id(m['item'], 'item'), person: id(m['person'], 'person'), device: id(m['device'], 'device'), data: bytes(m['data'], 'data') };
}

export function readWanted(value: Json | undefined): Wanted {
  const m = members(value, 'wanted', ['record', 'device', 'signature']);
  return { record: id(m['record'], 'record'), device: id(m['device'], 'device'), signature: bytes(m['signature'], 'signature', 64) };
}

export function readHalfSigned(value: Json | undefined): string {
  return text(members(value, 'half_signed', ['envelope'])['envelope'], 'half_signed.envelope', limits.envelopeBytes);
}
