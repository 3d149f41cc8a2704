// A real municipality as README tells to set it up: founded with its origin, served behind a proxy, and in front of it
// nginx with ops/nginx.conf.example, of which only addresses and the certificate are others.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { passphrase, program, root } from './stage.mjs';
import { pause, until } from './steps.mjs';

const { chromium } = createRequire(join(root, 'client-web/package.json'))('playwright-core');
const proxy = [join(root, 'build/nginx/usr/sbin/nginx'), '/usr/sbin/nginx'].find(existsSync);
if (!proxy) {
  console.log('skipped: the program behind nginx (there is no nginx)\n0 passed, 0 failed, 1 skipped');
  process.exit(0);
}
const name = 'kasane.example.lg.jp';
const folder = mkdtempSync(join(tmpdir(), 'kasane-proxy-'));
const data = join(folder, 'data');
const running = new Set();
let [passed, failed] = [0, 0];
let [server, page] = [];

async function step(sentence, run) {
  if (failed) return;
  try {
    await run();
    passed += 1;
    console.log(`ok ${sentence}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${sentence}\n${error.stack}`);
  }
}

async function freePort() {
  const held = createServer();
  await new Promise((ready) => held.listen(0, '127.0.0.1', ready));
  const { port } = held.address();
  await new Promise((done) => held.close(done));
  return port;
}

async function serve(port) {
  const child = spawn(program, ['serve', '--data', data, '--behind-proxy', '--origin', `https://${name}`, '--port', String(port), '--web', join(root, 'client-web/dist')], { stdio: ['ignore', 'pipe', 'ignore'] });
  running.add(child);
  let out = '';
  child.stdout.on('data', (chunk) => { out += chunk; });
  await until('listening', () => /^listening on .*:(\d+)$/m.test(out));
  return { child, port: Number(/^listening on .*:(\d+)$/m.exec(out)[1]) };
}

async function stop(child) {
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await gone;
  running.delete(child);
}

/** The example as it stands, at another address, with a certificate made for the hour. */
async function nginx(upstream) {
  const port = await freePort();
  const tls = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'fullchain.pem')];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1', '-subj', `/CN=${name}`, ...tls], { stdio: 'ignore' });
  const changes = [['listen 443 ssl http2;', `listen 127.0.0.1:${port} ssl http2;`], ['listen [::]:443 ssl http2;', ''], ['127.0.0.1:8080', `127.0.0.1:${upstream}`], ['/etc/kasane/tls', folder]];
  let site = readFileSync(join(root, 'ops/nginx.conf.example'), 'utf8');
  for (const [from, to] of changes) {
    assert.ok(site.includes(from), `the example says: ${from}`);
    site = site.replaceAll(from, to);
  }
  mkdirSync(join(folder, 'temp'));
  const temps = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((one) => `${one}_temp_path ${join(folder, 'temp', one)};`).join(' ');
  writeFileSync(join(folder, 'nginx.conf'), `daemon off; worker_processes 1; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
    events { worker_connections 256; } http { access_log ${folder}/access.log; ${temps} ${site} }`);
  const child = spawn(proxy, ['-p', folder, '-e', join(folder, 'error.log'), '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' });
  running.add(child);
  return port;
}

const said = execFileSync(program, ['init', '--data', data, '--tenant', 'kakuu', '--tenant-name', '架空市', '--agency', 'shiyakusho', '--agency-name', '架空市役所', '--name', '桐野 文', '--origin', `https://${name}`], { encoding: 'utf8' });
const address = /https:\/\/\S+/.exec(said)?.[0] ?? '';
const seed = /^seed (\S+)$/m.exec(said)?.[1] ?? '';
server = await serve(0);
const port = await nginx(server.port);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', `--host-resolver-rules=MAP ${name}:443 127.0.0.1:${port}`] });
const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: 'ja-JP' });
page = await context.newPage();
const live = () => page.getByText('接続中').first().waitFor();
const trouble = [];
page.on('pageerror', (error) => trouble.push(error.message));

await step('the address that init printed opens behind TLS, under the page’s own policy and nginx’s HSTS, each once', async () => {
  assert.ok(address.startsWith(`https://${name}/#f=`), said);
  const fragment = /#f=[0-9a-f]{64}/.exec(address)[0];
  const response = await page.goto(`https://${name}/${fragment}`);
  const headers = await response.headersArray();
  for (const one of ['content-security-policy', 'strict-transport-security']) assert.equal(headers.filter((header) => header.name.toLowerCase() === one).length, 1, one);
});

await step('its registrar takes the first device over and is live over one WebSocket through the proxy', async () => {
  await page.getByLabel('この端末の呼び名').fill('窓口のパソコン');
  await page.getByLabel('合言葉').fill(passphrase);
  await page.getByLabel('種から取り込む').check();
  await page.getByLabel('初期設定で表示された種').fill(seed);
  await page.getByRole('button', { name: '種から取り込む' }).click();
  await live();
  await page.getByRole('button', { name: '登録管理', exact: true }).click();
});

await step('what is entered is saved, and a restart of the service behind the proxy costs a moment', async () => {
  await page.getByText('機関を加える').click();
  const form = page.locator('form').filter({ has: page.locator('#agency-id') });
  await form.locator('#agency-id').fill('houkatsu');
  await form.locator('#agency-type').selectOption('elderly');
  await form.locator('#agency-name').fill('東地域包括支援センター');
  await form.getByRole('button', { name: '加える' }).click();
  await page.locator('.agenda-line').getByText('東地域包括支援センター').waitFor();
  await stop(server.child);
  await page.getByText('接続が切れました').waitFor();
  server = await serve(server.port);
  await live();
  await page.locator('.agenda-line').getByText('東地域包括支援センター').waitFor();
});

await step('the proxy’s own log holds no founding hash and no seed, and no page complained', async () => {
  const log = readFileSync(join(folder, 'access.log'), 'utf8');
  assert.match(log, /" 101 /);
  for (const secret of [seed, /#f=([0-9a-f]{64})/.exec(address)[1]]) assert.equal(log.includes(secret), false);
  assert.deepEqual(trouble, []);
});

await browser.close();
for (const child of running) child.kill('SIGTERM');
await pause(300);
rmSync(folder, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
