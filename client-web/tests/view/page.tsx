// A screen as a browser would draw it: the real components over a real client, in jsdom, worked by labels and buttons.
import type { ComponentChildren } from 'preact';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import type { KasaneClient } from '../../src/conference/client';
import type { Doorway } from '../../src/keep/doorway';
import { StageContext } from '../../src/view/stage';

export class Page {
  readonly root = document.body.appendChild(document.createElement('div'));

  constructor(readonly client: KasaneClient) {}

  async show(children: ComponentChildren): Promise<void> {
    const doorway = {} as Doorway; // the screens under test do not lock
    await act(() => render(<StageContext.Provider value={{ client: this.client, doorway }}>{children}</StageContext.Provider>, this.root));
  }

  /** The same page, but only that part of it: the first such element that says these words. */
  within(selector: string, words: string): this {
    const part = [...this.root.querySelectorAll<HTMLElement>(selector)].find((one) => one.textContent?.includes(words));
    if (!part) throw new Error(`no ${selector} that says ${words} in ${this.text()}`);
    return Object.create(this, { root: { value: part } }) as this;
  }

  /** A group of small fields, by its legend's beginning and their own labels. */
  async type(field: string, values: Record<string, string>): Promise<void> {
    const group = [...this.root.querySelectorAll('fieldset')].find((one) => one.querySelector('legend')?.textContent?.startsWith(field));
    for (const [name, value] of Object.entries(values)) {
      const input = [...(group?.querySelectorAll('label') ?? [])].find((one) => one.textContent === name)?.querySelector('input');
      if (!input) throw new Error(`no ${name} in ${field}`);
      await act(() => { input.value = value; input.dispatchEvent(new Event('input', { bubbles: true })); });
    }
  }

  text(): string {
    return this.root.textContent ?? '';
  }

  button(name: string): HTMLButtonElement {
    const found = [...this.root.querySelectorAll('button')].filter((one) => one.textContent === name || one.getAttribute('aria-label') === name).at(-1);
    if (!found) throw new Error(`no button ${name} in ${this.text()}`);
    return found;
  }

  /** The whole name of the button that begins so. */
  buttonLike(beginning: string): string {
    return [...this.root.querySelectorAll('button')].find((one) => one.textContent?.startsWith(beginning))?.textContent ?? beginning;
  }

  async press(name: string): Promise<void> {
    const button = this.button(name);
    if (button.disabled) throw new Error(`${name} cannot be pressed`);
    await act(() => { button.click(); });
  }

  /** A choice or a list, by its label's beginning, and what is chosen by its own. */
  async choose(field: string, choice: string): Promise<void> {
    const select = [...this.root.querySelectorAll('label')].filter((one) => one.textContent?.startsWith(field))
      .map((one) => this.root.querySelector<HTMLSelectElement>(`select[id="${one.getAttribute('for')}"]`)).find((one) => one !== null);
    if (select) {
      const option = [...select.options].find((one) => one.textContent?.startsWith(choice));
      if (!option) throw new Error(`no ${choice} in ${field}: ${select.textContent}`);
      await act(() => { select.value = option.value; select.dispatchEvent(new Event('change', { bubbles: true })); });
      return;
    }
    const group = [...this.root.querySelectorAll('fieldset')].find((one) => one.querySelector('legend')?.textContent?.startsWith(field));
    const label = [...(group?.querySelectorAll('label') ?? [])].find((one) => one.textContent?.startsWith(choice));
    if (!label) throw new Error(`no ${choice} in ${field}: ${group?.textContent ?? this.text()}`);
    await act(() => { label.querySelector('input')?.click(); });
  }

  /** Text into the field whose label begins so. */
  async fill(field: string, text: string): Promise<void> {
    const label = [...this.root.querySelectorAll<HTMLLabelElement>('label[for]')].find((one) => one.textContent?.startsWith(field));
    const input = this.root.querySelector<HTMLInputElement | HTMLTextAreaElement>(`[id="${label?.getAttribute('for')}"]`);
    if (!input) throw new Error(`no field ${field} in ${this.text()}`);
    await act(() => { input.value = text; input.dispatchEvent(new Event('input', { bubbles: true })); });
  }

  /** Until the words stand there (or stand no more). */
  async sees(words: string, there = true): Promise<void> {
    const end = Date.now() + 10_000;
    while (this.text().includes(words) !== there) {
      if (Date.now() > end) throw new Error(`${there ? 'not' : 'still'} there: ${words}\n${this.text()}`);
      await act(() => new Promise((later) => { setTimeout(later, 20); }));
    }
  }
}
