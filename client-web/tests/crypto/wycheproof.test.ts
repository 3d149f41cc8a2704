import { beforeAll, describe, expect } from 'vitest';
import { fromHex, hex } from '../../src/crypto/bytes';
import { hkdf } from '../../src/crypto/hash';
import { verifySignature } from '../../src/crypto/signature';
import { sodium, sodiumReady } from '../../src/crypto/sodium';
import { outside, withVectors } from '../vectors';

type Test = Record<string, string | number> & { result: string; tcId: number };
type Groups = { testGroups: { tests: Test[]; publicKey?: { pk: string }; key?: { pk: string } }[] };
const b = (text: unknown) => fromHex(String(text)) ?? new Uint8Array();

beforeAll(sodiumReady);

describe('published attacks', () => {
  withVectors<Groups>(outside('wycheproof/ed25519_test.json'), 'no bad Ed25519 signature is accepted', ({ testGroups }) => {
    for (const group of testGroups) {
      for (const test of group.tests) {
        const valid = verifySignature(b(test['sig']), b(test['msg']), b(group.publicKey?.pk ?? group.key?.pk));
        expect(valid, `case ${test.tcId}`).toBe(test.result === 'valid');
      }
    }
  });
  withVectors<Groups>(outside('wycheproof/hkdf_sha256_test.json'), 'HKDF gives the published keys', ({ testGroups }) => {
    for (const test of testGroups.flatMap((group) => group.tests)) {
      if (test.result !== 'valid') {
        expect(() => hkdf(b(test['salt']), b(test['ikm']), b(test['info']), Number(test['size']))).toThrow();
      } else {
        expect(hex(hkdf(b(test['salt']), b(test['ikm']), b(test['info']), Number(test['size']))), `case ${test.tcId}`).toBe(test['okm']);
      }
    }
  });
  withVectors<Groups>(outside('wycheproof/x25519_test.json'), 'a zero shared secret of X25519 is refused', ({ testGroups }) => {
    for (const test of testGroups.flatMap((group) => group.tests)) {
      let shared = '';
      try {
        shared = hex(sodium().crypto_scalarmult(b(test['private']), b(test['public'])));
      } catch {
        shared = 'refused';
      }
      const zero = /^0+$/.test(String(test['shared']));
      expect(shared, `case ${test.tcId}`).toBe(zero ? 'refused' : test['shared']);
    }
  });
});
