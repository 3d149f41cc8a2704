// A document for the screens. Only the DOM's own names are lent from jsdom: bytes and text coding stay Node's, or
// libsodium would be handed arrays of another realm.
import { createRequire } from 'node:module';

interface Page { window: Window & typeof globalThis }
const { JSDOM } = createRequire(import.meta.url)('jsdom') as { JSDOM: new (html: string, options: object) => Page };
const { window } = new JSDOM('<!doctype html><html lang="ja"><body></body></html>', { url: 'http://localhost/', pretendToBeVisual: true });
window.scrollTo = () => undefined;
window.HTMLElement.prototype.scrollTo = () => undefined;
const names = ['window', 'document', 'history', 'location', 'Node', 'Element', 'HTMLElement', 'Event', 'KeyboardEvent', 'File'] as const;
for (const name of names) {
  Object.defineProperty(globalThis, name, { value: name === 'window' ? window : window[name], configurable: true, writable: true });
}
