// A server that is set back, and one that goes on from an old copy another way: real clients over a real server whose
// folder somebody exchanged. What they save is judged by the program, without them.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Kasane } from '../../src/conference/kasane';
import { until } from '../../src/node/index';
import { agency, missing, Municipality, programPath } from './municipality';

if (missing) console.log(`skipped: two histories over a real server (${missing})`);

describe.skipIf(missing)('a server whose folder was exchanged', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'kasane-histories-'));
  const yesterday = join(scratch, 'yesterday');
  let town: Municipality;
  let [registrar, dan, kano] = [] as unknown as Kasane[];
  let held = 0;
  const judged = (evidence: string, folder: string[] = []) => {
    const file = join(scratch, 'evidence.json');
    writeFileSync(file, evidence);
    const { status, stdout } = spawnSync(programPath ?? '', ['verify', ...folder, '--evidence', file], { encoding: 'utf8' });
    return { status, line: stdout.split('\n')[0] ?? '', all: stdout };
  };
  /** Whoever holds the disk puts back what he copied. */
  const setBack = async () => {
    await town.kill();
    rmSync(town.folder, { recursive: true });
    cpSync(yesterday, town.folder, { recursive: true });
    await town.serve();
  };

  beforeAll(async () => {
    town = await Municipality.found();
    registrar = await town.registrar();
    await agency(registrar, 'houkatsu', 'elderly', '東地域包括支援センター');
    dan = await town.person(registrar, 'dan', 'houkatsu', [], '団 さくら');
    kano = await town.person(registrar, 'kano', 'houkatsu', [], '加納 有');
    await town.kill();
    cpSync(town.folder, yesterday, { recursive: true });
    await town.serve();
    await town.live(registrar, 'the registrar');
    for (let i = 0; i < 3; i++) await agency(registrar, `today-${i}`, 'elderly', `きょう加えた機関${i}`);
    held = registrar.model.value?.size ?? 0;
    await until('dan and kano to hold it', () => dan!.model.value?.size === held && kano!.model.value?.size === held, 15_000);
    await kano!.stop();
  }, 90_000);
  afterAll(async () => {
    await town?.end();
    rmSync(scratch, { recursive: true, force: true });
  }, 30_000);

  it('to yesterday\'s copy is found out at the next greeting; who has the folder has to explain the file', async () => {
    await setBack();
    await until('dan to notice', () => dan!.connection.value.state === 'stopped', 30_000);
    expect(dan!.evidence.value).toMatchObject({ code: 'EVIDENCE', what: 'ROLLED_BACK' });
    expect(dan!.model.value?.size).toBe(held); // what was held stays to be read
    const share = { case: 'c-1', item: null, subjects: ['s-1'], categories: ['FAM' as const], kind: 'FACT' as const, origin: 'INTAKE', content: { v: 1 as const, title: '題', text: '文' } };
    expect(await dan!.share(share)).toMatchObject({ ok: false, error: { code: 'EVIDENCE' } });
    const text = dan!.exportEvidence() ?? '';
    expect(judged(text)).toMatchObject({ status: 65, line: expect.stringContaining('(rollback)') as string });
    const folder = judged(text, [town.folder]);
    expect(folder.status).toBe(65);
    expect(folder.all).toContain('the ledger was cut, or set back');
  }, 60_000);

  it('and goes on another way is found out after a restart, and the file proves it to anybody', async () => {
    const others = await town.registrar(); // with an empty vault: nothing that it could compare
    for (let i = 0; i < 6; i++) await agency(others, `other-${i}`, 'elderly', `べつの機関${i}`);
    expect(others.model.value?.size).toBeGreaterThan(held);
    const again = await town.started('kano');
    await until('kano to notice', () => again.connection.value.state === 'stopped', 30_000);
    expect(again.evidence.value?.what).toBe('ROOT');
    const text = again.exportEvidence() ?? '';
    expect(judged(text)).toMatchObject({ status: 0, line: expect.stringContaining('PROVEN: the key of') as string });
    expect(judged(text).line).toContain('two histories of one log (fork)');
    expect(judged(text, [town.folder]).all).toContain('two histories of one log (fork)');
    // A byte changed, and it binds nobody.
    expect(judged(text.replace(/"root": "(.)/, (_, digit: string) => `"root": "${digit === '0' ? '1' : '0'}`)).status).toBe(65);
  }, 60_000);
});
