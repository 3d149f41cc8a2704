// libsodium (WebAssembly, npm libsodium-wrappers-sumo): the only primitives of this client (design.md §4).
// Every other file of crypto/ asks `sodium()`; `sodiumReady()` has to be awaited once at the start.
import * as library from 'libsodium-wrappers-sumo';

// The ESM build exports its functions on a default object that is complete only after `ready`.
type Library = typeof library;
const loaded = ((library as unknown as { default?: Library }).default ?? library) as Library;
let ready = false;

export async function sodiumReady(): Promise<void> {
  await loaded.ready;
  ready = true;
}

export function sodium(): Library {
  if (!ready) throw new Error('sodium: sodiumReady() has not been awaited');
  return loaded;
}
