// Messages of an item, out of the ledger's entries and their ciphertexts.
import { equal, fromHex, fromUtf8 } from '../crypto/bytes';
import { sha256 } from '../crypto/hash';
import { decodeFrameHeader, openFrame } from '../crypto/talk';
import type { VerifiedEntry } from '../ledger/ledger';
import { isObject, type Json, parseJson } from '../wire/json';
import type { Message } from './client';
import type { Epochs } from './epochs';
import type { Standpoint } from './standpoint';

const bodyEpoch = (entry: VerifiedEntry): number | null => {
  const epoch = entry.payload.body['epoch'];
  return typeof epoch === 'number' ? epoch : null;
};

export class TalkMessages {
  /** Opened texts by ledger index; null where the frame does not open for good. */
  private readonly texts = new Map<number, string | null>();
  /** Newest counter by (epoch, device, session): a frame is not said twice. */
  private readonly counters = new Map<string, number>();
  /** Of what was said before, the statements' own `seen` was compared when they came. */
  private readonly since: number;

  constructor(
    private readonly at: Standpoint, private readonly item: string, private readonly epochs: Epochs, private readonly head: (value: Json | undefined) => void,
  ) {
    this.since = at.holdings.ledger.size;
  }

  private posts(): VerifiedEntry[] {
    const entries = this.at.holdings.ledger.units.get(`item/${this.item}`)?.entries ?? [];
    return entries.filter(({ payload }) => payload.kind === 'message.post');
  }

  /** Epochs of messages whose secrets are not known yet. */
  wanting(): number[] {
    const numbers = this.posts().filter((entry) => entry.ciphertext && !this.texts.has(entry.index)).map(bodyEpoch);
    return [...new Set(numbers.filter((number) => number !== null))];
  }

  /** Opens what can be opened now. */
  read(): Message[] {
    const { ledger } = this.at.holdings;
    const withdrawn = new Set((ledger.units.get(`item/${this.item}`)?.entries ?? [])
      .filter(({ payload }) => payload.kind === 'message.withdraw').map(({ payload }) => payload.statement['message']));
    return this.posts().map((entry) => {
      const id = String(entry.payload.statement['message']);
      const gone = withdrawn.has(id);
      return {
        id, author: entry.payload.by, at: entry.timeMs, text: gone ? null : this.text(entry), own: entry.payload.by === this.at.person,
        withdrawn: gone, save: 'saved', error: null, epoch: bodyEpoch(entry),
      };
    });
  }

  private text(entry: VerifiedEntry): string | null {
    const known = this.texts.get(entry.index);
    if (known !== undefined) return known;
    const number = bodyEpoch(entry);
    const epoch = number === null ? null : this.epochs.secret(number);
    if (!epoch || !entry.ciphertext) return null;
    const text = this.open(entry, entry.ciphertext, epoch.secret, epoch.number);
    this.texts.set(entry.index, text);
    return text;
  }

  private open(entry: VerifiedEntry, frame: Uint8Array, secret: Uint8Array, number: number): string | null {
    const { digest, length } = entry.payload.body;
    const expected = typeof digest === 'string' ? fromHex(digest, 32) : null;
    if (!expected || length !== frame.length || !equal(sha256(frame), expected)) return null;
    const sender = this.at.holdings.ledger.directory.device(entry.payload.device);
    const header = decodeFrameHeader(frame);
    if (!sender || header?.kind !== 'message') return null;
    const session = `${number}/${sender.id}/${header.session.join('.')}`;
    if (header.counter <= (this.counters.get(session) ?? -1)) return null;
    const place = { log: this.at.log, item: this.item, epoch: number, device: sender.id };
    const content = openFrame(secret, place, sender.sign, frame);
    const value = content && parseJson(fromUtf8(content) ?? '');
    if (!value || !isObject(value) || typeof value['text'] !== 'string') return null;
    this.counters.set(session, header.counter);
    if (entry.index >= this.since) this.head(value['head']);
    return value['text'];
  }

  forget(): void {
    this.texts.clear();
    this.counters.clear();
  }
}
