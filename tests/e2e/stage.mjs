// A real municipality in real browsers: `kasane init`, `kasane serve`, and one Chromium context a person, as a passphrase
// and a registrar's screen would have it. Whatever a page says on its console, or asks of another host, fails the test.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');
const modules = createRequire(join(root, 'client-web/package.json'));
const { chromium } = modules('playwright-core');
const axe = readFileSync(modules.resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const program = resolve(root, process.env.KASANE_PROGRAM ?? 'build/release/kasane');
export const shots = resolve(root, process.env.KASANE_SHOTS ?? 'build/screenshots');
const passphrase = '春の小川はさらさら行くよ';

export class Stage {
  static async open() {
    const stage = new Stage();
    mkdirSync(shots, { recursive: true });
    stage.folder = mkdtempSync(join(tmpdir(), 'kasane-e2e-'));
    stage.data = join(stage.folder, 'data');
    const said = execFileSync(program, ['init', '--data', stage.data, '--tenant', 'kakuu-shi', '--agency', 'shiyakusho', '--agency-type', 'secretariat', '--person', 'kirino', '--name', '桐野 文', '--post', '登録管理者'], { encoding: 'utf8' });
    stage.hash = /#f=([0-9a-f]{64})$/m.exec(said)[1];
    stage.seed = /^seed (\S+)$/m.exec(said)[1];
    await stage.serve(0);
    stage.browser = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
    return stage;
  }

  trouble = [];
  /** Screens that axe has looked at. */
  looked = 0;
  /** The server was killed on purpose: a refused connection is what a browser should say then. */
  down = false;
  people = new Map();

  async serve(port) {
    this.server = spawn(program, ['serve', '--data', this.data, '--port', String(port), '--web', join(root, 'client-web/dist')], { stdio: ['ignore', 'pipe', 'ignore'] });
    this.port = await new Promise((ready, fail) => {
      let out = '';
      this.server.stdout.on('data', (chunk) => {
        out += chunk;
        const found = /^listening on http:\/\/[^\s]*:(\d+)$/m.exec(out);
        if (found) ready(Number(found[1]));
      });
      this.server.on('exit', (code) => fail(new Error(`serve ended with ${code}`)));
    });
  }

  /** A person's own browser, at the address that the registrar hands out. */
  async enter(person, viewport = { width: 1280, height: 900 }) {
    const context = await this.browser.newContext({ viewport, locale: 'ja-JP', timezoneId: 'Asia/Tokyo' });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on('console', (message) => { if (['error', 'warning'].includes(message.type()) && !(this.down && message.text().includes('ERR_CONNECTION_REFUSED'))) this.trouble.push(`${person}: console ${message.type()}: ${message.text()}`); });
    page.on('pageerror', (error) => this.trouble.push(`${person}: ${error.message}`));
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (!['data:', 'blob:'].includes(url.protocol) && url.host !== `localhost:${this.port}`) this.trouble.push(`${person}: asked ${url.host}`);
    });
    await page.goto(`http://localhost:${this.port}/#f=${this.hash}`);
    await page.getByLabel('この端末の呼び名').fill(`${person}の端末`);
    await page.getByLabel('合言葉').fill(passphrase);
    this.people.set(person, page);
    return page;
  }

  async registrar() {
    const page = await this.enter('kirino');
    await page.getByLabel('種から取り込む').check();
    await page.getByLabel('初期設定で表示された種').fill(this.seed);
    await page.getByRole('button', { name: '種から取り込む' }).click();
    await page.getByRole('button', { name: '登録管理', exact: true }).click();
    return page;
  }

  /** The person's browser makes the keys; the registrar adds person and device on their screen. */
  async register(registrar, { id, name, post, agency, roles = [], viewport }) {
    const page = await this.enter(id, viewport);
    await page.locator('form').getByRole('button', { name: '鍵を作る' }).click();
    const bundle = await page.getByLabel('端末情報').inputValue();
    const form = registrar.locator('form').filter({ has: registrar.getByLabel('氏名') });
    if (!(await form.isVisible())) await registrar.getByText('人を加える').click();
    await form.getByLabel('識別子').fill(id);
    await form.getByLabel('氏名').fill(name);
    await form.getByLabel('役職').fill(post);
    await form.getByLabel('所属').selectOption(agency);
    for (const role of roles) await form.getByLabel(role).check();
    await form.getByRole('button', { name: '加える' }).click();
    await registrar.getByRole('rowheader', { name: new RegExp(name) }).waitFor();
    const device = registrar.locator('form').filter({ has: registrar.getByLabel('だれの端末') });
    await device.getByLabel('だれの端末').selectOption(id);
    await device.getByLabel('端末情報').fill(bundle);
    await device.getByRole('button', { name: '加える' }).click();
    await page.getByRole('heading', { name: `${name}さん` }).waitFor();
    return page;
  }

  /** Photographs a screen and asks axe about it; a violation fails the story at its end. The watermark is left out: WCAG 1.4.3
      asks no contrast of decoration, and it must not stand out from the text that it crosses. */
  async shot(page, name) {
    await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
    await page.evaluate(axe);
    const { violations } = await page.evaluate((values) => globalThis.axe.run({ exclude: [['.watermark']] }, { runOnly: { type: 'tag', values } }), rules);
    this.looked += 1;
    for (const one of violations) this.trouble.push(`${name}: axe ${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`);
  }

  async close() {
    await this.browser?.close();
    this.server?.removeAllListeners('exit');
    this.server?.kill('SIGTERM');
    rmSync(this.folder, { recursive: true, force: true });
  }
}
