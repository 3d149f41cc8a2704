// A stage for the client: a host whose time moves only when told, a scripted server that is as bad as a test asks for,
// and a policy port that allows what it is told to. The rules themselves are tested where they live.
import { base64, concat, fromHex, hex } from '../../src/crypto/bytes';
import { deviceFromSeed, type DeviceKeys } from '../../src/crypto/device';
import { parseEnvelope } from '../../src/crypto/envelope';
import { sign } from '../../src/crypto/signature';
import { closedInput, timeInput } from '../../src/crypto/signed_input';
import { showBundle } from '../../src/conference/bundle';
import { Kasane } from '../../src/conference/kasane';
import type { Host, Keep, Network, SocketEvents } from '../../src/conference/ports';
import { Refused } from '../../src/conference/refused';
import { deviceAdd } from '../../src/conference/registrar_verbs';
import type { Standpoint } from '../../src/conference/standpoint';
import { parsePayload } from '../../src/ledger/payload';
import type { Policy } from '../../src/policy/door';
import { isObject, type Json, type JsonObject, parseJson } from '../../src/wire/json';
import { seedOf, Town } from '../town';

export class StillHost implements Host {
  private now = 1_000;
  private timers: { at: number; run: () => void }[] = [];
  wallOffset = 0;
  seen = true;
  watched = () => this.seen;
  constructor(private readonly epochMs: number) {}
  monotonicMs = () => this.now;
  wallMs = () => this.epochMs + this.now + this.wallOffset;
  after = (ms: number, run: () => void) => {
    const timer = { at: this.now + ms, run };
    this.timers.push(timer);
    return () => { this.timers = this.timers.filter((one) => one !== timer); };
  };

  async settle(): Promise<void> {
    for (let i = 0; i < 8; i++) await new Promise((resolve) => setImmediate(resolve));
  }

  async pass(ms: number): Promise<void> {
    const end = this.now + ms;
    await this.settle();
    for (;;) {
      const next = this.timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.now = Math.max(this.now, next.at);
      next.run();
      await this.settle();
    }
    this.now = end;
    await this.settle();
  }
}

type Answer = object | { refuse: string; data?: object } | 'silence';
type Request = { id: number; method: string; params: JsonObject };

/** An honest server over a `Town`, until `answers` says otherwise for a method. */
export class ScriptedServer implements Network {
  readonly origin = '';
  readonly town: Town;
  readonly member: DeviceKeys = deviceFromSeed(seedOf(2));
  answers = new Map<string, (request: Request) => Answer | null>();
  asked: Request[] = [];
  connections = 0;
  up = true;
  /** Takes connections and says nothing. */
  mute = false;
  live = false;
  private events: SocketEvents | null = null;

  constructor(witnesses?: object, cosigner?: string) {
    this.town = new Town(witnesses, cosigner);
    this.town.addPerson('dan', this.member);
  }

  connect(events: SocketEvents) {
    this.connections++;
    if (!this.up) {
      queueMicrotask(() => events.close(1006));
      return { send: () => undefined, close: () => undefined };
    }
    this.events = events;
    this.live = false;
    queueMicrotask(() => {
      events.open();
      if (!this.mute) this.tell('hello', {
        v: 1, log: this.town.log, demo: true, nonce: '0'.repeat(32), time: this.time(), size: this.size, checkpoint: this.town.checkpoint(), rules: 1,
      });
    });
    return { send: (text: string) => this.receive(text), close: () => { this.events = null; } };
  }

  get size(): number {
    return this.town.leaves.length;
  }

  time(): string {
    return new Date(this.town.timeMs + 1).toISOString();
  }

  /** The line breaks. */
  cut(code = 1006): void {
    const events = this.events;
    this.events = null;
    events?.close(code);
  }

  tell(method: string, params: object): void {
    this.say({ jsonrpc: '2.0', method, params });
  }

  private say(message: object): void {
    this.events?.message(JSON.stringify(message));
  }

  private receive(text: string): void {
    const request = parseJson(text) as unknown as Request;
    this.asked.push(request);
    const answer = this.answers.get(request.method)?.(request) ?? this.honest(request);
    if (answer === 'silence') return;
    const { refuse, data } = answer as { refuse?: string; data?: object };
    const body = refuse === undefined ? { result: answer } : { error: { code: 1, message: '…', data: { reason: refuse, ...data } } };
    queueMicrotask(() => this.say({ jsonrpc: '2.0', id: request.id, ...body }));
  }

