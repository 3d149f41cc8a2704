// Names of a household's members, written and read by their labels, over a real client and a real server.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Kasane } from '../../src/conference/kasane';
import { until } from '../../src/node/index';
import { HomeScreen } from '../../src/view/home';
import { HouseholdScreen } from '../../src/view/household';
import { ShareScreen } from '../../src/view/share';
import { done, missing, Municipality } from '../live/municipality';
import { Page } from './page';

if (missing) console.log(`skipped: names on the screens (${missing})`);

describe.skipIf(missing)('the names of a household', () => {
  let town: Municipality;
  let asakura: Kasane;
  let [caseId, haha] = ['', ''];

  beforeAll(async () => {
    town = await Municipality.found();
    asakura = await town.person(await town.registrar(), 'asakura', 'shiyakusho', ['coordinator'], '朝倉 みのり');
    ({ case: caseId, subjects: [haha = ''] } = await done(asakura.openCase([{}, {}])));
    await until('the case', () => asakura.model.value?.cases.has(caseId) === true);
  }, 60_000);
  afterAll(() => town?.end(), 30_000);

  const code = () => asakura.model.value?.cases.get(caseId)?.subjects.find((one) => one.id === haha)?.code ?? '';

  it('are asked for where a record of identity is written, and for nobody else', async () => {
    const screen = new Page(asakura);
    await screen.show(<ShareScreen case={caseId} item={null} correct={null} />);
    await screen.choose('だれについて', `対象者 ${code()}`);
    await screen.choose('分野', '世帯・家族関係');
    expect(screen.text()).not.toContain('氏名');
    await screen.choose('分野', '基本属性');
    await screen.choose('どこで知りましたか', '自分の仕事・本人から');
    await screen.fill('見出し', '世帯の基本情報');
    await screen.fill('内容', '母。持ち家。');
    await screen.fill(`対象者 ${code()}`, '日向 トシ');
    await screen.press('共有する');
    await until('the record', () => asakura.model.value?.records.size === 1);
  });

  it('take the place of the code while that record is open, on every screen, and no longer', async () => {
    const [record = ''] = asakura.model.value?.records.keys() ?? [];
    const screen = new Page(asakura);
    await screen.show(<HomeScreen />);
    expect(screen.text()).toContain(`対象：${code()}`);
    expect(screen.text()).not.toContain('日向 トシ');
    await screen.press('開く');
    await screen.sees('対象：日向 トシ');
    expect(screen.text()).toMatch(/世帯 [A-Z0-9]{6}（日向 トシ）/);
    const household = new Page(asakura);
    await household.show(<HouseholdScreen caseId={caseId} />);
    expect(household.text()).toContain(`日向 トシ（対象者 ${code()}）`);
    asakura.closeView(record);
    await screen.sees('日向 トシ', false);
    await household.sees('日向 トシ', false);
  });
});
