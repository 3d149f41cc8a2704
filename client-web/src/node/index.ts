// The client for Node.js scripts (kill -9 loop, end-to-end drivers): built into dist-node/kasane.mjs.
import { readFile } from 'node:fs/promises';
import { Kasane } from '../conference/kasane';
import type { Keep, Network } from '../conference/ports';
import { type DeviceKeys, deviceFromSeed, deviceGenerate, seedFromText } from '../crypto/device';
import { sodiumReady } from '../crypto/sodium';
import { readAddress } from '../keep/address';
import type { Policy } from '../policy/door';
import { wasmPolicy } from '../policy/wasm_door';
import { memoryKeep, nodeHost } from './node_host';
import { wsNetwork } from './ws_network';

export { deviceFromSeed, deviceGenerate, Kasane, memoryKeep, nodeHost, readAddress, seedFromText, sodiumReady, wsNetwork };
export type * from '../conference/client';
export type * from '../conference/model';

export async function policyFrom(path: string): Promise<Policy> {
  return wasmPolicy(new Uint8Array(await readFile(path)));
}

export interface NodeClient {
  /** ws://host:port/ws */
  url: string;
  foundingHash: string;
  device: DeviceKeys;
  policy: Policy;
  keep?: Keep;
  origin?: string;
  /** In place of a connection to `url`. */
  network?: Network;
}

/** Not started yet: call `start()`. */
export function nodeClient(of: NodeClient): Kasane {
  return new Kasane({
    device: of.device, foundingHash: of.foundingHash, keep: of.keep ?? memoryKeep(), host: nodeHost,
    network: of.network ?? wsNetwork(of.url, of.origin ?? ''), policy: of.policy,
  });
}

/** Resolves when `holds` is true of the client, looked at every 20 ms. Errors: rejects after `ms`. */
export async function until(what: string, holds: () => boolean, ms = 10_000): Promise<void> {
  const end = Date.now() + ms;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`waited ${ms} ms for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
