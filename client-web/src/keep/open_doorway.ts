// The browser's way in: address, vaults of this browser, this tab's own vault (sessionStorage), and the client behind.
import { signal, type Signal } from '@preact/signals-core';
import { showBundle } from '../conference/bundle';
import type { DeviceBundle } from '../conference/client';
import { Kasane } from '../conference/kasane';
import type { Failure, Result } from '../conference/model';
import { type DeviceKeys, deviceFromSeed, deviceGenerate, seedFromText } from '../crypto/device';
import { sodiumReady } from '../crypto/sodium';
import { browserHost } from '../net/browser_host';
import { browserNetwork } from '../net/browser_socket';
import { loadPolicy } from '../net/browser_policy';
import { loadWords } from '../net/browser_words';
import type { Policy } from '../policy/door';
import { isLoopback, readAddress } from './address';
import { Database, type StoredVault } from './database';
import type { Doorway, DoorwayState, VaultCard } from './doorway';
import { endAfterLifetime } from './lifetime';
import { isGuessable } from './passphrase';
import { makeVault, type OpenVault, openVault } from './vault';

const tabVault = 'kasane.vault';

/** Starts at once; watch `state`. */
export function openDoorway(): Doorway {
  const doorway = new BrowserDoorway();
  void doorway.start();
  return doorway;
}

function cardOf({ id, label, device, foundingHash, demo, lastUsedAt }: StoredVault): VaultCard {
  return { id, label, device, foundingHash, demo, lastUsedAt };
}

const failed = <T>(code: string): Result<T> => ({ ok: false, error: { code } });

/** Waits a moment: a page that is being reloaded still holds its vault. Null where another window keeps it. */
function takeTab(vault: string): Promise<(() => void) | null> {
  return new Promise((resolve) => {
    const waiting = AbortSignal.timeout(3_000);
    navigator.locks.request(`kasane/${vault}`, { signal: waiting }, () => new Promise<void>((release) => resolve(release)))
      .catch(() => resolve(null));
  });
}

class BrowserDoorway implements Doorway {
  readonly state: Signal<DoorwayState> = signal({ step: 'starting' });
  private database: Database | null = null;
  private policy: Policy | null = null;
  private foundingHash: string | null = null;
  private broken = false;
  private opened: { client: Kasane; vault: OpenVault; stored: StoredVault; release: () => void } | null = null;

  async start(): Promise<void> {
    try {
      const address = readAddress(location.hash);
      // The seed leaves the address, and with it the history, before anything else happens.
      if (location.hash !== '') history.replaceState(null, '', location.pathname + location.search);
      await sodiumReady();
      this.policy = await loadPolicy();
      this.database = await Database.open(indexedDB);
      this.broken = address.broken;
      this.foundingHash = address.broken ? null : address.foundingHash;
      if (address.broken) {
        await this.show();
      } else if (address.foundingHash && address.seed && isLoopback(location.hostname)) {
        await this.enterDemo(address.foundingHash, address.seed, address.label);
      } else if (address.foundingHash) {
        await this.show();
      } else {
        await this.resume();
      }
    } catch (error) {
      this.state.value = { step: 'failed', error: { code: 'POLICY_FAILED', detail: error instanceof Error ? error.message : '' } };
    }
  }

  /** Where that device's vault for this founding hash exists, the seed is ignored and the vault opened. */
  private async enterDemo(foundingHash: string, seedText: string, label: string | null): Promise<void> {
    const seed = seedFromText(seedText);
    if (!seed) return this.show();
    const device = deviceFromSeed(seed);
    const known = (await this.db.vaults()).find((vault) => vault.device === device.id && vault.foundingHash === foundingHash);
    const kept = known ? await openVault(this.db, known, null) : null;
    if (known && kept) return this.open(known, kept);
    const made = await makeVault(this.db, { label: label ?? device.id.slice(0, 10), foundingHash, demo: true, device, passphrase: null });
    await this.open(made.stored, made.vault);
    if (this.opened?.stored === made.stored) this.dropIfStrange(this.opened);
  }

  /** An address of another town opened nothing: what was made for it goes again, and its screen stays. */
  private dropIfStrange({ client, stored }: { client: Kasane; stored: StoredVault }): void {
    const end = client.connection.subscribe((connection) => {
      if (connection.state !== 'stopped' || !['LOG', 'NOT_ALLOWED'].includes(connection.failure.code)) return;
      queueMicrotask(() => end());
      void client.stop().then(() => this.db.removeVault(stored.id));
    });
  }

