// Who writes, from where and when: the same for everything that this client signs (design.md §3, §4).
import { base64 } from '../crypto/bytes';
import type { DeviceKeys } from '../crypto/device';
import { printEnvelope, signEnvelope } from '../crypto/envelope';
import { randomBytes } from '../crypto/random';
import { sha256 } from '../crypto/hash';
import { sealWrap, wrapAad } from '../crypto/wrap';
import { type WrapDigest, wrapsRoot } from '../crypto/wraps_root';
import type { KnownDevice } from '../ledger/directory';
import { printPayload } from '../ledger/payload';
import { PolicyFailed } from '../policy/door';
import type { Questions } from '../policy/questions';
import type { JsonObject } from '../wire/json';
import { limits } from '../wire/limits';
import { type AppendReceipt, readAppendReceipt } from '../wire/messages';
import type { StatementInput } from './client';
import { type Connection, RequestFailed } from './connection';
import type { Holdings } from './holdings';
import type { Failure } from './model';
import type { Host } from './ports';
import { Refused } from './refused';
import type { ServerClock } from './server_clock';
import { subjectsOf, Tails } from './tails';

export { Refused };

export interface Prepared {
  envelopes: string[];
  /** Base64. */
  blobs: string[];
  /** Lists of (device, base64 of the wrap). */
  wraps: [string, string][][];
}

export interface WrapList {
  root: Uint8Array;
  wraps: [string, string][];
}

export class Standpoint {
  /** Set with the first `authenticate`, then checked to stay. */
  person: string | null = null;
  /** Evidence against the server: nothing is extended any more. */
  evidence: Failure | null = null;

  /** Where the units end that a decision rests on. */
  readonly tails = new Tails(this);

  constructor(
    readonly device: DeviceKeys, readonly holdings: Holdings, readonly clock: ServerClock, readonly connection: Connection,
    readonly host: Host, private readonly found: (violation: unknown) => void = () => undefined,
  ) {}

  get me(): string {
    if (this.person === null) throw new Refused({ code: 'OFFLINE' });
    return this.person;
  }

  get log(): string {
    return this.holdings.ledger.founding.log;
  }

  /** Questions at server time now. Errors: throws Refused before the first connection. */
  questions(): Questions {
    const now = this.clock.now() ?? this.holdings.ledger.newestTimeMs;
    if (now === 0) throw new Refused({ code: 'OFFLINE' });
    return this.holdings.questions(now);
  }

  /** `by` added; what a query takes. `body` is nothing to the policy. */
  suppose(statement: StatementInput): Record<string, unknown> {
    const { body: _body, ...rest } = statement;
    return { ...rest, by: this.me };
  }

  /** Signs one statement as of now. Errors: throws Refused. */
  sign(statement: StatementInput, nonce: Uint8Array = randomBytes(16)): string {
    const signedAtMs = this.clock.nextSignedAt();
    if (signedAtMs === null) throw new Refused({ code: 'OFFLINE' });
    const { kind, ...rest } = statement;
    const full = { kind, by: this.me, ...rest };
    const payload = printPayload({
      log: this.log, unit: this.holdings.unitOf(this.suppose(statement)), seen: this.holdings.ledger.seen, signedAtMs, nonce,
      device: this.device.id, statement: full,
    });
    const text = printEnvelope(signEnvelope(payload, this.device));
    if (text.length > limits.envelopeBytes) throw new Refused({ code: 'TOO_LARGE' });
    return text;
  }

  /** Work that will give access may begin only without evidence and under a clock that agrees (design.md §3). */
  requireTrust(): void {
    if (this.evidence) throw new Refused({ code: 'EVIDENCE' });
    if (!this.clock.extendsAccess) throw new Refused({ code: this.clock.now() === null ? 'OFFLINE' : 'CLOCK_OFF' });
  }

  /** Access is given only so, and under a head of not long ago, which the witnesses of entry 0 have cosigned where it names any. */
  requireExtension(): void {
    this.requireTrust();
    if (!this.headStands) throw new Refused({ code: this.holdings.ledger.founding.witnesses.least > 0 ? 'QUORUM_STALE' : 'HEAD_STALE' });
  }

  /** By the witnesses' signatures, or by the log's own: what the server only says is nothing here (design.md §3 Freshness). */
  private get headStands(): boolean {
    const { ledger, heads } = this.holdings;
    if (!ledger.isFounded) return false;
    const { witnesses, cosignerKey } = ledger.founding;
    if (witnesses.least === 0 && cosignerKey === null) return true; // founded before a head had a time
    const [now, at] = [this.clock.latest(), witnesses.least > 0 ? heads.quorumAtMs : heads.ownAtMs];
    return now !== null && at !== null && now - at <= limits.headAgeMs && at - now <= limits.clockOffMs;
  }

