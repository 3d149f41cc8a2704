import { describe, expect, it } from 'vitest';
import { epochIsDue, epochMaxMs, stewardOrder } from '../../src/conference/steward';

const seats = [
  { person: 'm', device: 'd-b', seat: 'member' as const }, { person: 'm2', device: 'd-a', seat: 'member' as const },
  { person: 'r', device: 'd-z', seat: 'recorder' as const }, { person: 'c', device: 'd-y', seat: 'chair' as const },
  { person: 'family', device: 'd-0', seat: 'family' as const }, { person: 'obs', device: 'd-1', seat: 'observer' as const },
];

describe('the steward of the talk', () => {
  it('is the chair, then the recorder, then a member by the lower device id', () => {
    expect(stewardOrder(seats, ['m', 'm2', 'r', 'c', 'family', 'obs'])).toEqual(['d-y', 'd-z', 'd-a', 'd-b']);
  });
  it('is nobody who is not in the epoch, and no private seat', () => {
    expect(stewardOrder(seats, ['m', 'family'])).toEqual(['d-b']);
    expect(stewardOrder(seats, ['family', 'obs'])).toEqual([]);
  });
});

describe('a new epoch', () => {
  const now = { number: 1, committedAtMs: 1000, recipients: new Set(['d-a', 'd-b']) };
  it('is due where there is none, or after fifteen minutes', () => {
    expect(epochIsDue(null, new Set(['d-a']), 0)).toBe(true);
    expect(epochIsDue(now, new Set(['d-a', 'd-b']), 1000 + epochMaxMs - 1)).toBe(false);
    expect(epochIsDue(now, new Set(['d-a', 'd-b']), 1000 + epochMaxMs)).toBe(true);
  });
  it('is due when somebody comes or goes, not while the recipients are still being fetched', () => {
    expect(epochIsDue(now, new Set(['d-a']), 2000)).toBe(true);
    expect(epochIsDue(now, new Set(['d-a', 'd-c']), 2000)).toBe(true);
    expect(epochIsDue({ ...now, recipients: null }, new Set(['d-a']), 2000)).toBe(false);
  });
});
