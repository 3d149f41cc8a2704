// One line to the server that mends itself: hello → authenticate → requests and notifications; a ping whenever nothing
// came for two seconds, so that a socket that only looks open is said to be silent within five and then given up;
// full jitter before each new try (experience.md B).
import { type ReadonlySignal, signal } from '@preact/signals-core';
import { hex } from '../crypto/bytes';
import type { DeviceKeys } from '../crypto/device';
import { randomBytes } from '../crypto/random';
import { sign } from '../crypto/signature';
import { base64 } from '../crypto/bytes';
import { authInput } from '../crypto/signed_input';
import { count, hexBytes, instant, Malformed, members } from '../wire/check';
import type { Json } from '../wire/json';
import { limits } from '../wire/limits';
import { type Authenticated, type Hello, readAuthenticated, readHello } from '../wire/messages';
import { readIncoming, type WireError, writeRequest } from '../wire/rpc';
import type { Failure } from './model';
import type { Host, Network, Socket } from './ports';

/** A request that got no answer (`lost`), or the server's refusal. */
export class RequestFailed extends Error {
  constructor(readonly lost: boolean, readonly error: WireError | null) {
    super(error ? error.reason : 'the connection was lost');
    this.name = 'RequestFailed';
  }
}

export interface ConnectionEvents {
  /** Errors: whatever it throws ends the connection for good (`stop`). */
  hello(hello: Hello): void;
  authenticated(answer: Authenticated, clientNonce: Uint8Array): void;
  notification(method: string, params: Json): void;
  offline(retryAtMs: number): void;
  /** Will not try again. */
  stopped(failure: Failure): void;
  /** Something that was thrown while a message was handled: evidence or a bug. */
  thrown(error: unknown): void;
}

interface Pending {
  resolve(result: Json): void;
  reject(error: RequestFailed): void;
  /** The request may take this long before the line is given up. */
  answerMs: number;
  cancel(): void;
}

/** Close codes after which a try at once cannot help (PROTOCOL.md "Close codes"). */
const notAdded = 4002;
const revoked = 4004;
/** A device that shows its bundle asks again whether the registrar has added it. */
const askAgainMs = 4_000;

export class Connection {
  private socket: Socket | null = null;
  private generation = 0;
  private nextId = 1;
  private attempts = 0;
  private ended = false;
  private ready = false;
  private heardAt = 0;
  private readonly pending = new Map<number, Pending>();
  /** What is waited for longer than a user should be left without a word, by request id; 0 is the server's hello. */
  private readonly late = new Set<number>();
  private readonly quiet = signal(false);
  private cancelTimer: () => void = () => undefined;
  private cancelHello: () => void = () => undefined;

  constructor(
    private readonly host: Host, private readonly network: Network, private readonly device: DeviceKeys,
    private readonly events: ConnectionEvents,
  ) {}

  get live(): boolean {
    return this.ready;
  }

  /** An answer is overdue, though the line looks whole. */
  get silent(): ReadonlySignal<boolean> {
    return this.quiet;
  }

  start(): void {
    if (this.ended || this.socket) return;
    const generation = ++this.generation;
    const current = (run: () => void) => () => {
      if (generation === this.generation) run();
    };
    this.socket = this.network.connect({
      open: () => undefined,
      message: (text) => current(() => this.receive(text))(),
      close: (code) => current(() => this.closed(code))(),
    });
    // A line that never says hello.
    this.timer(limits.helloWithinMs, () => this.drop());
    this.cancelHello = this.host.after(limits.answerLateMs, () => this.overdue(0));
  }

  /** Ends for good. */
  stop(failure: Failure): void {
    if (this.ended) return;
    this.ended = true;
    this.teardown(1000);
    this.events.stopped(failure);
  }

  /** The line is given up and tried anew: something in it did not make sense. */
  drop(): void {
    if (this.ended || !this.socket) return;
    this.teardown(1000);
    this.retry();
  }

  /** Rejects with RequestFailed. */
  request(method: string, params: unknown, answerMs: number = limits.answerMs): Promise<Json> {
    if (!this.ready) return Promise.reject(new RequestFailed(true, null));
    return this.ask(method, params, answerMs);
  }

  private ask(method: string, params: unknown, answerMs: number, lateMs: number = limits.answerLateMs): Promise<Json> {
    const socket = this.socket;
    if (!socket || this.pending.size >= limits.inFlight) return Promise.reject(new RequestFailed(true, null));
    const id = this.nextId++;
    return new Promise<Json>((resolve, reject) => {
      // No answer: the socket may be half open. Whether it was done shows when the same bytes are sent again.
      const cancelDrop = this.host.after(answerMs, () => this.drop());
      const cancelLate = this.host.after(lateMs, () => this.overdue(id));
      this.pending.set(id, { resolve, reject, answerMs, cancel: () => { cancelDrop(); cancelLate(); } });
      socket.send(writeRequest(id, method, params));
    });
  }

