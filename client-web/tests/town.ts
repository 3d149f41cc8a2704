// A small log of our own making, as an honest server writes it: for tests of the reader, and for lies about it.
import { base64, concat, hex, utf8 } from '../src/crypto/bytes';
import { bundleJson, type DeviceKeys, deviceFromSeed, publicBundle } from '../src/crypto/device';
import { countersign, printEnvelope, signEnvelope } from '../src/crypto/envelope';
import { sha256 } from '../src/crypto/hash';
import { hashOfLeaf, logName, unitTag } from '../src/crypto/leaf';
import { Frontier } from '../src/crypto/merkle';
import { checkpointBody, noteKeyId } from '../src/crypto/note';
import { sign, type SigningKeyPair, signingKeyPair } from '../src/crypto/signature';
import type { Arrival } from '../src/ledger/ledger';
import { printPayload } from '../src/ledger/payload';
import type { WireEntry } from '../src/wire/messages';

export const seedOf = (n: number) => new Uint8Array(32).fill(n);

interface Writing {
  unit: string;
  statement: Record<string, unknown>;
  by?: DeviceKeys;
  second?: DeviceKeys;
  /** Lies. */
  payloadUnit?: string;
  log?: string;
  device?: string;
  seenSize?: number;
  seenRoot?: Uint8Array;
}

export class Town {
  readonly origin = 'kakuu/0123456789abcdef';
  readonly logKey: SigningKeyPair = signingKeyPair(seedOf(201));
  readonly serverKey: SigningKeyPair = signingKeyPair(seedOf(202));
  readonly registrar = deviceFromSeed(seedOf(1));
  readonly entries: WireEntry[] = [];
  readonly leaves: Uint8Array[] = [];
  readonly salts = new Map<string, Uint8Array>();
  private readonly units = new Map<string, Uint8Array[]>();
  timeMs = Date.parse('2026-11-01T00:00:00.000Z');
  log = this.origin;
  foundingHash = '';

  /** `witnesses`: of entry 0; null: it has no such member. `cosigner`: text of the log's own key there, likewise. */
  constructor(witnesses: object | null = { quorum: 0, keys: [] }, cosigner: string | null = null) {
    const device = bundleJson(publicBundle(this.registrar));
    this.write({
      unit: 'directory',
      statement: {
        kind: 'tenant.found', by: 'kirino', tenant: 'kakuu', person: 'kirino', agency: 'shiyakusho', agency_type: 'secretariat',
        body: {
          log_key: base64(this.logKey.publicKey), server_key: base64(this.serverKey.publicKey), device, demo: true,
          ...(cosigner !== null && { cosigner_key: cosigner }), ...(witnesses && { witnesses }), titles: { tenant: '架空市', agency: '架空市役所' },
        },
      },
    });
    const founding = this.entries[0]?.envelope ?? '';
    this.foundingHash = hex(sha256(utf8(founding)));
    this.log = logName(this.origin, founding);
    this.addDevice('kirino', this.registrar);
  }

  addDevice(person: string, device: DeviceKeys): void {
    this.write({
      unit: 'directory', statement: { kind: 'device.add', by: 'kirino', device: device.id, person, body: bundleJson(publicBundle(device)) },
    });
  }

  addPerson(person: string, device: DeviceKeys, roles: string[] = [], agency = 'shiyakusho'): void {
    this.write({ unit: 'directory', statement: { kind: 'person.add', by: 'kirino', person, agency, roles } });
    this.addDevice(person, device);
  }

  write(of: Writing): WireEntry {
    const author = of.by ?? this.registrar;
    const server = of.statement['by'] === 'server';
    const size = of.seenSize ?? this.leaves.length;
    const payload = printPayload({
      log: of.log ?? this.log, unit: of.payloadUnit ?? of.unit, seen: { size, root: hex(of.seenRoot ?? this.root(Math.min(size, this.leaves.length))) }, signedAtMs: this.timeMs,
      nonce: sha256(utf8(`nonce ${this.leaves.length}`)).slice(0, 16), device: of.device ?? (server ? 'server' : author.id), statement: of.statement,
    });
    let envelope = server
      ? signEnvelope(payload, { ...author, id: 'server', signing: this.serverKey })
      : signEnvelope(payload, author);
    if (of.second) envelope = countersign(envelope, of.second.id, of.second.signing) ?? envelope;
    return this.enter(of.unit, printEnvelope(envelope));
  }

  /** As the ledger writes it: leaf, chain, time. */
  enter(unit: string, text: string): WireEntry {
    const salt = this.salts.get(unit) ?? sha256(utf8(`salt ${unit}`)).slice(0, 16);
    this.salts.set(unit, salt);
    const chain = this.units.get(unit) ?? [];
    const previous = chain.at(-1) ?? new Uint8Array(32);
    this.timeMs += 1000;
    const entry: WireEntry = {
      index: this.leaves.length, timeMs: this.timeMs, unit, position: chain.length, previous, envelope: text, ciphertext: null,
    };
    const leaf = hashOfLeaf({ timeMs: this.timeMs, unit: unitTag(salt, unit), position: chain.length, previous, envelope: sha256(utf8(text)) });
    this.units.set(unit, [...chain, leaf]);
    this.leaves.push(leaf);
    this.entries.push(entry);
    return entry;
  }

  private root(size = this.leaves.length): Uint8Array {
    const frontier = new Frontier();
    for (const leaf of this.leaves.slice(0, size)) frontier.append(leaf);
    return frontier.root();
  }

  checkpoint(size = this.leaves.length, key = this.logKey, root = this.root(size)): string {
    const body = checkpointBody({ origin: this.origin, size, root });
    return `${body}\n— ${this.origin} ${base64(concat(noteKeyId(this.origin, key.publicKey), sign(utf8(body), key)))}\n`;
  }

  /** Everything of these units from `from` to `to`. */
  arrival(from = 0, to = this.leaves.length, units: (unit: string) => boolean = () => true): Arrival {
    const entries = this.entries.filter((entry) => entry.index >= from && entry.index < to && units(entry.unit));
    return {
      from, leaves: this.leaves.slice(from, to), checkpoint: this.checkpoint(to), entries,
      salts: new Map([...this.salts].filter(([unit]) => entries.some((entry) => entry.unit === unit))),
    };
  }
}
