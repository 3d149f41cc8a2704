// The whole chain by keyboard alone: open, enter, acknowledge, share, talk, decide, confirm. The mouse is not touched.
import assert from 'node:assert/strict';
import { spoken } from './hands.mjs';
import { Keys } from './keys.mjs';
import { Stage } from './stage.mjs';
import { telling, until } from './steps.mjs';

const stage = await Stage.town();
const { step, end } = telling(stage);
let chair, member, recorder;
const notice = async (keys) => {
  await keys.page.getByRole('heading', { name: '守秘義務の確認' }).waitFor();
  await keys.kept();
  await keys.press('以上を読み、理解し、守ります', 'Space');
  await keys.press('議題に入る');
  await keys.page.getByText('同意がなくても共有できます').waitFor();
  await keys.kept();
};

await step('from the home screen past the menu into the sitting; the chair opens the item and acknowledges its notice', async () => {
  chair = new Keys(await stage.persona('asakura'));
  await chair.press('本文へ進む');
  await chair.press('会議に入る');
  await chair.kept();
  await chair.press('議題を開く');
  await notice(chair);
});

await step('a member on a narrow screen enters, reads the notice and acknowledges it', async () => {
  member = new Keys(await stage.persona('nitta', { viewport: { width: 390, height: 844 } }));
  await member.press('会議に入る');
  await notice(member);
});

await step('she writes a record, sees who will read it, and shares it', async () => {
  const { page } = member;
  await member.press('記録を共有する');
  await page.getByRole('heading', { name: '記録を共有する' }).waitFor();
  await member.kept();
  await member.press(/^対象者/, 'Space');
  await member.press('障害・手帳', 'Space');
  await member.press('自分の仕事・本人から', 'Space');
  await page.keyboard.press('ArrowDown'); // この会議で: a group of radio buttons is one stop
  assert.equal((await member.here()).name, 'この会議で');
  await member.write(/^見出し/, '手帳の更新');
  await member.write(/^内容/, '更新は来月である。');
  await page.getByRole('heading', { name: '読める人・読めない人' }).waitFor();
  await member.press('共有する');
  await page.getByRole('heading', { name: '記録', exact: true }).waitFor();
  await member.kept();
});

await step('she says something, and the field is hers again for the next', async () => {
  await member.press(/^話し合い/); // a phone shows one part at a time
  await member.page.getByText('照合の四語').waitFor();
  await member.write(/^発言/, '手だけで書きました。');
  await member.press('発言する');
  await until('heard', async () => (await spoken(chair.page, '手だけで書きました。')) === 1);
  assert.match((await member.here()).name, /^発言/);
});

await step('the chair hides the screen with Esc twice and comes back', async () => {
  await chair.page.keyboard.press('Escape');
  await chair.page.keyboard.press('Escape');
  await chair.page.getByRole('heading', { name: '天気' }).waitFor();
  await chair.press('戻る');
  await chair.kept();
});

await step('the chair opens a record, records a decision, checks and signs it', async () => {
  const { page } = chair;
  await page.getByRole('heading', { name: '記録', exact: true }).waitFor();
  await chair.press('決定を記録する');
  await page.getByRole('heading', { name: '決定を記録する' }).waitFor();
  await chair.kept();
  await chair.choose(/^決定の種類/, 'continue');
  await chair.press('内容を確かめる');
  await page.getByRole('alert').waitFor(); // what is missing, with links; the focus is there
  await chair.press(/^方針/);
  assert.match((await chair.here()).name, /^方針/);
  await page.keyboard.insertText('長男の通院に付き添う。');
  await chair.write(/^できていること/, '家事を分け合っている。');
  await chair.write(/^だれが/, '新田');
  await chair.write(/^何を/, '受診に付き添う');
  await chair.write(/^いつまでに/, '12月4日');
  await chair.write(/^次回/, '12月16日');
  await chair.press('内容を確かめる');
  await page.getByRole('heading', { name: '署名する前に確かめてください' }).waitFor();
  await chair.kept();
  await chair.press('署名して記録する');
  await page.getByText('記録者の確認を待っています').waitFor();
  await chair.kept();
});

await step('the recorder reads it and confirms', async () => {
  recorder = new Keys(await stage.persona('dan'));
  await recorder.press('決定を読む');
  await recorder.page.getByText('長男の通院に付き添う。').waitFor();
  await recorder.kept();
  await recorder.press('内容を確かめて承認する');
  await recorder.page.getByText(/が確認しました/).waitFor();
  await recorder.kept();
});

await step('the chair ends the item: the question takes the focus, and answering it loses nothing', async () => {
  await chair.press('戻る');
  await chair.kept();
  await chair.press('議題を終える');
  assert.equal((await chair.here()).name, '議題を終える');
  await chair.page.keyboard.press('Enter');
  await chair.page.getByText('この議題は終わりました').waitFor();
  await chair.kept();
});

await step('at each of the stops the focus was seen, and no page complained', async () => {
  assert.ok(chair.stops + member.stops + recorder.stops > 100, String(chair.stops + member.stops + recorder.stops));
  assert.equal(stage.complaints().join('\n'), '');
});

await end();
