import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { endAfterLifetime, lifetimeMs } from '../../src/keep/lifetime';

describe('the time for which a vault is open', () => {
  beforeEach(() => { vi.useFakeTimers(); });
  afterEach(() => { vi.useRealTimers(); });

  it('ends twelve hours after it began, at the next look at the clock', () => {
    const end = vi.fn();
    endAfterLifetime(end);
    vi.advanceTimersByTime(lifetimeMs - 60_000);
    expect(end).not.toHaveBeenCalled();
    vi.advanceTimersByTime(120_000);
    expect(end).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(lifetimeMs * 2);
    expect(end).toHaveBeenCalledTimes(1);
  });

  it('ends when a machine wakes that slept over it', () => {
    const end = vi.fn();
    endAfterLifetime(end);
    vi.setSystemTime(Date.now() + lifetimeMs); // no timer ran meanwhile
    vi.advanceTimersByTime(60_000);
    expect(end).toHaveBeenCalledTimes(1);
  });

  it('is not longer for who sets the clock back', () => {
    const end = vi.fn();
    endAfterLifetime(end);
    vi.setSystemTime(Date.now() - 10 * lifetimeMs);
    vi.advanceTimersByTime(lifetimeMs + 60_000);
    expect(end).toHaveBeenCalledTimes(1);
  });

  it('is over with the lock that the user asked for', () => {
    const end = vi.fn();
    endAfterLifetime(end)();
    vi.advanceTimersByTime(lifetimeMs * 2);
    expect(end).not.toHaveBeenCalled();
  });
});
