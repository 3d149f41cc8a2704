// A real municipality in real browsers: the program itself, and one Chromium context a person, behind a line of their own.
// Whatever a page says on its console, or asks of another host, fails the test.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Line } from './line.mjs';
import { Look } from './look.mjs';

export const root = resolve(import.meta.dirname, '../..');
const { chromium } = createRequire(join(root, 'client-web/package.json'))('playwright-core');
export const program = resolve(root, process.env.KASANE_PROGRAM ?? 'build/release/kasane');
export const shots = resolve(root, process.env.KASANE_SHOTS ?? 'build/screenshots');
export const passphrase = '春の小川はさらさら行くよ';
const browserWishes = { executablePath: '/usr/bin/chromium', headless: true, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] };
const contextWishes = { locale: 'ja-JP', timezoneId: 'Asia/Tokyo' };

export class Stage {
  /** As `kasane init` founds it: one registrar, whose seed is printed. */
  static async municipality() {
    const stage = new Stage();
    const said = execFileSync(program, ['init', '--data', stage.data, '--tenant', 'kakuu-shi', '--tenant-name', '架空市', '--agency', 'shiyakusho', '--agency-name', '架空市役所', '--agency-type', 'secretariat', '--person', 'kirino', '--name', '桐野 文', '--post', '登録管理者'], { encoding: 'utf8' });
    stage.hash = /#f=([0-9a-f]{64})$/m.exec(said)[1];
    stage.seed = /^seed (\S+)$/m.exec(said)[1];
    stage.command = 'serve';
    await stage.serve(0);
    return stage.raise();
  }

  /** 架空市, as `kasane demo` makes and serves it; the printed addresses by persona. */
  static async town() {
    const stage = new Stage();
    stage.command = 'demo';
    await stage.serve(0);
    stage.hash = [...stage.addresses.values()][0].match(/f=([0-9a-f]{64})/)[1];
    return stage.raise();
  }

  trouble = [];
  look = new Look(shots);
  /** The server is away on purpose, or a line is: a refused connection is what a browser should say then. */
  down = false;
  people = new Map();
  /** Every WebSocket of a person's pages. */
  sockets = new Map();
  lines = new Map();
  addresses = new Map();
  #contexts = [];

  constructor() {
    mkdirSync(shots, { recursive: true });
    this.folder = mkdtempSync(join(tmpdir(), 'kasane-e2e-'));
    this.data = join(this.folder, 'data');
  }

  async raise() {
    this.browser = await chromium.launch(browserWishes);
    return this;
  }

  async serve(port) {
    const server = spawn(program, [this.command, '--data', this.data, '--port', String(port), '--web', join(root, 'client-web/dist')], { stdio: ['ignore', 'pipe', 'ignore'] });
    this.server = server;
    let out = '';
    await new Promise((ready, fail) => {
      server.on('exit', (code) => fail(new Error(`${this.command} ended with ${code}`)));
      server.stdout.on('data', (chunk) => {
        out += chunk;
        const found = /^listening on http:\/\/[^\s]*:(\d+)$/m.exec(out);
        if (found) this.port = Number(found[1]);
        for (const [, fragment, persona] of out.matchAll(/(#f=[0-9a-f]{64}&s=\S+&p=(\S+))\n/g)) this.addresses.set(persona, fragment);
        if (found && (this.command !== 'demo' || this.addresses.size >= 10)) ready();
      });
    });
  }

  /** As a power cut does it: no goodbye to anybody. */
  async kill() {
    this.down = true;
    this.server.removeAllListeners('exit');
    const gone = new Promise((done) => this.server.once('exit', done));
    this.server.kill('SIGKILL');
    await gone;
    for (const line of this.lines.values()) line.snap();
  }

  /** A browser of one's own, behind a line of one's own. `profile`: keeps everything in that folder of this machine.
      `clock`: its time can be moved on. */
  async browserOf(person, { viewport = { width: 1280, height: 900 }, profile = null, clock = false } = {}) {
    const context = profile
      ? await chromium.launchPersistentContext(profile, { ...browserWishes, ...contextWishes, viewport })
      : await this.browser.newContext({ ...contextWishes, viewport });
    if (clock) await context.clock.install();
    const line = await Line.open(this.port);
    this.#contexts.push(context);
    this.lines.set(person, line);
    return context;
  }

  /** A window in that browser, at an address of the town (`#…`). */
  async window(person, context, fragment) {
    const line = this.lines.get(person);
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const cut = (text) => this.down && /ERR_(CONNECTION_|INTERNET_|EMPTY_RESPONSE|SOCKET_|TIMED_OUT)|WebSocket/.test(text);
    page.on('console', (message) => { if (['error', 'warning'].includes(message.type()) && !cut(message.text())) this.trouble.push(`${person}: console ${message.type()}: ${message.text()}`); });
    page.on('pageerror', (error) => this.trouble.push(`${person}: ${error.message}`));
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (!['data:', 'blob:'].includes(url.protocol) && url.host !== `localhost:${line.port}`) this.trouble.push(`${person}: asked ${url.host}`);
    });
    this.people.set(person, page);
    page.on('websocket', (socket) => this.sockets.set(person, [...(this.sockets.get(person) ?? []), socket]));
    await page.goto(`http://localhost:${line.port}/${fragment}`);
    return page;
  }

  /** A persona of the town at their printed address. */
  async persona(person, wishes) {
    const page = await this.window(person, await this.browserOf(person, wishes), this.addresses.get(person));
    await page.getByText('接続中').first().waitFor();
    return page;
  }

  /** The first screen of a person's own browser, at the address that the registrar hands out. */
  async enter(person, wishes) {
    const page = await this.window(person, await this.browserOf(person, wishes), `#f=${this.hash}`);
    await page.getByLabel('この端末の呼び名').fill(`${person}の端末`);
    await page.getByLabel('合言葉').fill(passphrase);
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
  async register(registrar, { id, name, post, agency, roles = [], ...wishes }) {
    const page = await this.enter(id, wishes);
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

  shot(page, name) { return this.look.at(page, name); }

  /** What any page complained of, and what was wrong with any screen. */
  complaints() { return [...this.trouble, ...this.look.trouble]; }

  async close() {
    for (const context of this.#contexts) await context.close().catch(() => {});
    for (const line of this.lines.values()) line.close();
    await this.browser?.close();
    this.server?.removeAllListeners('exit');
    this.server?.kill('SIGTERM');
    rmSync(this.folder, { recursive: true, force: true });
  }
}
