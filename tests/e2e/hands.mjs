// What people do on the screens, and what they see there, in words.
import assert from 'node:assert/strict';

/** Reads the notice of the open item, acknowledges it and goes in. */
export async function enter(page) {
  await page.getByLabel('以上を読み、理解し、守ります').check();
  await page.getByRole('button', { name: '議題に入る' }).click();
}

/** Into an item whose notice was acknowledged before: the switch is still shown. */
export const reenter = (page) => page.getByRole('button', { name: '議題に入る' }).click();

export async function say(page, text) {
  await page.getByLabel('発言', { exact: false }).fill(text);
  await page.getByRole('button', { name: '発言する' }).click();
}

/** How often a text stands in the talk. */
export const spoken = (page, text) => page.locator('.talk-list .said').getByText(text, { exact: true }).count();

/** Own messages with their word. */
export const ownLines = (page) => page.locator('.talk-list .line.own').evaluateAll((lines) => lines.map((line) => ({ said: line.querySelector('.said').textContent, word: line.querySelector('.save-word')?.textContent ?? '' })));

export async function fillShare(page, { subject = 0, category, learned, title, text }) {
  await page.getByLabel(/^対象者/).nth(subject).check();
  await page.getByLabel(category).check();
  await page.getByLabel(learned).check();
  await page.getByLabel('見出し').fill(title);
  await page.getByLabel('内容').fill(text);
}

/** From now on: the word of the header and of every own message, at each change of the screen. */
export const watchWords = (page) => page.evaluate(() => {
  globalThis.wordsSeen = [];
  globalThis.wordsWatch?.disconnect();
  const look = () => {
    const head = document.querySelector('.state-line .save-word')?.textContent;
    if (head === undefined) return;
    const lines = [...document.querySelectorAll('.talk-list .line.own')].map((line) => ({ said: line.querySelector('.said').textContent, word: line.querySelector('.save-word')?.textContent ?? '' }));
    const now = JSON.stringify({ head, lines });
    if (globalThis.wordsSeen.at(-1) !== now) globalThis.wordsSeen.push(now);
  };
  globalThis.wordsWatch = new MutationObserver(look);
  globalThis.wordsWatch.observe(document.body, { subtree: true, childList: true, characterData: true });
  look();
});
export const wordsSeen = async (page) => (await page.evaluate(() => globalThis.wordsSeen)).map((one) => JSON.parse(one));

/** The error that is shown. It is more than a word: what happened, what is safe, what to do. */
export async function sentenceOf(locator) {
  await locator.first().waitFor();
  const text = (await locator.first().innerText()).replace(/^⚠\s*/, '').trim();
  assert.ok(text.split('。').filter((part) => part.trim() !== '').length >= 3, `says too little: ${text}`);
  return text;
}
