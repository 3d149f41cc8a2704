// A real municipality for tests: `kasane init` and `kasane serve` in a folder of their own, and clients with real keys.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Kasane } from '../../src/conference/kasane';
import type { AgencyType, TenantRole } from '../../src/conference/model';
import type { Keep, Network } from '../../src/conference/ports';
import { deviceFromSeed, deviceFromSecrets, type DeviceKeys, deviceGenerate, seedFromText } from '../../src/crypto/device';
import { sodiumReady } from '../../src/crypto/sodium';
import { memoryKeep, nodeClient, policyFrom, until, wsNetwork } from '../../src/node/index';
import type { Policy } from '../../src/policy/door';
import { Contract } from '../wire/contract';

const root = resolve(import.meta.dirname, '../../..');
const policyPath = process.env['KASANE_POLICY_WASM'] ?? join(root, 'build/wasm/policy.wasm');
export const programPath = [process.env['KASANE_PROGRAM'] ?? '', join(root, 'build/release/kasane'), join(root, 'build/dev/kasane')].find((path) => path !== '' && existsSync(path));

/** Why these tests cannot run here; null where they can. */
export const missing: string | null = programPath === undefined ? 'the program kasane is not built' : existsSync(policyPath) ? null : 'policy.wasm is not built';

export class Municipality {
  private server: ChildProcess | null = null;
  private port = 0;
  readonly clients: Kasane[] = [];
  /** Every frame of every client, either way, is held against the published contract. */
  readonly contract = new Contract();
  /** Sits between the server and every client, as a server that lies would. */
  between: ((text: string) => string) | null = null;
  private readonly secrets = new Map<string, { sign: Uint8Array; kem: Uint8Array; keep: Keep }>();

  private constructor(readonly folder: string, readonly foundingHash: string, private readonly seed: Uint8Array, private readonly policy: Policy) {}

  static async found(): Promise<Municipality> {
    await sodiumReady();
    const folder = join(mkdtempSync(join(tmpdir(), 'kasane-live-')), 'data');
    const out = execFileSync(programPath ?? '', [
      'init', '--data', folder, '--tenant', 'kakuu', '--tenant-name', '架空市', '--agency', 'shiyakusho', '--agency-name', '架空市役所', '--agency-type', 'secretariat', '--name', '桐野 文',
      '--post', '管理者', '--person', 'kirino',
    ], { encoding: 'utf8' });
    const seed = seedFromText(/^seed (\S+)$/m.exec(out)?.[1] ?? '');
    const hash = /#f=([0-9a-f]{64})$/m.exec(out)?.[1];
    if (!seed || !hash) throw new Error(`init printed no seed or address:\n${out}`);
    const town = new Municipality(folder, hash, seed, await policyFrom(policyPath));
    await town.serve();
    return town;
  }

  /** Starts, or starts again on the same port. */
  async serve(): Promise<void> {
    const server = spawn(programPath ?? '', ['serve', '--data', this.folder, '--port', String(this.port), '--web', join(root, 'client-web/tests/live/web')], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.server = server;
    let said = '';
    server.stderr?.on('data', (chunk: Buffer) => { said += chunk.toString(); });
    this.port = await new Promise<number>((ready, fail) => {
      let out = '';
      server.stdout?.on('data', (chunk: Buffer) => {
        out += chunk.toString();
        const port = /^listening on http:\/\/[^\s]*:(\d+)$/m.exec(out)?.[1];
        if (port) ready(Number(port));
      });
      server.on('exit', (code) => fail(new Error(`serve ended with ${code}: ${said.slice(-2000)}`)));
    });
  }

  /** Without a word, as a power cut does. */
  async kill(): Promise<void> {
    const { server } = this;
    if (!server) return;
    server.removeAllListeners('exit');
    const gone = new Promise((done) => server.once('exit', done));
    server.kill('SIGKILL');
    await gone;
    this.server = null;
  }

  async end(): Promise<void> {
    await Promise.all(this.clients.map((client) => client.stop().catch(() => undefined)));
    await this.kill();
    rmSync(resolve(this.folder, '..'), { recursive: true, force: true });
  }

  private client(device: DeviceKeys, keep: Keep): Kasane {
    const client = nodeClient({ url: `ws://127.0.0.1:${this.port}/ws`, foundingHash: this.foundingHash, device, policy: this.policy, keep, network: this.network() });
    this.clients.push(client);
    client.start();
    return client;
  }

  private network(): Network {
    const line = wsNetwork(`ws://127.0.0.1:${this.port}/ws`);
    return {
      origin: line.origin,
      connect: (events) => {
        const frames = this.contract.connection();
        const socket = line.connect({ ...events, message: (text) => { frames.received(text); events.message(this.between?.(text) ?? text); } });
        return { ...socket, send: (text) => { frames.sent(text); socket.send(text); } };
      },
    };
  }

  async registrar(): Promise<Kasane> {
    const client = this.client(deviceFromSeed(this.seed), memoryKeep());
    await this.live(client, 'the registrar');
    return client;
  }

  async live(client: Kasane, who: string): Promise<void> {
    await until(`${who} to be live`, () => client.connection.value.state === 'live' && client.model.value !== null).catch((error: unknown) => {
      throw new Error(`${String(error)}: ${JSON.stringify(client.connection.value)}`);
    });
  }

  /** Added by the registrar, with a device of their own. */
  async person(registrar: Kasane, id: string, agency: string, roles: TenantRole[], name: string): Promise<Kasane> {
    const device = deviceGenerate();
    const keep = memoryKeep();
    this.secrets.set(id, { sign: device.signing.secretKey.slice(0, 32), kem: device.kem.secretKey.slice(), keep });
    await done(registrar.addPerson(id, { agency, roles, name, post: '担当' }));
    const text = nodeClient({ url: '', foundingHash: this.foundingHash, device, policy: this.policy }).bundle().text;
    await done(registrar.addDevice(id, text));
    const client = this.client(device, keep);
    await this.live(client, id);
    return client;
  }

  /** The same person in a reloaded tab: same device, same vault. */
  async reloaded(id: string): Promise<Kasane> {
    const client = await this.started(id);
    await this.live(client, id);
    return client;
  }

  /** As above, wherever it gets. */
  started(id: string): Promise<Kasane> {
    const kept = this.secrets.get(id);
    if (!kept) return Promise.reject(new Error(`nobody called ${id}`));
    return Promise.resolve(this.client(deviceFromSecrets(kept.sign.slice(), kept.kem.slice()), kept.keep));
  }

  /** Every byte of the data folder. */
  bytes(): Buffer {
    return Buffer.concat(['ledger.db', 'ledger.db-wal'].map((file) => join(this.folder, file)).filter(existsSync).map((path) => readFileSync(path)));
  }
}

/** The value of a verb that has to succeed. */
export async function done<T>(result: Promise<{ ok: true; value: T } | { ok: false; error: unknown }>): Promise<T> {
  const settled = await result;
  if (!settled.ok) throw new Error(`refused: ${JSON.stringify(settled.error)}`);
  return settled.value;
}

export async function refused(result: Promise<{ ok: true; value: unknown } | { ok: false; error: { code: string } }>): Promise<string> {
  const settled = await result;
  return settled.ok ? 'accepted' : settled.error.code;
}

export const agency = (registrar: Kasane, id: string, type: AgencyType, name: string) => done(registrar.addAgency(id, type, name));
