// What an office keeps in order, each on one person's screen and with its effect on another's: the officers' looks into
// the audit, a lost device and the second person who vouches for the new one.
import assert from 'node:assert/strict';
import { enter } from './hands.mjs';
import { Stage } from './stage.mjs';
import { telling, until } from './steps.mjs';

const stage = await Stage.town();
const { step, end } = telling(stage);
const both = (page, name) => stage.look.both(page, name);
const button = (page, name, exact = true) => page.getByRole('button', { name, exact });
const menu = (page, name) => page.getByRole('navigation', { name: 'メニュー' }).getByRole('button', { name, exact: true });
const sure = (page, name) => page.getByRole('alertdialog').getByRole('button', { name, exact: true });
let kano, kirino, hara, dobashi, number;

await step('an officer’s look into the audit is an entry before it shows anything; what was asked another officer reads', async () => {
  kano = await stage.persona('kano');
  await menu(kano, '監査').click();
  await kano.getByText('絞り込み').click();
  await kano.getByLabel('職員', { exact: false }).selectOption({ label: '原 智子' });
  await kano.getByLabel('種類', { exact: false }).selectOption('release');
  assert.equal(await kano.getByRole('cell').count(), 0);
  assert.equal(await kano.locator('.numbers').count(), 0);
  await button(kano, '台帳に残して調べる').focus();
  await kano.keyboard.press('Enter');
  const entry = await kano.getByText(/記録番号\d+として台帳に残しました/).innerText();
  await kano.getByRole('cell', { name: /鍵を渡した/ }).first().waitFor();
  assert.deepEqual(await kano.locator('tbody td:nth-child(2)').evaluateAll((cells) => [...new Set(cells.map((cell) => cell.textContent))]), ['原 智子']);
  await both(kano, 'audit-look');
  // Another officer from today on: the registrar gives the role.
  kirino = await stage.persona('kirino');
  await menu(kirino, '登録管理').click();
  const row = kirino.getByRole('row').filter({ hasText: '沢 直人' });
  await row.getByText('役割を変える').click();
  await row.getByLabel('監査').check();
  await row.getByRole('button', { name: '役割を変える' }).click();
  await sure(kirino, '役割を変える').click();
  const other = await stage.persona('sawa');
  await menu(other, '監査').click();
  await other.getByText('絞り込み').click();
  await other.getByLabel('種類', { exact: false }).selectOption('look');
  await button(other, '台帳に残して調べる').click();
  const seen = other.getByRole('row').filter({ hasText: '狩野 浩' });
  await seen.getByText('原 智子・全世帯・鍵を渡した・全期間').waitFor();
  assert.equal(await seen.locator('td').last().innerText(), /記録番号(\d+)/.exec(entry)[1]);
  await both(other, 'audit-looks');
  await menu(kano, 'ホーム').click();
  await menu(kano, '監査').click();
  assert.equal(await kano.getByRole('cell').count(), 0); // a look ends with its screen
});

await step('who lost a device gets a new one: the registrar adds it and revokes the old, and a colleague vouches for it by its number', async () => {
  hara = await stage.persona('hara');
  const fresh = await stage.enter('hara-new');
  await fresh.locator('form').getByRole('button', { name: '鍵を作る' }).click();
  const bundle = await fresh.getByLabel('端末情報').inputValue();
  number = await fresh.locator('.device-number').innerText();
  assert.match(number, /^([A-Z2-7]{4} ){5}[A-Z2-7]{4}$/);
  await both(fresh, 'device-waiting');
  const form = kirino.locator('form').filter({ has: kirino.getByLabel('だれの端末') });
  await form.getByLabel('だれの端末').selectOption('hara');
  await form.getByLabel('端末情報').fill(bundle);
  await form.getByRole('button', { name: '加える' }).click();
  await fresh.getByRole('heading', { name: '原 智子さん' }).waitFor();
  const old = kirino.getByRole('row').filter({ hasText: '原 智子' }).getByText(/…/).first().locator('..');
  await old.getByRole('button', { name: '無効にする' }).click();
  await sure(kirino, '無効にする').click();
  await hara.getByText(/無効/).first().waitFor();
  await menu(kirino, '端末の確認').click();
  await kirino.getByRole('listitem').filter({ hasText: number }).getByText('ほかの人が確かめます').waitFor(); // who added it does not vouch for it
  dobashi = await stage.persona('dobashi');
  await menu(dobashi, '端末の確認').click();
  const card = dobashi.getByRole('listitem').filter({ hasText: number });
  await card.getByText('原 智子', { exact: true }).waitFor();
  await both(dobashi, 'devices');
  await button(card, '原 智子さんの番号と同じだった').focus();
  await dobashi.keyboard.press('Enter');
  await dobashi.getByRole('alertdialog').getByText('原 智子さん本人から番号を聞き').waitFor();
  await dobashi.keyboard.press('Enter'); // the focus went into the question
  await until('gone from what waits', async () => (await card.count()) === 0);
  await kirino.getByText(/土橋 健さんが確かめました/).waitFor();
  await both(kirino, 'devices-checked');
  await menu(fresh, '設定').click();
  await fresh.getByText(number).waitFor();
});

