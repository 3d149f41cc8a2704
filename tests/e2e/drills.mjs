// Drills on the demo town: lines that die, tabs that are killed, a server that is killed, two windows, wrong keys. What
// was typed is never lost, what was sent arrives once, and the four words say the truth all the while.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { enter, fillShare, ownLines, reenter, say, sentenceOf, spoken, watchWords, wordsSeen } from './hands.mjs';
import { passphrase, program, Stage } from './stage.mjs';
import { pause, telling, until } from './steps.mjs';

const cutMs = 60_000;
const stage = await Stage.town();
const { step, end } = telling(stage);
/** Vaults and everything under them in this browser. */
const vaultsOf = (page) => page.evaluate(async () => {
  const done = (request) => new Promise((ready, fail) => { request.onsuccess = () => ready(request.result); request.onerror = () => fail(request.error); });
  const database = await done(indexedDB.open('kasane'));
  const counts = await Promise.all(['vaults', 'sealed'].map((name) => done(database.transaction(name).objectStore(name).count())));
  database.close();
  return counts[0] + counts[1];
});
const once = async (page, text) => assert.equal(await spoken(page, text), 1, text);
let asakura, dan, nitta, hara, cut;

await step('four people sit in the open 支援会議 item of 架空市', async () => {
  asakura = await stage.persona('asakura');
  await asakura.getByRole('button', { name: '会議に入る' }).click();
  await asakura.getByRole('button', { name: '議題を開く' }).click();
  await enter(asakura);
  [dan, nitta, hara] = await Promise.all(['dan', 'nitta', 'hara'].map((person) => stage.persona(person)));
  for (const page of [dan, nitta, hara]) {
    await page.getByRole('button', { name: '会議に入る' }).click();
    await enter(page);
  }
  for (const page of [asakura, dan, nitta, hara]) await page.getByText('照合の四語').waitFor();
  await say(nitta, 'つながっているうちの一言です。');
  await until('heard by all', async () => (await Promise.all([asakura, dan, hara].map((page) => spoken(page, 'つながっているうちの一言です。')))).every((count) => count === 1));
});

/** A minute without a line: says one thing, goes on typing another, says it, shares a record, types a third. Runs beside the steps below. */
async function minuteWithoutLine() {
  await watchWords(nitta);
  stage.down = true;
  stage.lines.get('nitta').hold();
  const began = Date.now();
  const told = { silent: 0, gone: 0 }; // ms until the screen says so
  const says = (words) => nitta.getByText(words, { exact: false }).first().waitFor({ timeout: 40_000 }).then(() => Date.now() - began);
  const silent = says('サーバーから返事がありません').then((ms) => { told.silent = ms; });
  const gone = says('接続が切れました').then((ms) => { told.gone = ms; });
  for (const one of [silent, gone]) one.catch(() => {});
  await say(nitta, '切れてすぐの発言です。');
  await nitta.getByLabel('発言', { exact: false }).pressSequentially('切れている間に、ゆっくり書いた発言です。', { delay: 150 });
  await nitta.getByRole('button', { name: '発言する' }).click();
  await silent;
  await stage.look.both(nitta, 'silent-line');
  await gone;
  await nitta.getByRole('button', { name: '記録を共有する' }).click();
  await fillShare(nitta, { category: '障害・手帳', learned: 'この会議で', title: '切れている間の記録', text: '通院の日に付き添いを頼みたいと話した。' });
  await nitta.getByRole('button', { name: '共有する', exact: true }).click();
  await nitta.locator('.state-line').getByText('この端末にだけ保存').waitFor();
  await pause(Math.max(0, began + cutMs - Date.now()));
  const words = await wordsSeen(nitta);
  stage.lines.get('nitta').heal();
  await nitta.getByRole('heading', { name: '記録', exact: true }).waitFor({ timeout: 60_000 }); // the record went, and the screen with it
  return { words, told };
}

await step('a line dies while typing, and the others go on', async () => {
  cut = minuteWithoutLine();
  cut.catch(() => {});
  await say(asakura, '新田さんが切れているあいだの発言です。');
  await until('heard', async () => (await spoken(dan, '新田さんが切れているあいだの発言です。')) === 1);
});

