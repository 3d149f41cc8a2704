// Whose device signed what, by the ledger alone: fed with the entries of the unit `directory`, which everybody holds
// whole. Each question is asked as of a ledger index, since units may open later than they were written.
import { bundleFromJson, type PublicBundle, verifyBundle, x25519Key } from '../crypto/device';
import type { Payload } from './payload';
import { LedgerViolation } from './violation';

export interface KnownDevice {
  id: string;
  person: string;
  sign: Uint8Array;
  /** X25519 public key of suite 1. */
  kem: Uint8Array;
  bundle: PublicBundle;
  addedAt: number;
  /** Ledger time of the adding, ms. */
  addedAtMs: number;
  revokedAt: number | null;
}

export class Directory {
  private readonly devices = new Map<string, KnownDevice>();
  private readonly endedAt = new Map<string, number>();

  /** Entry 0's device signs entries 0 and 1, before entry 1 adds it (policy.md §3 tenant.found). */
  found(device: { id: string; person: string; bundle: PublicBundle }): void {
    this.put(device.id, device.person, device.bundle, -1, 0);
  }

  /** Errors: throws LedgerViolation where a device's keys or proof do not hold. */
  apply(index: number, timeMs: number, payload: Payload): void {
    const { device, person } = payload.statement;
    switch (payload.kind) {
      case 'device.add': {
        const bundle = bundleFromJson(payload.body);
        if (!bundle || typeof device !== 'string' || typeof person !== 'string' || verifyBundle(bundle) !== device) {
          throw new LedgerViolation('DEVICE', 'device.add without fit keys', index);
        }
        const known = this.devices.get(device);
        if (known) known.addedAtMs = timeMs;
        else this.put(device, person, bundle, index, timeMs);
        break;
      }
      case 'device.revoke': {
        const known = typeof device === 'string' ? this.devices.get(device) : undefined;
        if (known && known.revokedAt === null) known.revokedAt = index;
        break;
      }
      case 'person.end':
        if (typeof person === 'string' && !this.endedAt.has(person)) this.endedAt.set(person, index);
        break;
    }
  }

  private put(id: string, person: string, bundle: PublicBundle, addedAt: number, addedAtMs: number): void {
    const kem = x25519Key(bundle);
    if (kem) this.devices.set(id, { id, person, sign: bundle.sign, kem, bundle, addedAt, addedAtMs, revokedAt: null });
  }

  device(id: string): KnownDevice | null {
    return this.devices.get(id) ?? null;
  }

  /** The device, where it was added before `index` and neither it nor its person had ended by then. */
  liveAt(id: string, index: number): KnownDevice | null {
    const device = this.devices.get(id);
    if (!device || device.addedAt >= index) return null;
    if (device.revokedAt !== null && device.revokedAt < index) return null;
    const ended = this.endedAt.get(device.person);
    return ended !== undefined && ended < index ? null : device;
  }

  /** Devices of this person that live now, in order of id. */
  liveOf(person: string): KnownDevice[] {
    if (this.endedAt.has(person)) return [];
    return [...this.devices.values()]
      .filter((device) => device.person === person && device.revokedAt === null)
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  all(): KnownDevice[] {
    return [...this.devices.values()];
  }
}
