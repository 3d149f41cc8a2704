import 'fake-indexeddb/auto';
import { beforeAll, describe, expect, it } from 'vitest';
import { fromUtf8, utf8 } from '../../src/crypto/bytes';
import { deviceGenerate } from '../../src/crypto/device';
import { sodiumReady } from '../../src/crypto/sodium';
import { isLoopback, readAddress } from '../../src/keep/address';
import { Database } from '../../src/keep/database';
import { makeVault, openVault } from '../../src/keep/vault';

beforeAll(sodiumReady);
const foundingHash = 'a'.repeat(64);

/** Every byte that IndexedDB holds, as text. */
async function stored(database: Database, vault: string): Promise<string> {
  let text = '';
  for (const key of await database.keys(vault, '')) text += Buffer.from((await database.get(vault, key)) ?? []).toString('latin1');
  return text + JSON.stringify(await database.vaults());
}

describe('the vault', () => {
  it('opens with its passphrase and no other, and gives the same device back', async () => {
    const database = await Database.open(indexedDB);
    const device = deviceGenerate();
    const { stored: card } = await makeVault(database, { label: 'p', foundingHash, demo: false, device, passphrase: 'かさねの合言葉' });
    expect(await openVault(database, card, 'かさねの合言菓')).toBeNull();
    expect(await openVault(database, card, null)).toBeNull();
    const opened = await openVault(database, card, 'かさねの合言葉');
    expect(opened?.device.id).toBe(device.id);
    expect(card.browserKey.extractable).toBe(false);
  });

  it('keeps drafts in ciphertext alone, under a demonstration too', async () => {
    const database = await Database.open(indexedDB);
    const device = deviceGenerate();
    const { stored: card, vault } = await makeVault(database, { label: 'p', foundingHash, demo: true, device, passphrase: null });
    await vault.keep.put('draft/x', utf8('planted-plaintext'));
    expect(await stored(database, card.id)).not.toContain('planted-plaintext');
    const again = await openVault(database, card, null);
    expect(fromUtf8((await again?.keep.get('draft/x')) ?? new Uint8Array())).toBe('planted-plaintext');
    expect(await again?.keep.keys('draft/')).toEqual(['draft/x']);
  });

  it('does not take one sealed value for another', async () => {
    const database = await Database.open(indexedDB);
    const { stored: card, vault } = await makeVault(database, { label: 'p', foundingHash, demo: true, device: deviceGenerate(), passphrase: null });
    await vault.keep.put('draft/a', utf8('a'));
    await database.put(card.id, 'draft/b', (await database.get(card.id, 'draft/a')) ?? new Uint8Array());
    expect(await vault.keep.get('draft/b')).toBeNull();
  });

  it('is forgotten whole', async () => {
    const database = await Database.open(indexedDB);
    const { stored: card } = await makeVault(database, { label: 'p', foundingHash, demo: true, device: deviceGenerate(), passphrase: null });
    await database.removeVault(card.id);
    expect(await database.vault(card.id)).toBeNull();
    expect(await database.keys(card.id, '')).toEqual([]);
  });
});

describe('an address', () => {
  it('gives founding hash, seed and persona, and nothing that is not well formed', () => {
    expect(readAddress(`#f=${foundingHash}&s=${'A'.repeat(43)}&p=dan`)).toEqual({ foundingHash, seed: 'A'.repeat(43), label: 'dan', broken: false });
    expect(readAddress('#f=xyz&s=short&p=<b>')).toEqual({ foundingHash: null, seed: null, label: null, broken: true });
    expect(readAddress(`#f=${foundingHash}&s=${'A'.repeat(40)}`).broken).toBe(true);
    expect(readAddress('')).toEqual({ foundingHash: null, seed: null, label: null, broken: false });
  });
  it('is taken with a seed on loopback alone', () => {
    expect(['localhost', '127.0.0.1', '[::1]'].every(isLoopback)).toBe(true);
    expect(['kasane.example', 'localhost.example', '10.0.0.1', ''].some(isLoopback)).toBe(false);
  });
});