await step('an agency is asked for cooperation at an item, sees it on its home screen, and its answer stands on the chair’s screen', async () => {
  const asakura = await stage.persona('asakura');
  const today = (page) => page.locator('section').filter({ has: page.getByRole('heading', { name: '今日の会議' }) }).getByRole('article');
  await today(asakura).getByRole('button', { name: '会議に入る' }).click();
  await button(asakura, '議題を開く').click();
  await enter(asakura);
  await asakura.getByText('協力を求める').click();
  await asakura.getByLabel('どの機関に').selectOption({ label: '架空みどり病院' });
  await asakura.getByLabel('情報', { exact: true }).check();
  await asakura.locator('#request-categories').getByLabel('健康・病歴・受診').check();
  const due = asakura.getByRole('group', { name: /いつまでに/ });
  await due.getByLabel('年', { exact: true }).fill('20');
  await due.getByLabel('月', { exact: true }).fill('4');
  await due.getByLabel('日', { exact: true }).fill('1');
  await both(asakura, 'request-ask');
  await button(asakura, '求めたことを記録する').click();
  const at = (page) => page.getByRole('listitem').filter({ hasText: '架空みどり病院に情報を求めました' });
  await at(asakura).getByText('答えを待っています').waitFor();
  const fresh = stage.people.get('hara-new');
  await menu(fresh, 'ホーム').click();
  await fresh.getByText('あなたの機関への求め').waitFor();
  await fresh.getByText('約束の日：令和20年4月1日(木)').waitFor();
  await both(fresh, 'request-home');
  await fresh.getByRole('button', { name: '会議に入る：架空みどり病院に情報を求めました' }).click();
  await enter(fresh);
  await at(fresh).getByText('答えを記録する').click();
  await both(fresh, 'request-answer');
  await at(fresh).getByRole('button', { name: '提供なし' }).focus();
  await fresh.keyboard.press('Enter');
  await fresh.keyboard.press('Enter');
  await at(asakura).getByText(/^提供なし（.*原 智子さんが記録）$/).waitFor();
  const nitta = await stage.persona('nitta');
  await button(nitta, '会議に入る').click();
  await enter(nitta);
  await at(nitta).getByText(/^提供なし/).waitFor();
  assert.equal(await at(nitta).getByText('答えを記録する').count(), 0); // neither asked, nor who keeps the papers
  await both(asakura, 'request-answered');
});

await step('the registrar changes what hospitals are shown from the start: a placeholder opens before a member’s eyes, and closes again', async () => {
  const fresh = stage.people.get('hara-new');
  const housing = fresh.getByRole('article').filter({ hasText: '住まい' });
  await housing.getByText('表示できません：役割に必要な範囲の外です').waitFor();
  await menu(kirino, '登録管理').click();
  const medical = kirino.getByRole('listitem').filter({ hasText: '医療・保健' }).filter({ hasText: '初期の定め' });
  await medical.getByText('変える：医療・保健').click();
  await kirino.locator('#needs-medical').getByLabel('住まい').check();
  const changed = kirino.getByRole('listitem').filter({ has: kirino.locator('#needs-medical') });
  assert.match(await changed.getByRole('status').innerText(), /加わる分野\s+住まい\s+外れる分野\s+なし\s+かかわる人\s+原 智子/);
  await both(kirino, 'needs');
  await button(changed, 'この内容で登録する').focus();
  await kirino.keyboard.press('Enter');
  await kirino.keyboard.press('Enter');
  await housing.getByRole('button', { name: '開く', exact: true }).waitFor();
  await kirino.getByText(/^変更済み（記録番号\d+）$/).waitFor();
  await button(kirino, '初期の定めに戻す：医療・保健').click();
  await button(changed, 'この内容で登録する').click();
  await sure(kirino, 'この内容で登録する').click();
  await housing.getByText('表示できません：役割に必要な範囲の外です').waitFor();
});

await step('the registrar registers a basis that the law’s data has ready, after seeing what it says, and the coordinator convenes on it', async () => {
  await kirino.getByText('根拠を登録する・改める').click();
  await kirino.getByLabel('何を登録しますか').selectOption('revise LAYERED');
  await kirino.getByText('変わるところはありません。').waitFor();
  await kirino.getByLabel('要らない', { exact: true }).check();
  await kirino.getByText('本人の同意がない記録も、この根拠の議題で示されるようになります。').waitFor();
  await both(kirino, 'basis-revise');
  await kirino.getByLabel('何を登録しますか').selectOption('prepared LTCI115_48');
  await kirino.getByText('登録する前に、法務の担当と確かめてください。').waitFor();
  await both(kirino, 'basis-prepared');
  await button(kirino, 'この版を登録する').click();
  await sure(kirino, 'この版を登録する').click();
  await kirino.getByText('登録しました', { exact: true }).waitFor();
  await kirino.getByRole('listitem').filter({ hasText: '地域ケア会議' }).filter({ hasText: '本人の同意：要る' }).first().waitFor();
  const asakura = stage.people.get('asakura');
  await menu(asakura, '会議を招集する').click();
  await button(asakura, '議題を加える').click();
  await asakura.getByLabel('根拠').selectOption({ label: '地域ケア会議' });
});

await step('no page complained, axe found nothing, nothing runs over an edge, is cut off, too small to hit or to read', async () => {
  assert.equal(stage.complaints().join('\n'), '');
});

await end();
