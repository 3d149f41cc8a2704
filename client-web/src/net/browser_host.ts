import type { Host } from '../conference/ports';

export const browserHost: Host = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  watched: () => document.visibilityState !== 'hidden',
};