  private overdue(id: number): void {
    this.late.add(id);
    this.quiet.value = true;
  }

  private answered(id: number): void {
    this.late.delete(id);
    this.quiet.value = this.late.size > 0;
  }

  private receive(text: string): void {
    this.heardAt = this.host.monotonicMs();
    try {
      const incoming = readIncoming(text);
      switch (incoming.sort) {
        case 'answer':
          this.settle(incoming.id)?.resolve(incoming.result);
          break;
        case 'error':
          if (incoming.id !== null) this.settle(incoming.id)?.reject(new RequestFailed(false, incoming.error));
          break;
        case 'notification':
          if (incoming.method === 'hello') void this.greet(readHello(incoming.params));
          else if (this.ready) this.events.notification(incoming.method, incoming.params);
          break;
      }
    } catch (error) {
      if (error instanceof Malformed) this.drop();
      else this.events.thrown(error);
    }
  }

  private settle(id: number): Pending | undefined {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    pending?.cancel();
    this.answered(id);
    return pending;
  }

  private async greet(hello: Hello): Promise<void> {
    const generation = this.generation;
    this.cancelHello();
    this.answered(0);
    try {
      this.events.hello(hello);
      const nonce = randomBytes(16);
      const signature = sign(authInput(hello.log, this.network.origin, hello.nonce, nonce), this.device.signing);
      const answer = readAuthenticated(await this.ask(
        'authenticate', { device: this.device.id, nonce: hex(nonce), signature: base64(signature) }, limits.answerMs,
      ));
      if (generation !== this.generation) return;
      this.ready = true;
      this.attempts = 0;
      this.schedulePing();
      this.events.authenticated(answer, nonce);
    } catch (error) {
      if (error instanceof RequestFailed || error instanceof Malformed) this.drop();
      else this.events.thrown(error);
    }
  }

  /** Looks again and again: a tab that comes to the front is asked for at once, whatever it was when this was set. */
  private schedulePing(): void {
    const leftMs = () => (this.host.watched() ? limits.pingAfterMs : limits.pingHiddenAfterMs) - (this.host.monotonicMs() - this.heardAt);
    this.timer(Math.min(limits.lookEveryMs, Math.max(1, leftMs())), () => {
      if (leftMs() > 0) this.schedulePing();
      else void this.ping();
    });
  }

  private async ping(): Promise<void> {
    const nonce = hex(randomBytes(16));
    // Answers come in order: on a slow line a pong waits behind what was asked for before, and is given its time.
    const within = Math.max(limits.pongWithinMs, ...[...this.pending.values()].map((one) => (one.answerMs > limits.answerMs ? one.answerMs : 0)));
    try {
      const answer = members(await this.ask('ping', { nonce }, within, limits.pongLateMs), 'ping', ['nonce', 'time', 'size']);
      hexBytes(answer['nonce'], 'ping.nonce', 16);
      instant(answer['time'], 'ping.time');
      count(answer['size'], 'ping.size');
      if (answer['nonce'] !== nonce) throw new Malformed('ping.nonce');
      this.schedulePing();
    } catch {
      this.drop();
    }
  }

  private closed(code: number): void {
    this.teardown(null);
    if (code === revoked) {
      this.ended = true;
      this.events.stopped({ code: 'DEVICE_REVOKED' });
    } else if (code === notAdded) {
      this.events.stopped({ code: 'UNKNOWN_DEVICE' });
      this.timer(askAgainMs, () => this.start());
    } else {
      this.retry();
    }
  }

  private retry(): void {
    if (this.ended) return;
    // Full jitter: 0–3 s at first, at most 0–30 s, so that a whole town does not come back in one second.
    const bound = Math.min(30_000, 3_000 * 2 ** Math.min(this.attempts++, 4));
    const delay = Math.floor(Math.random() * bound);
    this.events.offline(this.host.wallMs() + delay);
    this.timer(delay, () => this.start());
  }

  private timer(ms: number, run: () => void): void {
    this.cancelTimer();
    this.cancelTimer = this.host.after(ms, run);
  }

  private teardown(code: number | null): void {
    this.generation++;
    this.ready = false;
    this.cancelTimer();
    this.cancelHello();
    const socket = this.socket;
    this.socket = null;
    if (code !== null) socket?.close(code);
    for (const id of [...this.pending.keys()]) this.settle(id)?.reject(new RequestFailed(true, null));
    this.answered(0);
  }
}
