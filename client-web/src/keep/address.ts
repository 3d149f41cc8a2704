// What an address carries after `#`: `f=<founding hash>` that the registrar hands out, and in a demonstration
// `s=<device seed>` beside it (design.md §4 Demo). Wiped from the address at once; it never reaches the server.
import { seedFromText } from '../crypto/device';

export interface Address {
  foundingHash: string | null;
  seed: string | null;
  /** The persona's id, for the list of vaults of a demonstration. */
  label: string | null;
  /** Something stands there that is not well formed: cut short in copying, most likely. */
  broken: boolean;
}

/** Errors: members that are not well formed are left out. */
export function readAddress(fragment: string): Address {
  const parts = new URLSearchParams(fragment.replace(/^#/, ''));
  const hash = parts.get('f') ?? '';
  const seed = parts.get('s') ?? '';
  const label = parts.get('p') ?? '';
  const foundingHash = /^[0-9a-f]{64}$/.test(hash) ? hash : null;
  const sound = seedFromText(seed) ? seed : null;
  return {
    foundingHash,
    seed: sound,
    label: /^[a-z0-9][a-z0-9._:-]{0,63}$/.test(label) ? label : null,
    broken: fragment.length > 1 && (foundingHash === null || (parts.has('s') && sound === null)),
  };
}

export function writeAddress(foundingHash: string): string {
  return `#f=${foundingHash}`;
}

/** A seed in an address is taken on loopback alone: any port, since `ssh -L` may have moved it. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]' || hostname.endsWith('.localhost');
}