  honest(request: Request): Answer {
    switch (request.method) {
      case 'authenticate': {
        const nonce = fromHex(String(request.params['nonce'])) ?? new Uint8Array();
        const input = timeInput(this.town.log, nonce, Date.parse(this.time()));
        return {
          person: 'dan', device: this.member.id, time: this.time(), time_signature: base64(sign(input, this.town.serverKey)), size: this.size,
          checkpoint: this.town.checkpoint(), directory_wrap: null, half_signed: [],
        };
      }
      case 'feed': {
        this.live = true;
        return this.part(Number(request.params['size']));
      }
      case 'append':
        return this.append(request.params['envelopes'] as string[]);
      case 'ping':
        return { nonce: request.params['nonce'], time: this.time(), size: this.size };
      default:
        return {};
    }
  }

  part(from: number): object {
    return {
      ...this.lines(from), closed: [], live: true,
    };
  }

  private lines(from: number) {
    const arrival = this.town.arrival(from);
    return {
      from, leaves: base64(concat(...arrival.leaves)), checkpoint: arrival.checkpoint, size: this.size, time: this.time(),
      salts: Object.fromEntries([...arrival.salts].map(([unit, salt]) => [unit, hex(salt)])),
      entries: arrival.entries.map((e) => ({ i: e.index, t: e.timeMs, u: e.unit, p: e.position, v: hex(e.previous), e: e.envelope })),
    };
  }

  append(envelopes: string[]): object {
    const from = this.size;
    for (const text of envelopes) {
      const payload = parsePayload(parseEnvelope(text)?.payload ?? new Uint8Array());
      this.town.enter(payload?.unit ?? '', text);
    }
    const receipts = envelopes.map((_, i) => ({ index: from + i, at: new Date(this.town.timeMs).toISOString() }));
    queueMicrotask(() => this.batch(from));
    return { size: this.size, time: this.time(), checkpoint: this.town.checkpoint(), receipts };
  }

  batch(from: number, closed: string[] = []): void {
    const signed = closed.map((unit) => ({
      unit, time: this.time(), signature: base64(sign(closedInput(this.town.log, 'dan', unit, this.size), this.town.serverKey)),
    }));
    if (this.live) this.tell('batch', { ...this.lines(from), opened: [], closed: signed });
  }
}

/** The member's client over that server, started. */
export function openClient(at: { host: StillHost; server: ScriptedServer; keep: Keep }, policy: Policy = willingPolicy()): Kasane {
  const { host, server, keep } = at;
  const client = new Kasane({ device: deviceFromSeed(seedOf(2)), foundingHash: server.town.foundingHash, keep, host, network: server, policy });
  client.start();
  return client;
}

/** Says yes, unless told otherwise; units as the payloads name them. */
export function willingPolicy(refuse: (kind: string) => string | null = () => null): Policy {
  return {
    fresh: () => ({
      append: (_index, _time, payload) => ({ unit: parsePayload(payload)?.unit ?? '' }),
      unitOf: (statement) => unitOf(statement as JsonObject),
      effectOf: (statement) => ({ narrows: ['conflict.declare', 'protect.set'].includes(String((statement as JsonObject)['kind'])), widens: false }),
      ask: (query) => answer(query as JsonObject, refuse),
    }),
  };
}

function unitOf(statement: JsonObject): string {
  const { kind, item, case: caseId, conference } = statement;
  if (typeof item === 'string') return `item/${item}`;
  if (typeof caseId === 'string') return `case/${caseId}`;
  return typeof conference === 'string' ? `conference/${conference}` : kind === 'device.revoke' ? 'directory' : 'audit/dan';
}

function answer(query: JsonObject, refuse: (kind: string) => string | null): Json {
  if (isObject(query['may'])) {
    const reason = refuse(String(query['may']['kind']));
    return reason === null ? { accepted: true } : { accepted: false, reason };
  }
  if ('list' in query) return { records: [] };
  if ('snapshot' in query) {
    return { tenant: 'kakuu', me: { person: 'dan', roles: [], seats: [] }, persons: [{ person: 'dan', agency: 'shiyakusho', roles: [], ended: false }] };
  }
  return { persons: [] };
}

/** Gives somebody a key: null where that went, else why not. */
export function extended(client: Kasane): string | null {
  try {
    const { at } = client as unknown as { at: Standpoint };
    deviceAdd(at, null, 'dan', false, showBundle(deviceFromSeed(seedOf(9))).text);
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.failure.code;
    throw error;
  }
}
