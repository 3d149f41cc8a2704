// The officer's page over a real bundle: what `kasane export` writes of the demo town holds, and what somebody changed
// on the way is found.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BundleCheck, type BundleReport } from '../../src/conference/bundle_check';
import { utf8 } from '../../src/crypto/bytes';
import { sodiumReady } from '../../src/crypto/sodium';
import { type Files, readZip } from '../../src/ledger/zip';
import { inflate } from '../../src/net/inflate';
import { policyFrom } from '../../src/node/index';
import type { Policy } from '../../src/policy/door';
import { missing, programPath } from './municipality';

if (missing) console.log(`skipped: a bundle in the page (${missing})`);

describe.skipIf(missing)('a bundle in the page', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kasane-bundle-'));
  const data = join(folder, 'data');
  let policy: Policy;
  let hash = '';
  let [all, part] = [new Map(), new Map()] as [Files, Files];
  const exported = async (name: string, wish: string[] = []) => {
    const out = join(folder, name);
    execFileSync(programPath ?? '', ['export', '--data', data, '--out', out, '--as', join(data, 'demo-seeds.json'), ...wish]);
    return readZip(new Uint8Array(readFileSync(out)), inflate);
  };
  const check = (files: Files, of = hash): Promise<BundleReport> => new BundleCheck(files, policy, of, () => Promise.resolve()).run();
  const changed = (files: Files, name: string, change: (bytes: Uint8Array) => Uint8Array | null): Files => {
    const copy = new Map(files);
    const bytes = change(new Uint8Array(copy.get(name) ?? new Uint8Array()));
    if (bytes) copy.set(name, bytes);
    else copy.delete(name);
    return copy;
  };

  beforeAll(async () => {
    await sodiumReady();
    policy = await policyFrom(process.env['KASANE_POLICY_WASM'] ?? resolve(import.meta.dirname, '../../../build/wasm/policy.wasm'));
    const demo = spawn(programPath ?? '', ['demo', '--data', data, '--port', '0', '--web', resolve(import.meta.dirname, 'web')], { stdio: ['ignore', 'pipe', 'ignore'] });
    hash = await new Promise<string>((found, fail) => {
      let out = '';
      demo.stdout.on('data', (chunk: Buffer) => {
        out += chunk.toString();
        const said = /f=([0-9a-f]{64})/.exec(out)?.[1];
        if (said && out.includes('listening on')) found(said);
      });
      demo.on('exit', (code) => fail(new Error(`demo ended with ${code}`)));
    });
    demo.removeAllListeners('exit');
    const gone = new Promise((done) => demo.once('exit', done));
    demo.kill('SIGKILL');
    await gone;
    all = await exported('all.zip');
    const subject = /"unit":"subject\/([^"]+)"/.exec(new TextDecoder().decode(all.get('units.jsonl')))?.[1] ?? '';
    part = await exported('part.zip', ['--subject', subject]);
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('of the whole ledger holds, everything in it decided again', async () => {
    const report = await check(all);
    expect(report.findings).toEqual([]);
    expect(report.envelopes).toBe(report.size);
    expect(report.releases).toBeGreaterThan(3);
    expect(report.refusals).toBeGreaterThan(0);
    expect(report.proofs).toBe(report.releases + report.refusals + 1);
  });

  it('of one subject holds, and says that it is a part', async () => {
    const report = await check(part);
    expect(report.findings).toEqual([]);
    expect(report).toMatchObject({ part: true });
    expect(report.notJudged).toContain('accepted');
  });

  it('of another town than the officer’s is none of theirs', async () => {
    expect((await check(all, '0'.repeat(64))).findings).not.toEqual([]);
  });

  it('with a byte changed anywhere is found out', async () => {
    for (const [name, bytes] of part) {
      if (name === 'README.txt') continue; // named as not judged here
      for (const at of [0, Math.floor(bytes.length / 2), bytes.length - 2]) {
        const report = await check(changed(part, name, (copy) => { copy[at] = (copy[at] ?? 0) ^ 1; return copy; }));
        expect(report.findings, `${name} at ${at}`).not.toEqual([]);
      }
    }
  }, 60_000);

  it('with whatever is done to a file gives findings and no error of its own', async () => {
    const ways: Record<string, (bytes: Uint8Array, at: number) => Uint8Array> = {
      emptied: () => new Uint8Array(), cut: (bytes, at) => bytes.slice(0, at), doubled: (bytes) => new Uint8Array([...bytes, ...bytes]), begun: (bytes, at) => bytes.slice(at),
      'NUL within': (bytes, at) => { bytes[at] = 0; return bytes; }, 'no UTF-8': (bytes, at) => { bytes[at] = 0xff; return bytes; },
      'a number grown': (bytes) => utf8(new TextDecoder().decode(bytes).replace(/[0-9]+/, '99999999999999999999')), 'brackets': (bytes) => utf8(new TextDecoder().decode(bytes).replaceAll('{', '[')),
      'null for text': (bytes) => utf8(new TextDecoder().decode(bytes).replace(/:"[^"]*"/, ':null')), deep: () => utf8('['.repeat(100_000)),
    };
    for (const [name, bytes] of part) {
      if (name === 'README.txt') continue;
      for (const [way, change] of Object.entries(ways)) {
        const made = change(bytes.slice(), Math.floor(bytes.length / 3));
        if (made.length === bytes.length && made.every((byte, i) => byte === bytes[i])) continue; // there was nothing to do it to
        expect((await check(changed(part, name, () => made))).findings, `${name} ${way}`).not.toEqual([]);
      }
    }
  }, 120_000);

  it('with a file too few or too many is found out', async () => {
    for (const name of part.keys()) expect((await check(changed(part, name, () => null))).findings, name).not.toEqual([]);
    expect((await check(changed(part, 'more.txt', () => utf8('x')))).findings).toEqual([{ index: null, what: 'extra', detail: 'more.txt' }]);
  }, 60_000);

  it('that is no archive, cut short, or full of lies ends in a sentence', async () => {
    const bytes = new Uint8Array(readFileSync(join(folder, 'part.zip')));
    for (const broken of [new Uint8Array(), bytes.slice(0, 100), bytes.slice(0, -1), new Uint8Array(70_000)]) await expect(readZip(broken, inflate)).rejects.toThrow(/archive|damaged|list/);
    for (let at = 0; at < bytes.length; at += Math.max(1, Math.floor(bytes.length / 400))) {
      const copy = bytes.slice();
      copy[at] = (copy[at] ?? 0) ^ 0xff;
      const files = await readZip(copy, inflate).catch((error: unknown) => error as Error);
      expect(files instanceof Map || files instanceof Error).toBe(true);
    }
    const view = new DataView(bytes.slice().buffer);
    const list = view.getUint32(view.byteLength - 6, true);
    view.setUint32(list + 24, 0x7fffffff, true); // a file that says it is 2 GiB
    await expect(readZip(new Uint8Array(view.buffer), inflate)).rejects.toThrow('large');
  }, 60_000);
});
