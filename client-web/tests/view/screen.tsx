// A page over a scripted server and a host whose time moves only when told.
import type { ComponentChildren } from 'preact';
import { act } from 'preact/test-utils';
import { Kasane } from '../../src/conference/kasane';
import { deviceFromSeed } from '../../src/crypto/device';
import { memoryKeep } from '../../src/node/node_host';
import { ScriptedServer, StillHost, willingPolicy } from '../conference/stage';
import { seedOf } from '../town';
import { Page } from './page';

export class Screen extends Page {
  constructor(readonly server = new ScriptedServer(), readonly host = new StillHost(Date.parse('2026-11-01T00:01:00.000Z'))) {
    super(new Kasane({
      device: deviceFromSeed(seedOf(2)), foundingHash: server.town.foundingHash, keep: memoryKeep(), host, network: server,
      policy: willingPolicy(),
    }));
    this.client.start();
  }

  override async show(children: ComponentChildren): Promise<void> {
    await this.pass(100);
    await super.show(children);
  }

  async pass(ms: number): Promise<void> {
    await act(() => this.host.pass(ms));
  }

  override async press(name: string): Promise<void> {
    await super.press(name);
    await act(() => this.host.settle());
  }
}