await step('a killed tab gives back what was typed: in the talk, in a record, in a decision', async () => {
  await dan.getByLabel('発言', { exact: false }).fill('まだ送っていない発言');
  await dan.getByRole('button', { name: '記録を共有する' }).click();
  await fillShare(dan, { category: '介護・認知機能', learned: '自分の仕事・本人から', title: '書きかけの見出し', text: '書きかけの本文' });
  await asakura.getByRole('button', { name: '決定を記録する' }).click();
  await asakura.getByLabel('方針', { exact: false }).fill('書きかけの方針');
  for (const page of [dan, asakura]) await page.locator('.state-line .save-word').getByText('この端末にだけ保存').waitFor({ timeout: 1_000 });
  const kill = async (person) => {
    const page = stage.people.get(person);
    const devtools = await page.context().newCDPSession(page);
    const gone = page.waitForEvent('crash');
    devtools.send('Page.crash').catch(() => {}); // no beforeunload, no pagehide: the process is gone
    await gone;
    const again = await stage.window(person, page.context(), stage.addresses.get(person));
    await page.close();
    await again.getByText('接続中').first().waitFor({ timeout: 40_000 });
    return again;
  };
  dan = await kill('dan');
  asakura = await kill('asakura');
  await dan.getByRole('heading', { name: '書きかけ' }).waitFor();
  await dan.getByRole('button', { name: /^続きを書く：記録を共有する/ }).click();
  assert.equal(await dan.getByLabel('見出し').inputValue(), '書きかけの見出し');
  assert.equal(await dan.getByLabel('内容').inputValue(), '書きかけの本文');
  assert.ok(await dan.getByLabel('介護・認知機能').isChecked());
  await dan.getByRole('button', { name: 'ホーム', exact: true }).click();
  await dan.getByRole('button', { name: /^取りやめる：記録を共有する/ }).click();
  await dan.getByRole('button', { name: /^続きを書く：話し合い/ }).click();
  await reenter(dan);
  assert.equal(await dan.getByLabel('発言', { exact: false }).inputValue(), 'まだ送っていない発言');
  await dan.getByText('照合の四語').waitFor();
  await dan.getByRole('button', { name: '発言する' }).click();
  await asakura.getByRole('button', { name: /^続きを書く：決定を記録する/ }).click();
  assert.equal(await asakura.getByLabel('方針', { exact: false }).inputValue(), '書きかけの方針');
  await asakura.getByRole('button', { name: 'やめる' }).click();
  await reenter(asakura);
  await until('said once', async () => (await spoken(asakura, 'まだ送っていない発言')) === 1);
});

await step('a second window of the same browser is told where the first one is, which goes on undisturbed', async () => {
  const second = await stage.window('hara', hara.context(), stage.addresses.get('hara'));
  const said = await sentenceOf(second.getByRole('alert'));
  assert.match(said, /別の窓で開いています/);
  await stage.look.both(second, 'error-vault-in-use');
  await second.close();
  await say(hara, '窓が二つになっても話せます。');
  await until('heard', async () => (await spoken(asakura, '窓が二つになっても話せます。')) === 1);
});

await step('two windows of one persona in two browsers are both live, and stand in the room as one person', async () => {
  const other = await stage.window('hara', await stage.browserOf('hara'), stage.addresses.get('hara'));
  await other.getByRole('button', { name: '会議に入る' }).click();
  await reenter(other);
  await other.getByText('照合の四語').waitFor();
  await say(other, '二つめの窓からの発言です。');
  for (const page of [hara, asakura]) await until('heard once', async () => (await spoken(page, '二つめの窓からの発言です。')) === 1);
  assert.equal(await asakura.locator('.person-line').filter({ hasText: '原 智子' }).count(), 1);
  await other.close();
  await say(hara, '一つに戻りました。');
  await until('heard', async () => (await spoken(asakura, '一つに戻りました。')) === 1);
  await asakura.locator('.person-line').filter({ hasText: '原 智子' }).getByText('在席').waitFor();
});

