import { Chacha20Poly1305 } from '@hpke/chacha20poly1305';
import { CipherSuite, HkdfSha256 } from '@hpke/core';
import { DhkemX25519HkdfSha256 } from '@hpke/dhkem-x25519';
import { beforeAll, describe, expect, it } from 'vitest';
import { concat, fromHex, hex, utf8 } from '../../src/crypto/bytes';
import { hpkeOpen, hpkeSeal, kemDerive, kemGenerate } from '../../src/crypto/hpke';
import { sodiumReady } from '../../src/crypto/sodium';
import { outside, withVectors } from '../vectors';

interface Case {
  mode: number; info: string; ikmE: string; ikmR: string; pkEm: string; pkRm: string; skRm: string; enc: string;
  encryptions: Record<string, string | number>[];
}
const bytes = (text: unknown) => fromHex(String(text)) ?? new Uint8Array();

beforeAll(sodiumReady);

describe('HPKE suite 1', () => {
  for (const file of ['rfc9180', 'draft08']) {
    const name = file === 'rfc9180'
      ? 'hpke/rfc9180_x25519_hkdfsha256_chacha20poly1305_base_auth.json'
      : 'hpke/draft08_x25519_hkdfsha256_chacha20poly1305_base_auth_257.json';
    withVectors<Case[]>(outside(name), `seals and opens as the ${file} vectors say`, (cases) => {
      const base = cases.filter((one) => one.mode === 0);
      expect(base.length).toBeGreaterThan(0);
      for (const one of base) {
        const ephemeral = kemDerive(bytes(one.ikmE));
        const recipient = kemDerive(bytes(one.ikmR));
        expect(hex(ephemeral.publicKey)).toBe(one.pkEm);
        expect(hex(recipient.publicKey)).toBe(one.pkRm);
        const first = one.encryptions[0] ?? {};
        const plaintext = bytes(first['plaintext'] ?? first['pt']);
        const ciphertext = bytes(first['ciphertext'] ?? first['ct']);
        const sealed = hpkeSeal(recipient.publicKey, bytes(one.info), bytes(first['aad']), plaintext, ephemeral);
        expect(hex(sealed ?? new Uint8Array())).toBe(one.enc + hex(ciphertext));
        expect(hpkeOpen(recipient, bytes(one.info), bytes(first['aad']), concat(bytes(one.enc), ciphertext))).toEqual(plaintext);
      }
    });
  }

  it('agrees with another implementation in both directions', async () => {
    const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Chacha20Poly1305() });
    const recipient = kemGenerate();
    const [info, aad, message] = [utf8('info'), utf8('aad'), utf8('重ね')];
    const theirPublic = await suite.kem.deserializePublicKey(recipient.publicKey.slice().buffer);
    const theirSecret = await suite.kem.deserializePrivateKey(recipient.secretKey.slice().buffer);
    const sender = await suite.createSenderContext({ recipientPublicKey: theirPublic, info: info.slice().buffer });
    const theirs = new Uint8Array(await sender.seal(message.slice().buffer, aad.slice().buffer));
    expect(hpkeOpen(recipient, info, aad, concat(new Uint8Array(sender.enc), theirs))).toEqual(message);

    const ours = hpkeSeal(recipient.publicKey, info, aad, message) ?? new Uint8Array();
    const context = await suite.createRecipientContext({
      recipientKey: theirSecret, enc: ours.slice(0, 32).buffer, info: info.slice().buffer,
    });
    expect(new Uint8Array(await context.open(ours.slice(32).buffer, aad.slice().buffer))).toEqual(message);
  });

  it('refuses a small-order key, a changed byte, another info and another aad', () => {
    const recipient = kemGenerate();
    expect(hpkeSeal(new Uint8Array(32), utf8(''), utf8(''), utf8('x'))).toBeNull();
    const sealed = hpkeSeal(recipient.publicKey, utf8('i'), utf8('a'), utf8('x')) ?? new Uint8Array();
    for (let i = 0; i < sealed.length; i++) {
      const changed = sealed.slice();
      changed[i] = (changed[i] ?? 0) ^ 1;
      expect(hpkeOpen(recipient, utf8('i'), utf8('a'), changed)).toBeNull();
    }
    expect(hpkeOpen(recipient, utf8('j'), utf8('a'), sealed)).toBeNull();
    expect(hpkeOpen(recipient, utf8('i'), utf8('b'), sealed)).toBeNull();
    expect(hpkeOpen(recipient, utf8('i'), utf8('a'), sealed.subarray(0, 40))).toBeNull();
  });
});
