// The way in, before there is a client: which vault this tab uses, its passphrase, a demo address, a new device.
// DOM half (IndexedDB, sessionStorage, location). The view shows `state` and calls the verbs.

import type { ReadonlySignal } from '@preact/signals-core';
import type { DeviceBundle, KasaneClient } from '../conference/client';
import type { Failure, Result } from '../conference/model';

export interface VaultCard {
  id: string;
  /** Short name given by the user at making; for a demo vault the person's id once known. */
  label: string;
  device: string;
  foundingHash: string;
  demo: boolean;
  lastUsedAt: number;
}

export type DoorwayState =
  | { step: 'starting' }
  /** No vault chosen in this tab. `foundingHash` is set where the address carried one: a new device can be made.
      `broken`: the address is not whole. */
  | { step: 'choose'; vaults: VaultCard[]; foundingHash: string | null; broken: boolean }
  | { step: 'locked'; vault: VaultCard; error: Failure | null }
  /** Unlocked; the client runs. Where `client.connection` says UNKNOWN_DEVICE, show `bundle` for the registrar. */
  | { step: 'open'; vault: VaultCard; client: KasaneClient; bundle: DeviceBundle }
  | { step: 'failed'; error: Failure };

export interface Doorway {
  readonly state: ReadonlySignal<DoorwayState>;
  /** Makes a device's keys here and seals them under the passphrase (at least 8 characters; else INPUT). */
  createDevice(input: { label: string; passphrase: string; foundingHash: string }): Promise<Result<DeviceBundle>>;
  /** Takes over a device from the seed that `kasane init` printed. */
  importSeed(input: { label: string; passphrase: string; foundingHash: string; seed: string }): Promise<Result<DeviceBundle>>;
  unlock(vault: string, passphrase: string): Promise<Result<void>>;
  /** Locks this tab's vault: stops the client, wipes keys. */
  lock(): Promise<void>;
  /** Back to the list without opening (another vault for this tab). */
  choose(): Promise<void>;
  forget(vault: string): Promise<void>;
}