  /** A reloaded tab goes on with its vault. */
  private async resume(): Promise<void> {
    const id = sessionStorage.getItem(tabVault);
    const stored = id === null ? null : await this.db.vault(id);
    if (!stored) return this.show();
    if (stored.salt !== null) {
      this.state.value = { step: 'locked', vault: cardOf(stored), error: null };
      return;
    }
    const vault = await openVault(this.db, stored, null);
    if (vault) await this.open(stored, vault);
    else await this.show();
  }

  private get db(): Database {
    if (!this.database) throw new Error('BrowserDoorway: not started');
    return this.database;
  }

  private async show(): Promise<void> {
    const vaults = (await this.db.vaults()).sort((a, b) => b.lastUsedAt - a.lastUsedAt).map(cardOf);
    this.state.value = { step: 'choose', vaults, foundingHash: this.foundingHash, broken: this.broken };
  }

  /** Two windows over one vault would write over each other's work. */
  private async open(stored: StoredVault, vault: OpenVault): Promise<void> {
    if (!this.policy) throw new Error('BrowserDoorway: not started');
    const release = await takeTab(stored.id);
    if (!release) {
      vault.lock();
      this.state.value = { step: 'failed', error: { code: 'VAULT_IN_USE' } };
      return;
    }
    sessionStorage.setItem(tabVault, stored.id);
    const client = new Kasane({
      device: vault.device, foundingHash: stored.foundingHash, keep: vault.keep, host: browserHost,
      network: browserNetwork(location), policy: this.policy, demoOnly: stored.demo,
    });
    const callOff = stored.salt === null ? () => undefined : endAfterLifetime(() => void this.lock());
    this.opened = { client, vault, stored, release: () => { callOff(); release(); } };
    this.state.value = { step: 'open', vault: cardOf(stored), client, bundle: showBundle(vault.device) };
    client.start();
  }

  createDevice(input: { label: string; passphrase: string; foundingHash: string }): Promise<Result<DeviceBundle>> {
    return this.take(input, () => deviceGenerate());
  }

  importSeed(input: { label: string; passphrase: string; foundingHash: string; seed: string }): Promise<Result<DeviceBundle>> {
    const seed = seedFromText(input.seed.trim());
    return seed ? this.take(input, () => deviceFromSeed(seed)) : Promise.resolve(failed('INPUT'));
  }

  private async take(
    input: { label: string; passphrase: string; foundingHash: string }, make: () => DeviceKeys,
  ): Promise<Result<DeviceBundle>> {
    const foundingHash = input.foundingHash.trim().toLowerCase();
    if (!/^[0-9a-f]{64}$/.test(foundingHash)) return failed('INPUT');
    try {
      if (await isGuessable(input.passphrase, [input.label], loadWords)) return failed('GUESSABLE');
    } catch {
      return failed('OFFLINE_ASK'); // the lists did not load
    }
    const made = await makeVault(this.db, {
      label: input.label.trim() || 'Kasane', foundingHash, demo: false, device: make(), passphrase: input.passphrase,
    });
    const bundle = showBundle(made.vault.device);
    await this.open(made.stored, made.vault);
    return { ok: true, value: bundle };
  }

  async unlock(vault: string, passphrase: string): Promise<Result<void>> {
    const stored = await this.db.vault(vault);
    if (!stored) return failed('INPUT');
    const opened = await openVault(this.db, stored, stored.salt === null ? null : passphrase);
    if (!opened) {
      const error: Failure = { code: 'WRONG_PASSPHRASE' };
      this.state.value = { step: 'locked', vault: cardOf(stored), error };
      return { ok: false, error };
    }
    await this.open(stored, opened);
    return { ok: true, value: undefined };
  }

  async lock(): Promise<void> {
    const { opened } = this;
    if (!opened) return;
    this.opened = null;
    await opened.client.stop();
    opened.vault.lock();
    opened.release();
    if (opened.stored.salt === null) await this.show();
    else this.state.value = { step: 'locked', vault: cardOf(opened.stored), error: null };
  }

  async choose(): Promise<void> {
    await this.lock();
    sessionStorage.removeItem(tabVault);
    await this.show();
  }

  async forget(vault: string): Promise<void> {
    if (this.opened?.stored.id === vault) await this.choose();
    await this.db.removeVault(vault);
    await this.show();
  }
}
