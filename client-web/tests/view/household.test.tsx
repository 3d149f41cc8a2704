// The household's screen and the second person's home, worked by their labels, over real clients and a real server.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Kasane } from '../../src/conference/kasane';
import { until } from '../../src/node/index';
import { HomeScreen } from '../../src/view/home';
import { HouseholdScreen } from '../../src/view/household';
import { LiveScreen } from '../../src/view/live';
import { agency, done, missing, Municipality } from '../live/municipality';
import { Page } from './page';

if (missing) console.log(`skipped: the household's screens (${missing})`);

describe.skipIf(missing)('the household\'s screens', () => {
  let town: Municipality;
  let [asakura, sakai, mamiya, moriya, dan] = [] as unknown as Kasane[];
  let [caseId, haha, law, conference] = ['', '', '', ''];
  const home = async (client: Kasane): Promise<Page> => {
    const page = new Page(client);
    await page.show(<HomeScreen />);
    return page;
  };
  const household = async (client: Kasane): Promise<Page> => {
    const page = new Page(client);
    await page.show(<HouseholdScreen caseId={caseId} />);
    return page;
  };

  beforeAll(async () => {
    town = await Municipality.found();
    const registrar = await town.registrar();
    await agency(registrar, 'houkatsu', 'elderly', '東地域包括支援センター');
    await done(registrar.publishNotice('SWA106_6', 1));
    asakura = await town.person(registrar, 'asakura', 'shiyakusho', ['coordinator'], '朝倉 みのり');
    sakai = await town.person(registrar, 'sakai', 'shiyakusho', ['coordinator'], '酒井 透');
    mamiya = await town.person(registrar, 'mamiya', 'shiyakusho', ['protection'], '間宮 玲子');
    moriya = await town.person(registrar, 'moriya', 'shiyakusho', ['compliance'], '守屋 圭');
    dan = await town.person(registrar, 'dan', 'houkatsu', [], '団 さくら');
    ({ case: caseId, subjects: [haha = ''] } = await done(asakura.openCase([{}, {}])));
    ({ conference } = await done(asakura.convene(new Date(asakura.now() ?? 0).toISOString())));
    const seats = { asakura: { seat: 'chair' as const }, dan: { seat: 'member' as const }, mamiya: { seat: 'member' as const } };
    ({ item: law } = await done(asakura.addItem(conference, caseId, 'SWA106_6', seats)));
    await done(asakura.openItem(law));
    await done(asakura.acknowledge(law));
    await until('the case at all', () => [sakai, mamiya, moriya, dan].every((one) => one!.model.value?.cases.has(caseId)));
  }, 60_000);
  afterAll(() => town?.end(), 30_000);

  it('protect a person, and lift it by the second signature that waits on another\'s home', async () => {
    const screen = await household(mamiya!);
    await screen.sees('保護は登録されていません');
    await screen.choose('だれを守りますか', '対象者');
    await screen.press('保護を登録する');
    await screen.sees('示さない相手：いません');
    await screen.press('保護を解除する');
    await screen.sees('二人の署名が要ります');
    await screen.choose('二人目の署名を頼む人', '守屋 圭');
    await screen.press('署名して二人目に頼む');
    await screen.sees('守屋 圭さんに頼みました');
    const second = await home(moriya!);
    await second.sees('間宮 玲子さんが署名しました');
    expect(second.text()).toContain(`保護を解除する：世帯 ${asakura!.model.value?.cases.get(caseId)?.code}`);
    await second.press('確かめて署名する');
    await screen.sees('保護は登録されていません');
    await second.sees('二人目の署名を待っています', false);
  });

  it('ask for an emergency disclosure with what it means said, and have it approved and reviewed on home', async () => {
    const screen = await household(dan!);
    await screen.sees('あなたが求めても、まだ何も開きません。');
    await screen.choose('だれに示しますか', '団 さくら');
    await screen.choose('どの分野を', '健康');
    await screen.choose('何の危険ですか', '生命');
    await screen.press('緊急提供を求める');
    await screen.sees('求めたことは取り消せません');
    await screen.press('緊急提供を求める');
    await screen.sees('求めました。');
    expect(screen.text()).toContain('承認を待っています');
    const officer = await home(moriya!);
    await officer.sees('求めた人：団 さくら');
    await officer.press('承認する');
    await officer.sees('すぐに開きます');
    await officer.press('承認する');
    await screen.sees('に閉じます');
    // Who approved does not review.
    await officer.sees('妥当だった', false);
  });

  it('hand a household over, after which it is another\'s', async () => {
    const screen = await household(asakura!);
    await screen.choose('次の推進員', '酒井 透');
    await screen.press('担当を引き継ぐ');
    await screen.press('担当を引き継ぐ');
    await screen.sees('引き継ぎました。');
    await until('the successor to see it', () => sakai!.model.value?.cases.get(caseId)?.coordinator === 'sakai');
  });

  it('let the chair record who has read the notice on paper, and give a member a task', async () => {
    const { record } = await done(asakura!.share({
      case: caseId, item: law, subjects: [haha], categories: ['FAM'], kind: 'FACT', origin: 'INTAKE', content: { v: 1, title: '題', text: '文' },
    }));
    await until('the record', () => asakura!.model.value?.records.has(record) === true);
    const screen = new Page(asakura!);
    await screen.show(<LiveScreen conference={conference} item={law} />);
    await screen.press('議題に入る');
    await screen.press('紙で確認した：団 さくら');
    await screen.sees('端末のない人の確認（1）');
    await screen.choose('引き受ける人', '団 さくら');
    await screen.choose('どの記録を', '事実');
    await screen.press('割り当てる');
    await screen.sees('役割・課題（1）');
    const assignee = await home(dan!);
    await assignee.sees('わたしの課題');
  });

  it('show the chair what may come over from the support conference, closed, and who will read it there', async () => {
    const { record } = await done(dan!.share({
      case: caseId, item: law, subjects: [haha], categories: ['LTC'], kind: 'FACT', origin: 'SWA106_6', content: { v: 1, title: '題', text: '会議で知ったこと' },
    }));
    const seats = { asakura: { seat: 'chair' as const }, dan: { seat: 'member' as const } };
    const { item: layered } = await done(sakai!.addItem(conference, caseId, 'LAYERED', seats));
    await until('the layered item', () => asakura!.model.value?.items.has(layered) === true);
    await done(sakai!.recordConsent({
      case: caseId, subject: haha, giver: 'self', state: 'granted', categories: ['LTC'], recipients: ['shiyakusho'], method: 'oral', witness: 'dan',
    }));
    await until('the consent', () => asakura!.previewRebase(record, layered).accepted);
    const screen = new Page(asakura!);
    await screen.show(<LiveScreen conference={conference} item={layered} />);
    await screen.press(screen.buttonLike('議題2'));
    await screen.sees('支援会議で知った記録');
    expect(screen.text()).not.toContain('会議で知ったこと');
    await screen.press('重層へ移す');
    await screen.sees('読める人・読めない人');
    await screen.press('重層へ移す');
    await until('the new record', () => [...(asakura!.model.value?.records.values() ?? [])].some((one) => one.rebasedFrom === record));
    await screen.sees('支援会議で知った記録', false);
  });

  it('show nothing of a household to who has declared a conflict, at once', async () => {
    const screen = await household(dan!);
    await screen.press('自分の利益相反を申し出る');
    await screen.press('自分の利益相反を申し出る');
    await screen.sees('もう無いか、あなたには示されないものです');
    await until('the item to be gone', () => dan!.model.value?.items.has(law) === false);
  });
});