let second, registrar;
await step('a second device of one person is added, and both are live at once: what one says, the other hears', async () => {
  registrar = await stage.persona('kirino');
  second = await stage.enter('hara-2');
  await second.locator('form').getByRole('button', { name: '鍵を作る' }).click();
  const bundle = await second.getByLabel('端末情報').inputValue();
  await registrar.getByRole('button', { name: '登録管理', exact: true }).click();
  const form = registrar.locator('form').filter({ has: registrar.getByLabel('だれの端末') });
  await form.getByLabel('だれの端末').selectOption('hara');
  await form.getByLabel('端末情報').fill(bundle);
  await form.getByRole('button', { name: '加える' }).click();
  await second.getByRole('heading', { name: '原 智子さん' }).waitFor();
  await second.getByRole('button', { name: '会議に入る' }).click();
  await reenter(second);
  await second.getByText('照合の四語').waitFor();
  await say(second, '新しい端末からの発言です。');
  for (const page of [hara, asakura, second]) await until('heard once', async () => (await spoken(page, '新しい端末からの発言です。')) === 1);
  await say(hara, '前からの端末の発言です。');
  await until('heard', async () => (await spoken(second, '前からの端末の発言です。')) === 1);
  assert.equal(await asakura.locator('.person-line').filter({ hasText: '原 智子' }).count(), 1);
});

await step('a device is revoked while its tab is open and shows a record: within a second the tab says so, shows nothing more, and its socket is closed', async () => {
  await second.getByRole('article').getByRole('button', { name: '開く', exact: true }).first().click();
  const record = second.locator('.record-open').first();
  await record.waitFor();
  const row = registrar.getByRole('row').filter({ hasText: '原 智子' });
  await row.getByRole('button', { name: '無効にする' }).last().click();
  const words = 'この端末は無効にされました';
  const said = second.getByText(words, { exact: false }).first();
  // Both by the pages' own clocks: from the click on the one screen to the words on the other.
  await registrar.evaluate(() => document.addEventListener('click', () => { globalThis.clickedAt = Date.now(); }, true));
  await second.evaluate((sought) => new MutationObserver(() => {
    if (document.body.textContent.includes(sought)) globalThis.toldAt ??= Date.now();
  }).observe(document.body, { subtree: true, childList: true, characterData: true }), words);
  await row.getByRole('alertdialog').getByRole('button', { name: '無効にする' }).click();
  await said.waitFor();
  const toldMs = (await second.evaluate(() => globalThis.toldAt)) - (await registrar.evaluate(() => globalThis.clickedAt));
  assert.ok(toldMs <= 1_000, `the tab said so after ${toldMs} ms`);
  assert.equal(await second.locator('.record-open').count(), 0);
  assert.equal(await second.getByText('原 智子').count(), 0);
  assert.ok(stage.sockets.get('hara-2').every((socket) => socket.isClosed()));
  await stage.look.both(second, 'device-revoked');
  await second.reload();
  await second.getByLabel('合言葉').fill(passphrase);
  await second.getByRole('button', { name: '開く', exact: true }).click();
  await said.waitFor(); // and not an invitation to be registered
  await say(hara, '前からの端末は、そのまま話せます。');
  await until('heard', async () => (await spoken(asakura, '前からの端末は、そのまま話せます。')) === 1);
  await second.close();
  await registrar.close();
});

await step('a wrong passphrase, a cut address, an unknown key, another town’s address: each a sentence of what happened, what is safe, what to do', async () => {
  const start = async (name, fragment) => stage.window(name, await stage.browserOf(name), fragment);
  const whole = stage.addresses.get('ueki');
  const shortened = await start('cut-address', whole.replace(/&p=.*/, '').slice(0, -5));
  assert.match(await sentenceOf(shortened.getByRole('alert')), /途中で切れている/);
  await stage.look.both(shortened, 'error-cut-address');
  const strange = await start('strange-key', whole.replace(/s=[^&]+/, `s=${'A'.repeat(43)}`));
  assert.match(await sentenceOf(strange.getByRole('alert')), /このアドレスの鍵を知りません/);
  await stage.look.both(strange, 'error-unknown-key');
  const elsewhere = await start('other-town', whole.replace(/f=[0-9a-f]{64}/, `f=${'0'.repeat(64)}`));
  assert.match(await sentenceOf(elsewhere.getByRole('alert')), /別のサーバー/);
  await stage.look.both(elsewhere, 'error-other-town');
  await until('nothing is left behind of a town that is not here', async () => (await vaultsOf(elsewhere)) === 0);
  const vault = await stage.enter('passphrase');
  await vault.getByLabel('合言葉').fill('sakura2024');
  await vault.locator('form').getByRole('button', { name: '鍵を作る' }).click();
  assert.match(await sentenceOf(vault.locator('.error')), /推測されやすい/);
  assert.equal(await vaultsOf(vault), 0);
  await stage.look.both(vault, 'error-guessable-passphrase');
  await vault.getByLabel('合言葉').fill(passphrase);
  await vault.locator('form').getByRole('button', { name: '鍵を作る' }).click();
  await vault.getByRole('heading', { name: '登録を待っています' }).waitFor();
  await stage.look.both(vault, 'waiting');
  await vault.reload();
  await vault.getByLabel('合言葉').fill('別の言葉でした');
  await vault.getByRole('button', { name: '開く', exact: true }).click();
  assert.match(await sentenceOf(vault.locator('.error')), /合言葉が違います/);
  await stage.look.both(vault, 'error-wrong-passphrase');
  await vault.getByLabel('合言葉').fill(passphrase);
  await vault.getByRole('button', { name: '開く', exact: true }).click();
  await vault.getByRole('heading', { name: '登録を待っています' }).waitFor();
});

