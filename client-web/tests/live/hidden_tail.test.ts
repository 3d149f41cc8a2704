// Tail hiding (design.md §3): a server that keeps an entry of a unit from one of its readers is found out when that
// reader is about to give somebody a key. Real clients over a real server, and someone between who leaves entries out.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Kasane } from '../../src/conference/kasane';
import { until } from '../../src/node/index';
import { agency, done, missing, Municipality, programPath } from './municipality';

if (missing) console.log(`skipped: a hidden tail over a real server (${missing})`);

describe.skipIf(missing)('a server that hides the end of a unit', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'kasane-tail-'));
  let town: Municipality;
  let [asakura, dan] = [] as unknown as Kasane[];
  let [caseId, haha, law] = ['', '', ''];
  const share = (client: Kasane | undefined, title: string) => client!.share({
    case: caseId, item: law, subjects: [haha], categories: ['LTC'], kind: 'FACT', origin: 'INTAKE', content: { v: 1, title, text: '見守り' },
  });

  beforeAll(async () => {
    town = await Municipality.found();
    const registrar = await town.registrar();
    await agency(registrar, 'houkatsu', 'elderly', '東地域包括支援センター');
    asakura = await town.person(registrar, 'asakura', 'shiyakusho', ['coordinator'], '朝倉 みのり');
    dan = await town.person(registrar, 'dan', 'houkatsu', [], '団 さくら');
    await town.person(registrar, 'kano', 'houkatsu', [], '加納 有');
    ({ case: caseId, subjects: [haha = ''] } = await done(asakura.openCase([{}])));
    const { conference } = await done(asakura.convene(new Date(asakura.now() ?? 0).toISOString()));
    ({ item: law } = await done(asakura.addItem(conference, caseId, 'SWA106_6', { asakura: { seat: 'chair' }, dan: { seat: 'member' } })));
    await done(asakura.openItem(law));
    await until('dan at the item', () => dan!.model.value?.items.get(law)?.state === 'open');
  }, 60_000);
  afterAll(async () => {
    await town?.end();
    rmSync(scratch, { recursive: true, force: true });
  }, 30_000);

  it('is asked where the units end before a record is shared, and an honest answer is good', async () => {
    expect((await share(dan, '一つめ')).ok).toBe(true);
    expect(dan!.evidence.value).toBeNull();
    await until('the statement everywhere', () => asakura!.model.value?.records.size === 1);
  });

  it('is found out before a key is given, and nothing is shared', async () => {
    // dan's line is told of every leaf, and of no entry of the household any more.
    town.between = (text) => {
      const message = JSON.parse(text) as { method?: string; params?: { entries?: { u: string }[] } };
      if (message.method !== 'batch' || !message.params?.entries) return text;
      message.params.entries = message.params.entries.filter((entry) => entry.u !== `case/${caseId}`);
      return JSON.stringify(message);
    };
    await done(asakura!.declareConflict(caseId, 'kano'));
    const records = asakura!.model.value?.records.size;
    const result = await share(dan, '二つめ');
    expect(result).toMatchObject({ ok: false, error: { code: 'EVIDENCE' } });
    expect(dan!.evidence.value?.what).toBe('HIDDEN');
    expect(asakura!.model.value?.records.size).toBe(records);
    const file = join(scratch, 'evidence.json');
    writeFileSync(file, dan!.exportEvidence() ?? '');
    const { stdout } = spawnSync(programPath ?? '', ['verify', '--evidence', file], { encoding: 'utf8' });
    expect(stdout).toContain(`that case/${caseId} ended after 2 entries; that the server showed only 1 (a hidden tail)`);
  });

  it('leaves a ledger behind in which every statement of the units\' ends adds up', async () => {
    await town.kill();
    const { status, stdout } = spawnSync(programPath ?? '', ['verify', town.folder], { encoding: 'utf8' });
    expect(stdout).toContain('everything holds');
    expect(status).toBe(0);
  });
});
