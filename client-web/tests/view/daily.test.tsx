// What an office enters on ordinary days, on its screens, over real clients and a real server.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Kasane } from '../../src/conference/kasane';
import { until } from '../../src/node/index';
import { ChairTools } from '../../src/view/chair_tools';
import { HomeScreen } from '../../src/view/home';
import { HouseholdScreen } from '../../src/view/household';
import { RegistrarScreen } from '../../src/view/registrar';
import { agency, done, missing, Municipality } from '../live/municipality';
import { Page } from './page';

if (missing) console.log(`skipped: the office's screens (${missing})`);

describe.skipIf(missing)('the office\'s screens', () => {
  let town: Municipality;
  let [registrar, asakura, moriya, dan] = [] as unknown as Kasane[];
  let [caseId, haha, item, conference, record] = ['', '', '', '', ''];
  const shown = async (client: Kasane, screen: preact.JSX.Element): Promise<Page> => {
    const page = new Page(client);
    await page.show(screen);
    return page;
  };
  const household = (client: Kasane) => shown(client, <HouseholdScreen caseId={caseId} />);
  const caseOf = (client: Kasane) => client.model.value!.cases.get(caseId)!;

  beforeAll(async () => {
    town = await Municipality.found();
    registrar = await town.registrar();
    await agency(registrar, 'houkatsu', 'elderly', '東地域包括支援センター');
    asakura = await town.person(registrar, 'asakura', 'shiyakusho', ['coordinator'], '朝倉 みのり');
    moriya = await town.person(registrar, 'moriya', 'shiyakusho', ['compliance'], '守屋 圭');
    dan = await town.person(registrar, 'dan', 'houkatsu', [], '団 さくら');
    ({ case: caseId, subjects: [haha = ''] } = await done(asakura.openCase([{}])));
    ({ conference } = await done(asakura.convene(new Date((asakura.now() ?? 0) + 86_400_000).toISOString())));
    const seats = { asakura: { seat: 'chair' as const }, dan: { seat: 'member' as const } };
    ({ item } = await done(asakura.addItem(conference, caseId, 'SWA106_6', seats)));
    ({ record } = await done(asakura.share({
      case: caseId, item, subjects: [haha], categories: ['FAM'], kind: 'FACT', origin: 'INTAKE', content: { v: 1, title: '題', text: '文' },
    })));
    await until('the record', () => asakura!.model.value?.records.has(record) === true);
  }, 60_000);
  afterAll(() => town?.end(), 30_000);

  it('correct a subject\'s dates and add another, by a coordinator alone', async () => {
    const screen = await household(asakura!);
    await screen.type('成年に達する日', { 年: '20', 月: '4', 日: '1' });
    await screen.press('日付を登録する');
    await screen.sees('成年に達する日：令和20年4月1日');
    expect(caseOf(asakura!).subjects[0]?.majorityAt).toBe('2038-03-31T15:00:00.000Z');
    await screen.press('対象者を加える');
    await until('a second subject', () => caseOf(asakura!).subjects.length === 2);
    const other = await household(moriya!);
    await other.sees('対象者と日付');
    expect(other.text()).not.toContain('対象者を加える');
    expect(other.text()).not.toContain('権限を登録する');
  });

  it('enter a guardian whom no list here has, and set the authority in conflict and back', async () => {
    const screen = await household(asakura!);
    await screen.choose('だれの代わりですか', '対象者');
    await screen.choose('権限の種類', '後見人');
    await screen.choose('権限を持つ人', '名簿にいない人');
    await screen.choose('権限の及ぶ分野', 'すべて');
    await screen.press('権限を登録する');
    await screen.sees('名簿にいない人1：');
    await screen.press('利益相反にする');
    await screen.sees('この人の同意も不同意も数えなくなります');
    await screen.press('利益相反にする');
    await until('in conflict', () => caseOf(asakura!).authorities[0]?.conflict === true);
    await screen.press('利益相反を解く');
    await screen.press('利益相反を解く');
    await until('not in conflict', () => caseOf(asakura!).authorities[0]?.conflict === false);
  });

  it('let the chair name a single record to a member, who then prepares with it', async () => {
    expect(dan!.see(record, item).outcome).toBe('deny');
    const model = () => asakura!.model.value!.items.get(item)!;
    const screen = (await shown(asakura!, <ChairTools item={model()} />)).within('details', '閲覧を広げる指示');
    await screen.choose('だれに', '団 さくら');
    await screen.choose('名指しする記録', '事実');
    await screen.choose('理由', '検討のため');
    await screen.press('指示する');
    await until('the order', () => dan!.see(record, item).outcome === 'permit');
    expect(model().orders[0]).toMatchObject({ person: 'dan', records: [record], categories: [] });
  });

  it('move a sitting to another hour, which everybody sees', async () => {
    const before = dan!.model.value!.conferences.get(conference)!.startsAt;
    const screen = await shown(asakura!, <HomeScreen />);
    const hour = new Date(before).toLocaleTimeString('ja-JP', { timeZone: 'Asia/Tokyo', hour: 'numeric', hourCycle: 'h23' }).replace('時', '');
    await screen.choose('時', hour === '9' ? '10' : '9');
    await screen.press('日時を変える');
    await until('the new hour', () => dan!.model.value!.conferences.get(conference)!.startsAt !== before);
    const member = await shown(dan!, <HomeScreen />);
    expect(member.text()).not.toContain('日時を変える');
  });

  it('enter that something was told by word of mouth, with its ground', async () => {
    const screen = await household(dan!);
    const oral = screen.within('details', '口頭で伝えたことを記録する').within('div', '伝えたのは何の危険');
    await oral.choose('伝えたのは何の危険', '身体');
    await oral.press('口頭で伝えたことを記録する');
    await oral.press('口頭で伝えたことを記録する');
    await screen.sees('記録しました。');
  });

  it('replace a person\'s roles, and say why some do not go together', async () => {
    const screen = await shown(registrar!, <RegistrarScreen />);
    const roles = screen.within('tr', '団 さくら').within('details', '役割を変える');
    await roles.choose('役割', '包括化推進員');
    await roles.choose('役割', '個人情報保護・監査担当');
    await roles.sees('兼ねられない役割');
    await roles.choose('役割', '個人情報保護・監査担当');
    await roles.press('役割を変える');
    await roles.sees('選んだものに置き換わります');
    await roles.press('役割を変える');
    await until('the role', () => dan!.model.value!.me.roles.includes('coordinator'));
  });
});