await step('a tab that is left alone for a quarter of an hour shows nothing, and comes back as it was', async () => {
  const page = await stage.window('sawa', await stage.browserOf('sawa', { clock: true }), stage.addresses.get('sawa'));
  await page.getByText('接続中').first().waitFor();
  await page.clock.fastForward('15:05');
  await page.getByRole('heading', { name: '天気' }).waitFor();
  assert.equal(await page.getByText('沢 直人').count(), 0);
  await until('the title to say nothing', async () => (await page.title()) === '天気');
  await stage.look.both(page, 'curtain');
  await page.getByRole('button', { name: '戻る' }).click();
  await page.getByRole('heading', { name: '沢 直人さん' }).waitFor();
});

await step('after a minute, what was typed and sent in the dead line is there once, and no word had claimed more than was so', async () => {
  const { words, told } = await cut;
  assert.ok(told.silent <= 5_000, `the screen said so after ${told.silent} ms`);
  assert.ok(told.gone <= 16_000, `the line was given up after ${told.gone} ms`);
  const mine = ['切れてすぐの発言です。', '切れている間に、ゆっくり書いた発言です。'];
  for (const { head, lines } of words) {
    assert.ok(['保存済み', '送信中', 'この端末にだけ保存', '保存できません'].includes(head), head);
    const own = lines.filter(({ said }) => mine.includes(said));
    for (const { said, word } of own) assert.ok(['送信中', 'この端末にだけ保存'].includes(word), `${said}: ${word} without a line`);
    if (own.length > 0) assert.notEqual(head, '保存済み');
  }
  assert.ok(words.some(({ lines }) => lines.some(({ said, word }) => said === mine[1] && word === 'この端末にだけ保存')));
  for (const page of [asakura, dan, hara, nitta]) for (const text of mine) await until(text, async () => (await spoken(page, text)) === 1, 60_000);
  await until('the order is kept', async () => {
    const said = await asakura.locator('.talk-list .said').allTextContents();
    return said.indexOf(mine[0]) < said.indexOf(mine[1]);
  });
  for (const page of [asakura, dan]) assert.equal(await page.getByRole('article').filter({ hasText: '新田 悟' }).filter({ hasText: '障害・手帳' }).filter({ hasText: '支援会議で' }).count(), 1);
  await until('all of it is saved', async () => (await ownLines(nitta)).every(({ word }) => word === '保存済み'));
  await until('the header too', async () => (await nitta.locator('.state-line .save-word').textContent()) === '保存済み');
  await until('what the others said meanwhile is there', async () => (await spoken(nitta, '新田さんが切れているあいだの発言です。')) === 1);
});