  /** Resolves when such a head stands, or the server has told anew how it stands, as it does after a feed, or after `ms`. */
  async witnessed(ms = 2_000): Promise<void> {
    const end = this.host.monotonicMs() + ms;
    const { told } = this.holdings.heads;
    while (!this.headStands && this.holdings.heads.told === told && this.host.monotonicMs() < end) {
      await new Promise<void>((resolve) => this.host.after(10, resolve));
    }
  }

  /** A case without all of its subjects' units extends nothing (policy.md §12). */
  requireComplete(caseId: string): void {
    const { ledger } = this.holdings;
    if (!ledger.units.has(`case/${caseId}`) || subjectsOf(ledger, caseId).some((subject) => !ledger.units.has(`subject/${subject}`))) {
      throw new Refused({ code: 'INCOMPLETE' });
    }
  }

  liveDevices(persons: readonly string[]): KnownDevice[] {
    return persons.flatMap((person) => this.holdings.ledger.directory.liveOf(person));
  }

  /** One key to many devices. Errors: throws Refused. */
  wrapTo(devices: readonly KnownDevice[], info: Uint8Array, key: Uint8Array): WrapList {
    if (devices.length > limits.wraps) throw new Refused({ code: 'TOO_LARGE' });
    const wraps: [string, string][] = [];
    const digests: WrapDigest[] = [];
    for (const device of [...devices].sort((a, b) => (a.id < b.id ? -1 : 1))) {
      const wrap = sealWrap(device.kem, info, wrapAad(device.id), key);
      if (!wrap) continue; // an unfit key is its owner's loss; a missing wrap is no error
      wraps.push([device.id, base64(wrap)]);
      digests.push({ device: device.id, digest: sha256(wrap) });
    }
    const root = wrapsRoot(digests);
    if (!root) throw new Refused({ code: 'POLICY_FAILED', detail: 'a device stands twice' });
    return { root, wraps };
  }

  /** Errors: rejects with RequestFailed. */
  async append(prepared: Prepared): Promise<AppendReceipt> {
    const params: Record<string, unknown> = { envelopes: prepared.envelopes };
    if (prepared.blobs.length > 0) params['blobs'] = prepared.blobs;
    if (prepared.wraps.length > 0) params['wraps'] = prepared.wraps;
    const receipt = readAppendReceipt(await this.connection.request('append', params));
    this.compare(() => this.holdings.heads.saw(receipt.checkpoint));
    return receipt;
  }

  /** What a message says of the log, held against the own view: what it finds out is said, and the message stands as it is. */
  compare<T>(look: () => T): T | null {
    try {
      return look();
    } catch (error) {
      this.found(error);
      return null;
    }
  }

  /** Resolves when the ledger held here covers this index, or after `ms`. */
  async covers(index: number, ms = 3_000): Promise<boolean> {
    const end = this.host.monotonicMs() + ms;
    while (this.holdings.ledger.size <= index) {
      if (this.host.monotonicMs() >= end) return false;
      await new Promise<void>((resolve) => this.host.after(10, resolve));
    }
    return true;
  }
}

/** Turns what was thrown into a failure for the screen; anything unexpected is thrown on. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Refused) return error.failure;
  if (error instanceof RequestFailed) return error.error ? wireFailure(error.error.reason, error.error.data) : { code: 'OFFLINE' };
  if (error instanceof PolicyFailed) return { code: 'MALFORMED', detail: error.message }; // what was written, the policy cannot read
  throw error;
}

/** What stopped before anything stood in the outbox was not kept either: the line is gone, and it has to be asked again. */
export function nothingSent(failure: Failure): Failure {
  return failure.code === 'OFFLINE' ? { ...failure, code: 'OFFLINE_ASK' } : failure;
}

function wireFailure(code: string, data: JsonObject): Failure {
  const failure: Failure = { code };
  const { changed, holders, beyond, epoch, index } = data;
  if (Array.isArray(changed)) {
    failure.changed = changed.map((one) => ({ index: Number((one as JsonObject)['index']), unit: String((one as JsonObject)['unit']) }));
  }
  if (Array.isArray(holders)) failure.holders = holders.map(String);
  if (Array.isArray(beyond)) failure.beyond = beyond.map(String);
  if (typeof epoch === 'number') failure.epoch = epoch;
  if (typeof index === 'number') failure.index = index;
  return failure;
}

