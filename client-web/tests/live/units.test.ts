// policy.md §12 end to end, by real clients with policy.wasm over a real server: a household that becomes readable in the
// middle of a sitting comes whole, with its past; one that ceases to be leaves the screen and the device at once.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Kasane } from '../../src/conference/kasane';
import { until } from '../../src/node/index';
import { agency, done, missing, Municipality } from './municipality';

if (missing) console.log(`skipped: units over a real server (${missing})`);

describe.skipIf(missing)('what a device holds in a sitting', () => {
  let town: Municipality;
  let [asakura, moriya, mamiya, dan, kano] = [] as unknown as Kasane[];
  let [caseId, haha, law, shared] = ['', '', '', ''];
  const held = (client: Kasane | undefined) => ({
    household: client?.model.value?.cases.has(caseId), item: client?.model.value?.items.has(law), record: client?.model.value?.records.has(shared),
  });
  const all = { household: true, item: true, record: true };
  const nothing = { household: false, item: false, record: false };
  const comes = (client: Kasane | undefined, expected: typeof all) =>
    until(JSON.stringify(expected), () => JSON.stringify(held(client)) === JSON.stringify(expected), 5_000);

  beforeAll(async () => {
    town = await Municipality.found();
    const registrar = await town.registrar();
    await agency(registrar, 'houkatsu', 'elderly', '東地域包括支援センター');
    asakura = await town.person(registrar, 'asakura', 'shiyakusho', ['coordinator'], '朝倉 みのり');
    moriya = await town.person(registrar, 'moriya', 'shiyakusho', ['compliance'], '守屋 圭');
    mamiya = await town.person(registrar, 'mamiya', 'shiyakusho', ['protection'], '間宮 玲子');
    dan = await town.person(registrar, 'dan', 'houkatsu', [], '団 さくら');
    kano = await town.person(registrar, 'kano', 'houkatsu', [], '加納 有');
    ({ case: caseId, subjects: [haha = ''] } = await done(asakura.openCase([{}])));
    const { conference } = await done(asakura.convene(new Date(asakura.now() ?? 0).toISOString()));
    ({ item: law } = await done(asakura.addItem(conference, caseId, 'SWA106_6', { asakura: { seat: 'chair' }, dan: { seat: 'member' } })));
    await done(asakura.openItem(law));
    await until('dan at the item', () => dan!.model.value?.items.get(law)?.state === 'open');
    ({ record: shared } = await done(dan.share({
      case: caseId, item: law, subjects: [haha], categories: ['LTC'], kind: 'FACT', origin: 'INTAKE', content: { v: 1, title: '題', text: '見守り' },
    })));
    await until('the record at the chair', () => asakura!.model.value?.records.has(shared) === true);
  }, 60_000);
  afterAll(() => town?.end(), 30_000);

  it('is nothing of a household where one has no part', () => {
    expect(held(dan)).toEqual(all);
    expect(held(kano)).toEqual(nothing);
  });

  it('comes whole to who is seated in the middle of it', async () => {
    await done(asakura!.seat(law, 'kano', 'member'));
    await comes(kano, all);
    expect(kano!.model.value?.items.get(law)?.complete).toBe(true);
  });

  it('leaves the screen and the device of who is unseated, and is not there after a reload', async () => {
    await done(asakura!.seat(law, 'kano', 'none'));
    await comes(kano, nothing);
    const again = await town.reloaded('kano');
    await until('kano again', () => again.model.value !== null);
    expect(held(again)).toEqual(nothing);
    expect(held(dan)).toEqual(all);
  });

  it('leaves who is found in conflict, for everything that the household says', async () => {
    await done(asakura!.declareConflict(caseId, 'dan'));
    await comes(dan, nothing);
    expect(held(moriya)).toEqual({ household: true, item: true, record: false }); // compliance reads what is said of it, and is shown no record
    expect(mamiya!.model.value?.cases.has(caseId)).toBe(true);
  });
});
