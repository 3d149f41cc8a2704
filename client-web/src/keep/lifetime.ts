// A vault stays open for a working day and no longer (ASVS 7.3.2): what is left running overnight is locked in the morning.
export const lifetimeMs = 12 * 3_600_000;
const lookMs = 30_000;

/** Calls `end` once, twelve hours from now. Time asleep counts, and setting the clock back wins none. Returns what calls it off. */
export function endAfterLifetime(end: () => void): () => void {
  const wall = Date.now();
  const steady = performance.now();
  const look = setInterval(() => {
    if (Math.max(Date.now() - wall, performance.now() - steady) < lifetimeMs) return;
    clearInterval(look);
    end();
  }, lookMs);
  return () => clearInterval(look);
}
