// The talk of one item as this device takes part in it: entering, the duty of making epochs, saying, presence.
import { signal, type Signal } from '@preact/signals-core';
import { base64, fromUtf8, hex, utf8 } from '../crypto/bytes';
import { sha256 } from '../crypto/hash';
import { randomBytes } from '../crypto/random';
import { sign } from '../crypto/signature';
import { attendInput } from '../crypto/signed_input';
import { decodeFrameHeader, FrameSealer, openFrame } from '../crypto/talk';
import { isObject, type Json, type JsonObject, parseJson } from '../wire/json';
import { limits } from '../wire/limits';
import { readAttending, type SignalMessage } from '../wire/messages';
import type { Attendee, Message, Talk } from './client';
import { Epochs } from './epochs';
import type { Failure, Item, Result } from './model';
import type { Outbox } from './outbox';
import { attendance, attended } from './picture_cases';
import { failureOf, type Prepared, Refused, type Standpoint } from './standpoint';
import { epochIsDue, stepInMs, stewardOrder, togetherMs } from './steward';
import { TalkMessages } from './talk_messages';
import { word } from './words';

const typingShownMs = 5_000;
const typingEveryMs = 2_500;

export interface RoomPort {
  item(): Item | null;
  outbox(): Outbox;
  signalled(person: string, data: JsonObject): void;
  /** What a colleague's frame says that they have seen of the log. */
  head(value: Json | undefined): void;
}

export class TalkRoom {
  readonly state: Signal<Talk>;
  private inside = false;
  private session: Uint8Array | null = null;
  private sealer: { epoch: number; sealer: FrameSealer } | null = null;
  private readonly epochs: Epochs;
  private readonly messages: TalkMessages;
  private failure: Failure | null = null;
  private failedUnder = 0;
  /** Numbers of epochs whose recipients the own fold allowed once: too wide later means that somebody has left, no more. */
  private readonly sound = new Set<number>();
  private cancelDuty: (() => void) | null = null;
  private dutyIsDue = false;
  private readonly typingUntil = new Map<string, number>();
  private readonly awayDevices = new Set<string>();
  private readonly signalCounters = new Map<string, number>();
  private typedAt = 0;
  private readonly lost = new Map<string, number>();
  private known = new Map<string, { person: string; device: string; at: number }>();

  constructor(private readonly at: Standpoint, readonly item: string, private readonly port: RoomPort) {
    this.epochs = new Epochs(at, item);
    this.messages = new TalkMessages(at, item, this.epochs, (head) => port.head(head));
    this.state = signal({
      item, state: 'outside', failure: null, epoch: null, words: null, steward: null, attendees: [], messages: [],
    });
  }

  async enter(): Promise<Result<void>> {
    this.inside = true;
    const session = randomBytes(16);
    this.session = session;
    this.sealer = null;
    this.refresh();
    try {
      const signature = base64(sign(attendInput('enter', this.at.log, this.item, session), this.at.device.signing));
      readAttending(await this.at.connection.request('enter', { item: this.item, session: hex(session), signature }));
      this.failure = null;
      this.refresh();
      return { ok: true, value: undefined };
    } catch (error) {
      const failure = failureOf(error);
      // Without a line it enters by itself on reconnecting; a refusal stands.
      if (failure.code !== 'OFFLINE') {
        this.inside = false;
        this.failure = failure;
      }
      this.refresh();
      return { ok: false, error: failure };
    }
  }

  async leave(): Promise<void> {
    const session = this.session;
    this.inside = false;
    this.session = null;
    this.cancelDuty?.();
    this.cancelDuty = null;
    this.refresh();
    if (!session) return;
    const signature = base64(sign(attendInput('leave', this.at.log, this.item, session), this.at.device.signing));
    try {
      await this.at.connection.request('leave', { item: this.item, session: hex(session), signature });
    } catch (error) {
      failureOf(error); // the server notices by itself after 15 s
    }
  }

  /** A new line: a new session, since counters start anew. */
  reconnected(): void {
    if (this.inside) void this.enter();
  }

  /** After every change of the fold or the outbox. */
  refresh(): void {
    const last = this.epochs.last();
    if (this.failure && this.inside && last && last.number !== this.failedUnder) this.failure = null; // a new epoch, a new trust
    if (this.at.connection.live && this.at.person !== null) {
      const listed = this.at.questions().epoch(this.item).includes(this.at.person);
      this.epochs.circumstances(`${this.port.item()?.state}/${listed}`);
      const wanted = new Set(this.messages.wanting());
      if (this.inside && last) wanted.add(last.number);
      for (const number of wanted) this.fetch(number);
      this.duty();
    }
    this.state.value = this.talk();
  }

  private fetch(number: number): void {
    if (this.epochs.secret(number)) return;
    this.epochs.open(number).then(
      (epoch) => {
        if (epoch) this.showMessages();
      },
      (error: unknown) => {
        const failure = failureOf(error);
        if (failure.code === 'EPOCH_UNSAFE' || failure.code === 'TAMPERED') {
          this.failure = failure;
          this.failedUnder = this.epochs.last()?.number ?? 0;
          this.state.value = this.talk();
        }
      },
    );
  }

