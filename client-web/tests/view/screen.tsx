// A screen as a browser would draw it: the real client over a scripted server, the real components in jsdom.
import type { ComponentChildren } from 'preact';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { Kasane } from '../../src/conference/kasane';
import { deviceFromSeed } from '../../src/crypto/device';
import type { Doorway } from '../../src/keep/doorway';
import { memoryKeep } from '../../src/node/node_host';
import { StageContext } from '../../src/view/stage';
import { ScriptedServer, StillHost, willingPolicy } from '../conference/stage';
import { seedOf } from '../town';

export class Screen {
  readonly host = new StillHost(Date.parse('2026-11-01T00:01:00.000Z'));
  readonly server = new ScriptedServer();
  readonly client: Kasane;
  readonly page = document.body.appendChild(document.createElement('div'));

  constructor(policy = willingPolicy()) {
    this.client = new Kasane({
      device: deviceFromSeed(seedOf(2)), foundingHash: this.server.town.foundingHash, keep: memoryKeep(), host: this.host,
      network: this.server, policy,
    });
    this.client.start();
  }

  async show(children: ComponentChildren): Promise<void> {
    await this.pass(100);
    const doorway = {} as Doorway; // the screens under test do not lock
    await act(() => render(<StageContext.Provider value={{ client: this.client, doorway }}>{children}</StageContext.Provider>, this.page));
  }

  async pass(ms: number): Promise<void> {
    await act(() => this.host.pass(ms));
  }

  text(): string {
    return this.page.textContent ?? '';
  }

  button(name: string): HTMLButtonElement {
    const found = [...this.page.querySelectorAll('button')].find((one) => one.textContent === name);
    if (!found) throw new Error(`no button ${name} in ${this.text()}`);
    return found;
  }

  async press(name: string): Promise<void> {
    await act(async () => { this.button(name).click(); await this.host.settle(); });
  }
}
