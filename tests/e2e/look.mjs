// What a screen must be for every reader, whatever it shows: photographed, asked of axe, and measured.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const modules = createRequire(resolve(import.meta.dirname, '../../client-web/package.json'));
const axe = readFileSync(modules.resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** In the page: what runs over the edge, is cut off, is too small to hit (44 px) or to read (16 px). */
function measured() {
  const wrong = [];
  const name = (element) => `${element.tagName.toLowerCase()}.${[...element.classList].join('.')} “${(element.innerText ?? element.value ?? '').slice(0, 24).replace(/\s+/g, ' ')}”`;
  const shown = (element) => element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && !element.closest('.visually-hidden, .watermark, .skip');
  const wide = document.documentElement.clientWidth;
  if (document.scrollingElement.scrollWidth > wide) wrong.push(`scrolls sideways: ${document.scrollingElement.scrollWidth} px in ${wide}`);
  const scrolls = (element) => { for (let up = element.parentElement; up; up = up.parentElement) if (['auto', 'scroll'].includes(getComputedStyle(up).overflowX)) return true; return false; };
  for (const element of document.body.querySelectorAll('*')) {
    if (!shown(element)) continue;
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) continue;
    if ((box.right > wide + 1 || box.left < -1) && !scrolls(element)) wrong.push(`over the edge: ${name(element)} ${Math.round(box.left)}–${Math.round(box.right)} of ${wide}`);
    const style = getComputedStyle(element);
    if (style.overflowX === 'hidden' && element.scrollWidth > element.clientWidth + 1 && !element.querySelector('.watermark')) wrong.push(`cut off: ${name(element)}`);
    const speaks = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== '');
    if (speaks && parseFloat(style.fontSize) < 15.99) wrong.push(`small print: ${name(element)} ${style.fontSize}`);
  }
  const targets = 'button, select, textarea, summary, input, a[href], [role="button"]';
  for (const element of document.body.querySelectorAll(targets)) {
    if (!shown(element)) continue;
    const inside = ['checkbox', 'radio'].includes(element.type) ? element.closest('label') ?? element : element;
    if (element.tagName === 'A' && getComputedStyle(element).display === 'inline') continue; // in a sentence (WCAG 2.5.8)
    const box = inside.getBoundingClientRect();
    if (box.height < 43.5 || box.width < 43.5) wrong.push(`hard to hit: ${name(inside)} ${Math.round(box.width)}×${Math.round(box.height)}`);
  }
  return [...new Set(wrong)];
}

export class Look {
  /** What was wrong anywhere: axe's violations and the measurements'. */
  trouble = [];
  screens = 0;
  constructor(folder) { this.folder = folder; }

  /** The watermark is left out: WCAG 1.4.3 asks no contrast of decoration, and it must not stand out from what it crosses. */
  async #axe(page) {
    await page.evaluate(axe);
    return page.evaluate((values) => globalThis.axe.run({ exclude: [['.watermark']] }, { runOnly: { type: 'tag', values } }), rules);
  }

  async at(page, name, asked = true) {
    this.screens += 1;
    await page.evaluate(() => scrollTo(0, 0)); // what sticks to the top stands where it does at rest
    // What the bar of a phone lies over can be scrolled clear of it: it is looked at as if it did not stick.
    await page.evaluate(() => document.querySelector('.parts-bar')?.style.setProperty('position', 'static'));
    await page.screenshot({ path: join(this.folder, `${name}.png`), fullPage: true, animations: 'disabled' });
    for (const one of await page.evaluate(measured)) this.trouble.push(`${name}: ${one}`);
    const { violations } = asked ? await this.#axe(page) : { violations: [] };
    await page.evaluate(() => document.querySelector('.parts-bar')?.style.removeProperty('position'));
    for (const one of violations) this.trouble.push(`${name}: axe ${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`);
  }

  /** The same screen on a phone and on a desk; axe, which looks at the same elements, is asked once (every time with KASANE_NIGHTLY=1). */
  async both(page, name) {
    const before = page.viewportSize();
    for (const [width, height] of [[390, 844], [1280, 900]]) {
      await page.setViewportSize({ width, height });
      await this.at(page, `${name}-${width}`, width === 1280 || Boolean(process.env.KASANE_NIGHTLY));
    }
    await page.setViewportSize(before);
  }
}