  private showMessages(): void {
    this.state.value = this.talk();
    void this.port.outbox().pump();
  }

  private talk(): Talk {
    const last = this.epochs.last();
    const epoch = last ? this.epochs.secret(last.number) : null;
    const unsafe = epoch ? this.unsafe(epoch) : null;
    const numbers = epoch ? this.epochs.words(epoch.number) : null; // who lacks the key has nothing to compare
    if (epoch && !unsafe) this.sound.add(epoch.number);
    // Nothing is sent under an unsafe epoch (`seal`). It is an alarm where the item is open and it was never sound; where
    // somebody has just gone, the next one is due in half a second.
    const over = this.port.item()?.state !== 'open';
    const failure = over ? null : this.failure ?? (epoch && this.sound.has(epoch.number) ? null : unsafe);
    const state = failure ? 'stopped' : !this.inside || over ? 'outside' : epoch && !unsafe ? 'ready' : 'waiting';
    return {
      item: this.item, state, failure, epoch: last?.number ?? null, words: numbers?.map(word) ?? null,
      steward: this.stewards()[0] ?? null, attendees: this.attendees(), messages: this.allMessages(),
    };
  }

  private unsafe(epoch: NonNullable<ReturnType<Epochs['secret']>>): Failure | null {
    const item = this.port.item();
    if (!item) return null;
    return this.epochs.unsafe(epoch, new Set(item.seats.map((seat) => seat.person)), item.mySeat?.private ?? false);
  }

  private allMessages(): Message[] {
    const waiting = this.port.outbox().messages(this.item).map((one): Message => ({
      id: one.id, author: this.at.person ?? '', at: one.madeAt, text: one.text, own: true, withdrawn: false,
      save: one.state, error: one.error, epoch: null,
    }));
    const said = this.messages.read();
    const there = new Set(said.map((message) => message.id));
    return [...said, ...waiting.filter((message) => !there.has(message.id))];
  }

  // ── epochs ────────────────────────────────────────────────────────────────
  private stewards(): string[] {
    const item = this.port.item();
    if (!item || item.state !== 'open' || this.at.person === null) return [];
    const seats = new Map(item.seats.map((seat) => [seat.person, seat.seat]));
    const attending = [...attendance(this.at.holdings.ledger, this.item).values()].flatMap(({ person, device }) => {
      const seat = seats.get(person);
      return seat ? [{ person, device, seat }] : [];
    });
    return stewardOrder(attending, this.at.questions().epoch(this.item));
  }

  private due(): boolean {
    const item = this.port.item();
    if (!this.inside || item?.state !== 'open') return false;
    const devices = new Set(this.at.liveDevices(this.at.questions().epoch(this.item)).map((device) => device.id));
    if (devices.size === 0) return false;
    const last = this.epochs.last();
    // A steward whom the last epoch left out makes the next one.
    const unknown = last && this.epochs.refused(last.number) ? new Set<string>() : null;
    const now = last && {
      number: last.number, committedAtMs: last.entry.timeMs, recipients: this.epochs.secret(last.number)?.recipients ?? unknown,
    };
    return epochIsDue(now, devices, this.at.clock.now() ?? 0);
  }

  /** My place in the line: 0 acts after half a second, the next each five seconds later, if nothing came by then. */
  private duty(): void {
    const place = this.stewards().indexOf(this.at.device.id);
    if (place < 0 || this.at.evidence) {
      this.cancelDuty?.();
      this.cancelDuty = null;
      return;
    }
    // A change that makes one due cuts the quiet watch short; while it is due, what comes together is taken together.
    const due = this.due();
    if (this.cancelDuty && (this.dutyIsDue || !due)) return;
    this.cancelDuty?.();
    this.dutyIsDue = due;
    this.cancelDuty = this.at.host.after(due ? togetherMs + place * stepInMs : stepInMs, () => {
      this.cancelDuty = null;
      void this.act();
    });
  }

  private async act(): Promise<void> {
    try {
      const place = this.stewards().indexOf(this.at.device.id);
      if (place >= 0 && this.due() && this.at.connection.live) await this.epochs.commit();
    } catch (error) {
      const failure = failureOf(error);
      // Somebody was faster, the line is gone, or the fold is a step behind: the next look decides anew.
      if (failure.code === 'CLOCK_OFF' || failure.code === 'EVIDENCE') this.failure = failure;
    }
    this.refresh();
    void this.port.outbox().pump();
  }

  // ── saying ────────────────────────────────────────────────────────────────
  /** Null while there is no epoch that is safe to use. */
  prepareMessage(message: string, text: string): Prepared | null {
    const sealed = this.seal('message', { v: 1, text });
    if (!sealed) return null;
    if (sealed.frame.length > limits.messageCiphertextBytes) throw new Refused({ code: 'TOO_LARGE' });
    const body = { digest: hex(sha256(sealed.frame)), length: sealed.frame.length, epoch: sealed.epoch };
    const envelope = this.at.sign({ kind: 'message.post', item: this.item, message, body });
    return { envelopes: [envelope], blobs: [base64(sealed.frame)], wraps: [] };
  }

