// One person who has a keyboard and no mouse. At every stop of Tab: the focus is on something, it is seen to be there,
// and nothing lies over it (WCAG 2.1.1, 2.4.7, 2.4.11).
import assert from 'node:assert/strict';

/** In the page: what has the focus, and whether it can be seen. */
function focused() {
  const element = document.activeElement;
  if (!element || element === document.body) return { name: '', lost: true };
  const label = element.labels?.[0] ?? element.closest('label');
  const name = (element.getAttribute('aria-label') ?? label?.innerText ?? element.innerText ?? '').replace(/\s+/g, ' ').trim();
  const ringed = [element, element.closest('.choice')].some((one) => one && getComputedStyle(one).outlineStyle !== 'none' && parseFloat(getComputedStyle(one).outlineWidth) >= 2);
  const box = element.getBoundingClientRect();
  const inside = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
  const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
  const spots = [box.top + 4, (box.top + box.bottom) / 2, box.bottom - 4].filter((y) => y >= 0 && y < innerHeight);
  const free = spots.some((y) => { const over = document.elementFromPoint(x, y); return over && (element.contains(over) || over.contains(element) || label?.contains(over)); });
  return { name, lost: false, ringed, inside, free, tag: element.tagName };
}

export class Keys {
  stops = 0;
  constructor(page) { this.page = page; }

  /** Where the focus is now. Errors: throws where it is lost. */
  async here() {
    const at = await this.page.evaluate(focused);
    assert.equal(at.lost, false, 'the focus is lost');
    return at;
  }

  /** After a step that changed the screen: somebody has the focus. */
  async kept() {
    for (let tries = 0; tries < 40; tries++) {
      if (!(await this.page.evaluate(focused)).lost) return;
      await this.page.waitForTimeout(50);
    }
    assert.fail('the focus is lost');
  }

  /** Tab until the focus is on what bears this name; each stop on the way is seen. */
  async to(name, most = 90) {
    const passed = [];
    for (let step = 0; step < most; step++) {
      await this.page.keyboard.press('Tab');
      const at = await this.page.evaluate(focused);
      if (at.lost) continue; // once round, by way of the browser's own bar
      this.stops += 1;
      for (const [what, holds] of [['has no ring', at.ringed], ['is out of sight', at.inside], ['is covered', at.free]]) assert.ok(holds, `“${at.name}” (${at.tag}) ${what}`);
      if (name instanceof RegExp ? name.test(at.name) : at.name === name) return at;
      passed.push(at.name.slice(0, 20));
    }
    assert.fail(`Tab never comes to ${name}: ${passed.join(' · ')}`);
  }

  async press(name, key = 'Enter') {
    await this.to(name);
    await this.page.keyboard.press(key);
  }

  async write(name, text) {
    await this.to(name);
    await this.page.keyboard.insertText(text);
  }

  /** In a list of choices: the first letter of one, as a select takes it, until the value is there. */
  async choose(name, value) {
    await this.to(name);
    for (let step = 0; step < 40; step++) {
      if ((await this.page.evaluate(() => document.activeElement.value)) === value) return;
      await this.page.keyboard.press('ArrowDown');
    }
    assert.fail(`${name} has no ${value}`);
  }
}
