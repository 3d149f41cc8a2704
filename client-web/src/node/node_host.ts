import type { Host, Keep } from '../conference/ports';

export const nodeHost: Host = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  watched: () => true,
};

/** A vault in memory. It outlives a client, so that a reload can be played: hand it to the next one. */
export function memoryKeep(): Keep {
  const values = new Map<string, Uint8Array>();
  return {
    get: (key) => Promise.resolve(values.get(key) ?? null),
    put: (key, value) => Promise.resolve(void values.set(key, value.slice())),
    remove: (key) => Promise.resolve(void values.delete(key)),
    keys: (prefix) => Promise.resolve([...values.keys()].filter((key) => key.startsWith(prefix))),
  };
}
