import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { policyWasmPath } from '../../bundling/policy_wasm';
import { utf8 } from '../../src/crypto/bytes';
import { parseEnvelope } from '../../src/crypto/envelope';
import { sodiumReady } from '../../src/crypto/sodium';
import { PolicyFailed } from '../../src/policy/door';
import { Questions } from '../../src/policy/questions';
import { wasmPolicy } from '../../src/policy/wasm_door';
import { Town } from '../town';

const built = existsSync(policyWasmPath());
if (!built) console.log('skipped: policy.wasm (not built)');

beforeAll(sodiumReady);

describe.skipIf(!built)('policy.wasm', () => {
  const policy = () => wasmPolicy(new Uint8Array(readFileSync(policyWasmPath())));
  const payloads = (town: Town) => town.entries.map((entry) => ({ ...entry, bytes: parseEnvelope(entry.envelope)?.payload ?? new Uint8Array() }));

  it('wants nothing of its host', () => expect(() => policy().fresh(null)).not.toThrow());

  it('folds a ledger and names the unit of every entry', () => {
    const town = new Town();
    const fold = policy().fresh('kirino');
    for (const entry of payloads(town)) expect(fold.append(entry.index, entry.timeMs, entry.bytes).unit).toBe(entry.unit);
    const questions = new Questions(fold, town.timeMs + 1);
    expect(questions.snapshot('kirino')).toMatchObject({ tenant: 'kakuu', persons: [{ person: 'kirino', agency: 'shiyakusho' }] });
    expect(questions.may({ kind: 'agency.add', by: 'kirino', agency: 'houkatsu', agency_type: 'elderly' })).toEqual({ accepted: true, reason: null });
    expect(questions.may({ kind: 'agency.add', by: 'nobody', agency: 'houkatsu', agency_type: 'elderly' }).accepted).toBe(false);
  });

  it('names the unit of a statement that is not written yet', () => {
    const fold = policy().fresh('kirino');
    expect(fold.unitOf({ kind: 'item.open', by: 'kirino', item: 'i-1' })).toBe('item/i-1');
    expect(fold.unitOf({ kind: 'person.end', by: 'kirino', person: 'dan' })).toBe('directory');
  });

  it('says of a statement that is not written yet whether it takes from or adds to access, as the fold stands', () => {
    const fold = policy().fresh('kirino');
    const by = 'kirino';
    const consent = { kind: 'consent.record', by, consent: 'k-1', case: 'c-1', subject: 's-1', giver: 'self', categories: '*', recipients: '*', purpose: 'support', method: 'oral', witness: 'dan' };
    expect(fold.effectOf({ ...consent, state: 'granted' })).toEqual({ narrows: false, widens: true });
    expect(fold.effectOf({ ...consent, state: 'revoked' })).toEqual({ narrows: true, widens: false });
    expect(fold.effectOf({ ...consent, state: 'unable' })).toEqual({ narrows: false, widens: false });
    expect(fold.effectOf({ kind: 'authority.conflict', by, authority: 'a-1', conflict: true })).toEqual({ narrows: true, widens: false });
    expect(fold.effectOf({ kind: 'person.roles', by, person: 'dan', roles: [] })).toEqual({ narrows: true, widens: true });
    expect(() => fold.effectOf({ kind: 'no.such' })).toThrow(PolicyFailed);
  });

  it('denies what it does not know, and answers a malformed question so', () => {
    const fold = policy().fresh('dan');
    const at = '2026-11-25T00:00:00.000Z';
    expect(fold.ask({ see: 'r-1', who: 'dan', at })).toMatchObject({ outcome: 'deny', hidden: true });
    for (const query of [{}, { see: 1 }, { see: 'r-1', who: 'dan', at: 'soon' }, { list: '<b>', at }]) {
      expect(fold.ask(query)).toMatchObject({ outcome: 'deny', reason: 'MALFORMED' });
    }
  });

  it('refuses a payload that is none', () => {
    const town = new Town();
    const fold = policy().fresh('kirino');
    expect(() => fold.append(0, 0, utf8('{"v":1}'))).toThrow(PolicyFailed);
    expect(() => wasmPolicy(utf8('no module'))).toThrow();
    const [first] = payloads(town);
    if (first) expect(policy().fresh(null).append(0, first.timeMs, first.bytes).unit).toBe('directory');
  });
});