  private seal(kind: 'message' | 'signal', content: object): { frame: Uint8Array; epoch: number } | null {
    const last = this.epochs.last();
    const epoch = last ? this.epochs.secret(last.number) : null;
    if (!this.inside || !this.session || !epoch) return null;
    // Somebody has just left the circle, or the epoch is not to be trusted: what is said waits for the next one.
    if (this.unsafe(epoch) || this.failure) return null;
    if (this.sealer?.epoch !== epoch.number) {
      const place = { log: this.at.log, item: this.item, epoch: epoch.number, device: this.at.device.id };
      this.sealer = { epoch: epoch.number, sealer: new FrameSealer(epoch.secret, place, this.session) };
    }
    // With it goes what this device has seen of the log, under the log's own signature (design.md §3).
    const said = { ...content, head: this.at.holdings.heads.said() };
    return { frame: this.sealer.sealer.seal(kind, utf8(JSON.stringify(said)), this.at.device.signing), epoch: epoch.number };
  }

  /** Signals are never stored and may be lost; nothing rests on one. */
  signal(content: object): void {
    if (!this.at.connection.live) return;
    try {
      const sealed = this.seal('signal', content);
      if (!sealed) return;
      const data = base64(sealed.frame);
      if (data.length > limits.signalBytes) return;
      this.at.connection.request('signal', { item: this.item, data }).catch(() => undefined);
    } catch (error) {
      failureOf(error);
    }
  }

  typing(): void {
    const now = this.at.host.monotonicMs();
    if (now - this.typedAt < typingEveryMs) return;
    this.typedAt = now;
    this.signal({ v: 1, type: 'typing' });
  }

  away(away: boolean): void {
    this.signal({ v: 1, type: 'presence', away });
  }

  receive(message: SignalMessage): void {
    const sender = this.at.holdings.ledger.directory.liveAt(message.device, Number.MAX_SAFE_INTEGER);
    const header = decodeFrameHeader(message.data);
    const epoch = header && this.epochs.secret(header.epoch);
    if (!sender || sender.person !== message.person || header?.kind !== 'signal' || !epoch) return;
    const session = `${header.epoch}/${sender.id}/${header.session.join('.')}`;
    if (header.counter <= (this.signalCounters.get(session) ?? -1)) return;
    const place = { log: this.at.log, item: this.item, epoch: header.epoch, device: sender.id };
    const content = openFrame(epoch.secret, place, sender.sign, message.data);
    const value = content && parseJson(fromUtf8(content) ?? '');
    if (!value || !isObject(value)) return;
    this.signalCounters.set(session, header.counter);
    this.port.head(value['head']);
    if (value['type'] === 'typing') this.typingUntil.set(sender.id, this.at.host.monotonicMs() + typingShownMs);
    if (value['type'] === 'presence') this.awayDevices[value['away'] === true ? 'add' : 'delete'](sender.id);
    this.port.signalled(sender.person, value);
    this.state.value = this.talk();
    if (value['type'] === 'typing') this.at.host.after(typingShownMs + 50, () => { this.state.value = this.talk(); });
  }

  private attendees(): Attendee[] {
    const item = this.port.item();
    const sessions = attendance(this.at.holdings.ledger, this.item);
    // Who was here and is gone without having left: the server said `lost`.
    for (const [session, one] of this.known) if (!sessions.has(session) && this.wasLost(session)) this.lost.set(one.person, this.at.holdings.ledger.newestTimeMs);
    this.known = sessions;
    const now = this.at.host.monotonicMs();
    const came = attended(this.at.holdings.ledger, this.item);
    return (item?.seats ?? []).map(({ person }) => {
      const here = [...sessions.values()].filter((one) => one.person === person);
      const devices = [...new Set(here.map((one) => one.device))];
      if (here.length > 0) this.lost.delete(person);
      const away = devices.length > 0 && devices.every((device) => this.awayDevices.has(device));
      return {
        person, devices,
        state: here.length > 0 ? (away ? 'away' : 'present') : this.lost.has(person) ? 'lost' : came.has(person) ? 'left' : 'absent',
        typing: devices.some((device) => (this.typingUntil.get(device) ?? 0) > now),
        since: here[0]?.at ?? this.lost.get(person) ?? null,
      };
    });
  }

  private wasLost(session: string): boolean {
    const entries = this.at.holdings.ledger.units.get(`item/${this.item}`)?.entries ?? [];
    return entries.some(({ payload }) => payload.kind === 'attendance.leave' && payload.body['session'] === session && payload.body['lost'] === true);
  }

  wipe(): void {
    this.cancelDuty?.();
    this.epochs.wipe();
    this.messages.forget();
  }
}
