import { integrity, url } from 'virtual:policy-wasm';
import type { Policy } from '../policy/door';
import { wasmPolicy } from '../policy/wasm_door';

/** Errors: rejects where the module is missing, or its bytes are not those that the page was built with. */
export async function loadPolicy(): Promise<Policy> {
  const response = await fetch(url, { integrity, cache: 'force-cache' });
  if (!response.ok) throw new Error(`policy.wasm: ${response.status}`);
  return wasmPolicy(new Uint8Array(await response.arrayBuffer()));
}
