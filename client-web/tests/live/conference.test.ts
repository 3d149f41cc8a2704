// The first conference, by real clients over a real server: what the screens do, without the screens.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Kasane } from '../../src/conference/kasane';
import type { ShareInput } from '../../src/conference/client';
import { until } from '../../src/node/index';
import { agency, done, missing, Municipality, refused } from './municipality';

if (missing) console.log(`skipped: the live conference (${missing})`);

describe.skipIf(missing)('a conference over a real server', () => {
  let town: Municipality;
  let [registrar, asakura, dobashi, dan, ueki, moriya, kano] = [] as unknown as Kasane[];
  let [caseId, haha, musuko, law, layered, conference] = ['', '', '', '', '', ''];
  let [shared, wrong] = ['', ''];
  const talked = new Set<string>();

  const record = (of: Partial<ShareInput>): ShareInput => ({
    case: caseId, item: law, subjects: [haha], categories: ['LTC'], kind: 'FACT', origin: 'INTAKE',
    content: { v: 1, title: '秘密の題名', text: '訪問介護は週二回' }, ...of,
  });
  const item = (client: Kasane | undefined, id: string) => client?.model.value?.items.get(id);
  const card = (client: Kasane | undefined, id: string) => client?.model.value?.records.get(id);

  beforeAll(async () => {
    town = await Municipality.found();
    registrar = await town.registrar();
    await agency(registrar, 'houkatsu', 'elderly', '東地域包括支援センター');
    await agency(registrar, 'jiritsu', 'livelihood', '自立相談支援室');
    await done(registrar.publishNotice('SWA106_6', 1));
    asakura = await town.person(registrar, 'asakura', 'shiyakusho', ['coordinator'], '朝倉 みのり');
    dobashi = await town.person(registrar, 'dobashi', 'shiyakusho', ['consent_officer'], '土橋 誠');
    dan = await town.person(registrar, 'dan', 'houkatsu', [], '団 さくら');
    ueki = await town.person(registrar, 'ueki', 'jiritsu', [], '植木 涼');
    kano = await town.person(registrar, 'kano', 'houkatsu', [], '加納 有');
    moriya = await town.person(registrar, 'moriya', 'shiyakusho', ['compliance'], '守屋 圭');
  }, 60_000);
  afterAll(() => town?.end(), 30_000);

  it('names colleagues to each other, and to the server not at all', () => {
    expect(dan?.model.value?.persons.get('asakura')?.name).toBe('朝倉 みのり');
    expect(town.bytes().includes('朝倉')).toBe(false);
  });

  it('calls the municipality and its first agency by their names', () => {
    expect(dan?.model.value?.tenant).toMatchObject({ id: 'kakuu', name: '架空市' });
    expect(dan?.model.value?.agencies.get('shiyakusho')?.name).toBe('架空市役所');
    expect(dan?.model.value?.agencies.get('jiritsu')?.name).toBe('自立相談支援室');
  });

  it('is convened, with an item for a household', async () => {
    ({ case: caseId, subjects: [haha = '', musuko = ''] } = await done(asakura!.openCase([{}, {}])));
    ({ conference } = await done(asakura!.convene(new Date(asakura!.now() ?? 0).toISOString())));
    const seats = { asakura: { seat: 'chair' as const }, dan: { seat: 'member' as const }, ueki: { seat: 'member' as const } };
    ({ item: law } = await done(asakura!.addItem(conference, caseId, 'SWA106_6', seats)));
    await until('dan to see the item', () => item(dan, law) !== undefined);
    expect(item(dan, law)).toMatchObject({ state: 'waiting', mustAcknowledge: true, complete: true });
    expect(item(dobashi, law)).toBeUndefined();
  });

  it('is read by nobody who has not acknowledged the notice', async () => {
    await done(asakura!.openItem(law));
    expect(await refused(dan!.share(record({})))).toBe('NOT_ACKNOWLEDGED');
    for (const one of [asakura, dan, ueki]) await done(one!.acknowledge(law));
    await until('all to have acknowledged', () => item(asakura, law)?.seats.every((seat) => seat.acknowledged) === true);
  });

  it('shows before sharing who will read and who will not, and shares for exactly those', async () => {
    const { content: _content, ...input } = record({});
    const preview = dan!.previewShare(input);
    expect(preview.accepted).toBe(true);
    expect(preview.readers.map((reader) => [reader.person, reader.now.outcome])).toEqual([['asakura', 'permit'], ['dan', 'permit'], ['ueki', 'deny']]);
    ({ record: shared } = await done(dan!.share(record({}))));
    await until('the card', () => card(asakura, shared) !== undefined);
  });

  it('opens for the chair, and is a placeholder with its reason for whom it does not concern', async () => {
    expect(await done(asakura!.open(shared, law))).toMatchObject({ title: '秘密の題名', text: '訪問介護は週二回' });
    await until('the placeholder', () => card(ueki, shared) !== undefined);
    expect(card(ueki, shared)?.at[law]).toMatchObject({ outcome: 'deny', reason: 'NOT_NEEDED', hidden: false });
    expect(await refused(ueki!.open(shared, law))).toBe('NOT_NEEDED');
    expect(town.bytes().includes('秘密の題名')).toBe(false);
  });

  it('gives the key on, unasked by its user, to whom an order lets read', async () => {
    await done(asakura!.order(law, 'ueki', { records: [shared] }, 'role'));
    await until('the order to reach ueki', () => card(ueki, shared)?.at[law]?.outcome === 'permit');
    const first = await ueki!.open(shared, law);
    if (!first.ok) {
      expect(first.error.code).toBe('KEY_PENDING');
      await until('the key', () => card(ueki, shared)?.opened.state === 'open', 15_000);
    }
    expect(card(ueki, shared)?.opened).toMatchObject({ state: 'open', content: { title: '秘密の題名' } });
  });

  it('is spoken in under keys that the server does not have', async () => {
    for (const one of [asakura, dan, ueki]) await done(one!.enter(law));
    for (const one of [asakura, dan, ueki]) one!.talk(law).subscribe((talk) => { talked.add(talk.state); });
    await until('an epoch for all', () => [asakura, dan, ueki].every((one) => one!.talk(law).value.state === 'ready'), 15_000);
    await done(dan!.say(law, 'きょうは寒いですね'));
    await until('the message', () => ueki!.talk(law).value.messages.some((message) => message.text === 'きょうは寒いですね'));
    expect(new Set([asakura, dan, ueki].map((one) => one!.talk(law).value.words?.join(' '))).size).toBe(1);
    await until('typing', () => { dan!.typing(law); return asakura!.talk(law).value.attendees.find((one) => one.person === 'dan')?.typing === true; }); // never stored: a lost one comes with the next key
    expect(town.bytes().includes('寒い')).toBe(false);
  });

  it('takes a late comer into the circle within a second', async () => {
    const before = asakura!.talk(law).value.epoch ?? 0;
    await done(asakura!.seat(law, 'kano', 'member'));
    await until('kano to see the item', () => item(kano, law) !== undefined);
    await done(kano!.enter(law));
    await done(kano!.acknowledge(law));
    const acknowledged = Date.now();
    await until('a new epoch with kano in it', () => (kano!.talk(law).value.epoch ?? 0) > before && kano!.talk(law).value.state === 'ready');
    expect(Date.now() - acknowledged).toBeLessThan(1_500);
    await done(dan!.say(law, 'ようこそ'));
    await until('the greeting', () => kano!.talk(law).value.messages.some((message) => message.text === 'ようこそ'));
    // What was said before is not for who was not there.
    expect(kano!.talk(law).value.messages.some((message) => message.text?.includes('寒い'))).toBe(false);
  });

  it('corrects what was shared wrongly: the old one withdrawn, the right one in its place', async () => {
    ({ record: wrong } = await done(dan!.share(record({ content: { v: 1, title: '誤り', text: '週三回' } }))));
    await until('the wrong card', () => card(asakura, wrong) !== undefined);
    await done(asakura!.open(wrong, law));
    const { record: right } = await done(dan!.correct(wrong, record({ content: { v: 1, title: '訂正', text: '週二回' } })));
    await until('the correction', () => card(asakura, wrong)?.withdrawn === true && card(asakura, right) !== undefined);
    expect(card(asakura, wrong)).toMatchObject({ replacedBy: right, opened: { state: 'closed' } });
    expect(card(asakura, right)?.replaces).toBe(wrong);
  });

  it('makes new keys when somebody is unseated', async () => {
    const before = asakura!.talk(law).value.epoch ?? 0;
    await done(asakura!.seat(law, 'kano', 'none'));
    await until('an epoch without kano', () => [asakura, dan, ueki].every((one) => (one!.talk(law).value.epoch ?? 0) > before && one!.talk(law).value.state === 'ready'));
  });

  it('records a decision and has it confirmed by another', async () => {
    const { decision, record: text } = await done(asakura!.recordDecision(law, {
      kind: 'new', restsOn: [shared], subjects: [haha], categories: ['LTC'], origin: 'SWA106_6',
      text: { v: 1, policy: '見守りを続ける', works: '週二回の訪問', tasks: [{ who: 'dan', what: '訪問', due: '2026-12-01' }], next: '2026-12-10' },
    }));
    await until('the decision', () => ueki!.model.value?.decisions.has(decision) === true);
    expect(await refused(asakura!.confirmDecision(decision))).toBe('SECOND_PERSON');
    await done(ueki!.confirmDecision(decision));
    await until('confirmed', () => asakura!.model.value?.decisions.get(decision)?.confirmedBy === 'ueki');
    await done(asakura!.closeItem(law));
    expect(await done(asakura!.open(text, null))).toMatchObject({ policy: '見守りを続ける', works: '週二回の訪問', tasks: [{ who: 'dan', what: '訪問', due: '2026-12-01' }] });
  });

  it('raised no alarm when somebody was unseated and the item ended: the old keys are too wide then, as they must be', async () => {
    for (const one of [asakura, dan, ueki, kano]) await one!.leave(law);
    await until('all to have left', () => asakura!.talk(law).value.attendees.every((one) => one.state === 'left'));
    expect(talked).toContain('ready');
    expect(talked).not.toContain('stopped');
  });

  it('opens a placeholder before the readers\' eyes when consent is given, and closes it within a second when revoked', async () => {
    const seats = { asakura: { seat: 'chair' as const }, dan: { seat: 'member' as const }, ueki: { seat: 'member' as const } };
    ({ item: layered } = await done(asakura!.addItem(conference, caseId, 'LAYERED', seats)));
    await done(asakura!.openItem(layered));
    await until('the second item', () => item(ueki, layered)?.state === 'open');
    const { record: income } = await done(ueki!.share(record({ item: layered, subjects: [musuko], categories: ['FIN'], content: { v: 1, title: '家計', text: '滞納' } })));
    await until('the placeholder', () => card(asakura, income)?.at[layered]?.reason === 'NO_CONSENT');
    const consent = {
      case: caseId, subject: musuko, giver: 'self', state: 'granted' as const, categories: ['FIN' as const], recipients: ['shiyakusho'],
      method: 'written' as const, evidenceFile: new Uint8Array([1, 2, 3]),
    };
    const preview = await done(dobashi!.previewConsent(consent));
    expect(preview).toMatchObject({ reckonedBy: 'server', rejected: [] });
    expect(preview.flips.map((flip) => [flip.person, flip.basis, flip.before.reason, flip.after.ground ?? flip.after.reason])).toEqual([
      ['asakura', 'LAYERED', 'NO_CONSENT', 'CONSENT'], ['dan', 'LAYERED', 'NO_CONSENT', 'CONSENT_NOT_COVERING'],
    ]);
    await done(dobashi!.recordConsent(consent));
    await until('the placeholder to open', () => card(asakura, income)?.at[layered]?.outcome === 'permit');
    const opened = await asakura!.open(income, layered);
    if (!opened.ok) await until('the key', () => card(asakura, income)?.opened.state === 'open', 15_000);
    const { evidenceFile: _file, ...rest } = consent;
    const before = Date.now();
    await done(dobashi!.recordConsent({ ...rest, state: 'revoked', evidenceFile: new Uint8Array([4]) }));
    await until('the view to close', () => card(asakura, income)?.opened.state === 'closed');
    expect(Date.now() - before).toBeLessThan(1_000);
    expect(asakura!.notes.value.some((note) => note.kind === 'view_closed' && note.record === income)).toBe(true);
  });

  it('shows compliance every release and refusal with its ground, and no content', async () => {
    const question = { person: null, case: null, kind: 'all', from: null, to: null } as const;
    expect(moriya!.audit.value).toEqual([]); // nothing before the look stands in the ledger
    expect(await refused(asakura!.queryAudit(question))).toBe('NOT_AUTHORISED');
    expect(asakura!.audit.value).toEqual([]);
    const look = await done(moriya!.queryAudit(question));
    const rows = moriya!.audit.value;
    expect(rows.at(-1)).toMatchObject({ index: look.index, kind: 'look', person: 'moriya', asked: question });
    expect(rows.some((row) => row.kind === 'release' && row.record === shared && row.person === 'ueki')).toBe(true);
    expect(rows.find((row) => row.kind === 'release' && row.record === shared && row.person === 'asakura')).toMatchObject({ ground: 'LAW', alarm: null, categories: ['LTC'] });
    expect(rows.every((row) => row.alarm === null)).toBe(true);
    expect(await refused(moriya!.open(shared, null))).toBe('NOT_MEMBER');
    const report = await moriya!.checkLedger();
    expect(report).toMatchObject({ checkpointValid: true, findings: [], readsAll: true, accounted: report.size });
    expect(report.entries).toBeGreaterThan(40);
  });

  it('is still there after a power cut, for a reloaded tab, with nothing asked twice', async () => {
    await town.kill();
    await until('the line to be lost', () => dan!.connection.value.state !== 'live');
    await until('the officer’s line to be lost', () => moriya!.connection.value.state !== 'live');
    const shown = moriya!.audit.value;
    expect(await refused(moriya!.queryAudit({ person: 'dan', case: null, kind: 'all', from: null, to: null }))).toBe('OFFLINE_ASK');
    expect(moriya!.audit.value).toEqual(shown); // what was asked before, and not what could not be recorded
    const said = dan!.recordConsent({ case: caseId, subject: haha, giver: 'self', state: 'refused', categories: '*', recipients: '*', method: 'oral', witness: 'ueki' });
    await until('kept here', () => dan!.outbox.value.some((one) => one.state === 'local' && one.kinds.includes('consent.record')));
    await town.serve();
    expect(await refused(said)).toBe('NOT_AUTHORISED');
    const again = await town.reloaded('dan');
    // The ledger goes on by itself (attendance, epochs): both come to the same size, not at the same instant.
    await until('the same ledger in both', () => again.model.value !== null && again.model.value.size === dan!.model.value?.size);
    expect(again.evidence.value).toBeNull();
  });

  it('was spoken, frame by frame, in the shapes of the published contract', () => {
    expect(town.contract.faults).toEqual([]);
    const seen = new Set(town.contract.seen.keys());
    for (const what of ['hello', 'batch', 'signal', 'wanted', 'error', 'envelope'] as const) expect(seen).toContain(what);
    for (const method of ['authenticate', 'feed', 'append', 'open', 'enter', 'signal', 'what_if']) for (const way of ['request', 'result']) expect(seen).toContain(`${method} ${way}`);
  });
});
