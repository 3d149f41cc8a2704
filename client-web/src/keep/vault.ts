// A vault: one device's secrets, drafts and verified ledger, sealed in this browser. The vault key is random; it is
// sealed by a non-extractable WebCrypto key, over a layer under Argon2id(passphrase) (design.md §4 Device). Whoever
// copies the disk lacks the first, whoever sits at the browser lacks the second.
import { concat } from '../crypto/bytes';
import { type DeviceKeys, deviceFromSecrets } from '../crypto/device';
import { randomBytes, randomId, wipe } from '../crypto/random';
import { sodium } from '../crypto/sodium';
import type { Keep } from '../conference/ports';
import type { Database, StoredVault } from './database';

const ivBytes = 12;
const deviceKey = 'device';

export interface OpenVault {
  device: DeviceKeys;
  keep: Keep;
  /** Wipes the vault key. */
  lock(): void;
}

/** Argon2id, 64 MiB, 3 passes: about 0.2 s on an office PC. */
function passphraseKey(passphrase: string, salt: Uint8Array): Uint8Array {
  const library = sodium();
  return library.crypto_pwhash(32, passphrase.normalize('NFKC'), salt, 3, 64 * 1024 * 1024, library.crypto_pwhash_ALG_ARGON2ID13);
}

function seal(key: Uint8Array, plaintext: Uint8Array, aad: string): Uint8Array {
  const nonce = randomBytes(24);
  return concat(nonce, sodium().crypto_aead_xchacha20poly1305_ietf_encrypt(plaintext, aad, null, nonce, key));
}

function open(key: Uint8Array, sealed: Uint8Array, aad: string): Uint8Array | null {
  try {
    return sodium().crypto_aead_xchacha20poly1305_ietf_decrypt(null, sealed.subarray(24), aad, sealed.subarray(0, 24), key);
  } catch {
    return null;
  }
}

async function sealByBrowser(key: CryptoKey, plaintext: Uint8Array): Promise<Uint8Array> {
  const iv = randomBytes(ivBytes);
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: iv as BufferSource }, key, plaintext as BufferSource);
  return concat(iv, new Uint8Array(sealed));
}

async function openByBrowser(key: CryptoKey, sealed: Uint8Array): Promise<Uint8Array | null> {
  try {
    const iv = sealed.slice(0, ivBytes);
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: iv as BufferSource }, key, sealed.slice(ivBytes) as BufferSource));
  } catch {
    return null;
  }
}

/** Everything that the client keeps goes through here. */
function sealedKeep(database: Database, vault: string, key: Uint8Array): Keep {
  const aad = (name: string) => `kasane/vault/v1 ${vault} ${name}`;
  return {
    async get(name) {
      const sealed = await database.get(vault, name);
      return sealed ? open(key, sealed, aad(name)) : null;
    },
    put: (name, value) => database.put(vault, name, seal(key, value, aad(name))),
    remove: (name) => database.remove(vault, name),
    keys: (prefix) => database.keys(vault, prefix),
  };
}

export interface NewVault {
  label: string;
  foundingHash: string;
  demo: boolean;
  device: DeviceKeys;
  /** Null in a demonstration alone. */
  passphrase: string | null;
}

export async function makeVault(database: Database, input: NewVault): Promise<{ stored: StoredVault; vault: OpenVault }> {
  const id = randomId('v');
  const browserKey = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  const vaultKey = randomBytes(32);
  const salt = input.passphrase === null ? null : randomBytes(16);
  const inner = salt === null || input.passphrase === null ? vaultKey : seal(passphraseKey(input.passphrase, salt), vaultKey, id);
  const stored: StoredVault = {
    id, label: input.label, device: input.device.id, foundingHash: input.foundingHash, demo: input.demo, lastUsedAt: Date.now(),
    browserKey, salt, wrapped: await sealByBrowser(browserKey, inner),
  };
  const keep = sealedKeep(database, id, vaultKey);
  const secrets = concat(input.device.signing.secretKey.subarray(0, 32), input.device.kem.secretKey);
  await keep.put(deviceKey, secrets);
  await database.putVault(stored);
  return { stored, vault: { device: input.device, keep, lock: () => wipe(vaultKey) } };
}

/** Errors: null for a wrong passphrase, or where the browser's key is not the one that sealed it. */
export async function openVault(database: Database, stored: StoredVault, passphrase: string | null): Promise<OpenVault | null> {
  const inner = await openByBrowser(stored.browserKey, stored.wrapped);
  if (!inner || (stored.salt !== null) !== (passphrase !== null)) return null;
  const vaultKey = stored.salt === null || passphrase === null ? inner : open(passphraseKey(passphrase, stored.salt), inner, stored.id);
  if (!vaultKey) return null;
  const keep = sealedKeep(database, stored.id, vaultKey);
  const secrets = await keep.get(deviceKey);
  if (secrets?.length !== 64) return null;
  const device = deviceFromSecrets(secrets.slice(0, 32), secrets.slice(32));
  wipe(secrets);
  if (device.id !== stored.device) return null;
  await database.putVault({ ...stored, lastUsedAt: Date.now() });
  return { device, keep, lock: () => wipe(vaultKey) };
}