for (const [way, sentence, text] of [
  ['down', 'the server is killed after it wrote a statement and before its answer came: nothing is lost, nothing is doubled', '答えが来る前に止まりました。'],
  ['up', 'the server is killed before a statement reached it: it is said once when the server is back', '届く前に止まりました。'],
]) {
  await step(sentence, async () => {
    await watchWords(nitta);
    stage.lines.get('nitta').hold([way]);
    await say(nitta, text);
    if (way === 'down') await until('written', async () => (await spoken(asakura, text)) === 1);
    else { await pause(500); assert.equal(await spoken(asakura, text), 0); }
    assert.deepEqual((await ownLines(nitta)).filter(({ said }) => said === text), [{ said: text, word: '送信中' }]);
    await stage.kill();
    await until('in words', async () => (await ownLines(nitta)).some(({ said, word }) => said === text && word === 'この端末にだけ保存'));
    for (const { lines } of await wordsSeen(nitta)) for (const { said, word } of lines) assert.ok(said !== text || word !== '保存済み');
    stage.lines.get('nitta').heal();
    await stage.serve(stage.port);
    await until('saved', async () => (await ownLines(nitta)).some(({ said, word }) => said === text && word === '保存済み'), 60_000);
    for (const page of [asakura, dan, hara, nitta]) {
      await page.getByText('接続中').first().waitFor({ timeout: 60_000 });
      await until('there', async () => (await spoken(page, text)) === 1, 30_000);
    }
    await pause(1_000);
    for (const page of [asakura, dan, hara, nitta]) await once(page, text);
  });
}

const judged = async (download, folder = []) => {
  const file = join(stage.folder, 'evidence.json');
  await download.saveAs(file);
  const { status, stdout } = spawnSync(program, ['verify', ...folder, '--evidence', file], { encoding: 'utf8' });
  return { status, said: stdout };
};
const saved = async (page) => {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '証拠を保存する' }).click()]);
  return download;
};

await step('a server that is set back to an old copy is found out: the screen says what happened, what still works, whom to tell', async () => {
  await stage.kill();
  const copy = join(stage.folder, 'yesterday');
  cpSync(stage.data, copy, { recursive: true });
  await stage.serve(stage.port);
  for (const page of [asakura, dan, hara, nitta]) await page.getByText('接続中').first().waitFor({ timeout: 60_000 });
  await say(asakura, 'このあと消される発言です。');
  for (const page of [dan, hara, nitta]) await until('heard', async () => (await spoken(page, 'このあと消される発言です。')) === 1, 60_000);
  stage.lines.get('dan').hold(); // dan is away when it happens
  await stage.kill();
  rmSync(stage.data, { recursive: true });
  cpSync(copy, stage.data, { recursive: true });
  await stage.serve(stage.port);
  await nitta.getByRole('heading', { name: '台帳に食い違いが見つかりました' }).waitFor({ timeout: 60_000 });
  assert.match(await nitta.locator('.message.error').innerText(), /前に確かめたものより古くなっています/);
  await nitta.getByText('監査担当', { exact: false }).first().waitFor();
  await stage.look.both(nitta, 'evidence-older');
  const { status, said } = await judged(await saved(nitta));
  assert.equal(status, 65);
  assert.match(said, /rollback/);
  await nitta.getByRole('button', { name: '続けて読む（送れません）' }).click();
  assert.equal(await spoken(nitta, 'このあと消される発言です。'), 1);
  await nitta.getByRole('button', { name: '食い違いの説明を見る' }).click();
  await nitta.reload();
  await nitta.getByRole('heading', { name: '台帳に食い違いが見つかりました' }).waitFor();
});

await step('a server that goes on another way from there is found out too, and the file proves it to anybody', async () => {
  const other = await stage.window('ueki', await stage.browserOf('ueki'), stage.addresses.get('asakura')); // a browser that has seen nothing
  await other.getByText('接続中').first().waitFor();
  await other.getByRole('button', { name: '会議に入る' }).click();
  await reenter(other);
  await other.getByText('照合の四語').waitFor();
  for (let i = 1; i <= 12; i++) await say(other, `別の歴史の発言その${i}です。`);
  await until('said', async () => (await ownLines(other)).filter(({ said, word }) => said.startsWith('別の歴史') && word === '保存済み').length === 12);
  stage.lines.get('dan').heal();
  stage.lines.get('dan').snap();
  await dan.getByRole('heading', { name: '台帳に食い違いが見つかりました' }).waitFor({ timeout: 60_000 });
  assert.match(await dan.locator('.message.error').innerText(), /両立しない台帳に署名しています/);
  await stage.look.both(dan, 'evidence-fork');
  const { status, said } = await judged(await saved(dan));
  assert.match(said, /PROVEN: .*two histories of one log \(fork\)/);
  assert.equal(status, 0);
});

await step('no page complained, and no screen had anything wrong', async () => {
  assert.equal(stage.complaints().join('\n'), '');
});

await end();
