// policy.wasm, built from policy/ by CMake.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';
import { checkedAsset } from './checked_asset';

export function policyWasmPath(): string {
  return process.env['KASANE_POLICY_WASM'] ?? resolve(import.meta.dirname, '../../build/wasm/policy.wasm');
}

function read(): Uint8Array {
  const path = policyWasmPath();
  if (!existsSync(path)) {
    throw new Error(`policy.wasm is not built: ${path} is missing (cmake --preset wasm && cmake --build --preset wasm)`);
  }
  return readFileSync(path);
}

export function policyWasm(): Plugin {
  return checkedAsset({ module: 'virtual:policy-wasm', file: 'policy.wasm', mime: 'application/wasm', read });
}
