// Brings policy.wasm, built from policy/ by CMake, into the bundle as a file of its own, with the hash
// that the page asks the browser to check. `import { url, integrity } from 'virtual:policy-wasm'`.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';

const name = 'virtual:policy-wasm';
const resolved = '\0' + name;

export function policyWasmPath(): string {
  return process.env['KASANE_POLICY_WASM'] ?? resolve(import.meta.dirname, '../../build/wasm/policy.wasm');
}

function integrityOf(bytes: Uint8Array): string {
  return 'sha384-' + createHash('sha384').update(bytes).digest('base64');
}

export function policyWasm(): Plugin {
  let building = false;
  return {
    name: 'kasane-policy-wasm',
    configResolved(config) {
      building = config.command === 'build';
    },
    resolveId(id) {
      return id === name ? resolved : undefined;
    },
    load(id) {
      if (id !== resolved) return undefined;
      const path = policyWasmPath();
      if (!existsSync(path)) {
        this.error(`policy.wasm is not built: ${path} is missing (cmake --preset wasm && cmake --build --preset wasm)`);
      }
      const bytes = readFileSync(path);
      const integrity = JSON.stringify(integrityOf(bytes));
      if (!building) return `export const url = '/policy.wasm';\nexport const integrity = ${integrity};`;
      const asset = this.emitFile({ type: 'asset', name: 'policy.wasm', source: bytes });
      return `export const url = import.meta.ROLLUP_FILE_URL_${asset};\nexport const integrity = ${integrity};`;
    },
    configureServer(server) {
      server.middlewares.use('/policy.wasm', (_request, response) => {
        response.setHeader('Content-Type', 'application/wasm');
        response.end(readFileSync(policyWasmPath()));
      });
    },
  };
}
