import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Keep } from '../../src/conference/ports';
import { parseEnvelope } from '../../src/crypto/envelope';
import { sodiumReady } from '../../src/crypto/sodium';
import { parsePayload } from '../../src/ledger/payload';
import { type Policy, PolicyFailed } from '../../src/policy/door';
import { memoryKeep } from '../../src/node/node_host';
import { openClient, ScriptedServer, StillHost, willingPolicy } from './stage';

beforeAll(sodiumReady);

let host: StillHost;
let server: ScriptedServer;
let keep: Keep;
const open = (policy?: Policy) => openClient({ host, server, keep }, policy);
const nonces = () => server.asked.filter((request) => request.method === 'append').flatMap(({ params }) => params['envelopes'] as string[])
  .map((text) => parsePayload(parseEnvelope(text)?.payload ?? new Uint8Array())?.nonce);

beforeEach(() => {
  host = new StillHost(Date.parse('2026-11-01T00:01:00.000Z'));
  server = new ScriptedServer();
  keep = memoryKeep();
});

describe('what is saved', () => {
  it('is called saved only after the durable acknowledgement', async () => {
    const client = open();
    await host.pass(100);
    let answered = false;
    server.answers.set('append', () => 'silence');
    const done = client.openItem('i-1').finally(() => { answered = true; });
    await host.pass(100);
    expect(client.outbox.value.map((one) => one.state)).toEqual(['sending']);
    expect(client.saved.value).toBe('sending');
    expect(answered).toBe(false);
    server.answers.delete('append');
    server.cut();
    await host.pass(1);
    expect(client.saved.value).toBe('local');
    await host.pass(3_200);
    expect((await done).ok).toBe(true);
    expect(client.outbox.value.map((one) => one.state)).toEqual(['saved']);
    await host.pass(10_001);
    expect(client.outbox.value).toEqual([]);
  });

  it('goes again with the very same bytes after the line broke', async () => {
    const client = open();
    await host.pass(100);
    server.answers.set('append', () => 'silence');
    void client.openItem('i-1');
    await host.pass(100);
    server.cut();
    server.answers.delete('append');
    await host.pass(3_200);
    const [first, second] = nonces();
    expect(first).toBeDefined();
    expect(second).toBe(first);
  });

  it('survives a killed tab', async () => {
    const client = open();
    await host.pass(100);
    server.up = false;
    server.cut();
    await host.pass(1);
    void client.openItem('i-1');
    await host.pass(10);
    expect(client.saved.value).toBe('local');
    server.up = true; // the tab is gone without a word; a new one opens the same vault
    const next = open();
    await host.pass(3_200);
    expect(next.saved.value).toBe('saved');
    expect(server.town.entries.some((entry) => entry.unit === 'item/i-1')).toBe(true);
  });

  it('that came too late is signed anew with a new nonce', async () => {
    const client = open();
    await host.pass(100);
    let refusals = 0;
    server.answers.set('append', () => (refusals++ === 0 ? { refuse: 'CLOCK' } : null));
    const done = client.openItem('i-1');
    await host.pass(4_000);
    expect((await done).ok).toBe(true);
    const [first, second] = nonces();
    expect(second).not.toBe(first);
  });

  it('whose ground has changed is shown again before it is signed again', async () => {
    const client = open();
    await host.pass(100);
    server.answers.set('append', () => ({ refuse: 'STALE', data: { changed: [{ index: 3, unit: 'case/c-1' }] } }));
    const done = client.openItem('i-1');
    await host.pass(100);
    expect(await done).toEqual({ ok: false, error: { code: 'STALE', changed: [{ index: 3, unit: 'case/c-1' }] } });
    const [submission] = client.outbox.value;
    expect(submission).toMatchObject({ state: 'failed', repeatable: true });
    expect(client.notes.value.map((note) => note.kind)).toContain('stale');
    server.answers.delete('append');
    const again = client.signAgain(submission?.id ?? '');
    await host.pass(4_000);
    expect((await again).ok).toBe(true);
  });

  it('in vain stays with its reason until it is put away', async () => {
    const client = open();
    await host.pass(100);
    server.answers.set('append', () => ({ refuse: 'NOT_AUTHORISED' }));
    const done = client.openItem('i-1');
    await host.pass(100);
    expect(await done).toEqual({ ok: false, error: { code: 'NOT_AUTHORISED' } });
    expect(client.saved.value).toBe('failed');
    await client.discard(client.outbox.value[0]?.id ?? '');
    expect(client.saved.value).toBe('saved');
  });

  it('is never held up by a step that the policy cannot read, before a reload or after', async () => {
    const strict: Policy = {
      fresh: (reader) => {
        const fold = willingPolicy().fresh(reader);
        return { ...fold, unitOf: (statement) => {
          if ((statement as { item?: string }).item === 'BAD id') throw new PolicyFailed('MALFORMED');
          return fold.unitOf(statement);
        } };
      },
    };
    const client = open(strict);
    await host.pass(100);
    const bad = client.openItem('BAD id');
    const good = client.openItem('i-1');
    await host.pass(100);
    expect(await bad).toMatchObject({ ok: false, error: { code: 'MALFORMED' } });
    expect((await good).ok).toBe(true);
    await client.stop();
    const next = open(strict);
    await host.pass(100);
    const after = next.openItem('i-2');
    await host.pass(100);
    expect((await after).ok).toBe(true);
  });

  it('not after ten seconds, where it narrows, is loud', async () => {
    const client = open();
    await host.pass(100);
    server.answers.set('append', () => 'silence');
    void client.openItem('i-1');
    await host.pass(10_100);
    expect(client.notes.value.map((note) => note.kind)).not.toContain('narrowing_late');
    void client.declareConflict('c-1', 'dan');
    await host.pass(10_100);
    expect(client.notes.value.map((note) => note.kind)).toContain('narrowing_late');
  });

  it('gives a draft back, and holds no plain text', async () => {
    const client = open();
    await host.pass(100);
    await client.saveDraft('share/i-1', { text: '書きかけ' });
    const next = open();
    await host.pass(100);
    expect(next.draft('share/i-1')?.value).toEqual({ text: '書きかけ' });
    await next.dropDraft('share/i-1');
    expect(await keep.keys('draft/')).toEqual([]);
  });
});
