import { describe, expect, it } from 'vitest';
import { asked, finds } from '../../src/conference/audit';
import type { AuditQuestion, AuditRow } from '../../src/conference/client';

const everything: AuditQuestion = { person: null, case: null, kind: 'all', from: null, to: null };
const row = (more: Partial<AuditRow>): AuditRow => ({
  index: 7, at: Date.parse('2026-11-20T23:30:00+09:00'), kind: 'release', person: 'ueki', device: null, record: 'r-a', item: null, case: 'c-a', household: 'A',
  categories: [], ground: 'LAW', reason: null, alarm: null, openedAt: null, asked: null, ...more,
});

describe('what a look finds', () => {
  it('is what its question names, by whole days in Japan', () => {
    expect(finds(everything, row({}))).toBe(true);
    expect(finds({ ...everything, person: 'hara' }, row({}))).toBe(false);
    expect(finds({ ...everything, case: 'c-b' }, row({}))).toBe(false);
    expect(finds({ ...everything, from: '2026-11-20', to: '2026-11-20' }, row({}))).toBe(true);
    expect(finds({ ...everything, from: '2026-11-21' }, row({}))).toBe(false);
    expect(finds({ ...everything, to: '2026-11-19' }, row({}))).toBe(false);
  });

  it('shows an alarm among the outcomes whatever its kind, and a step on the way only when asked for', () => {
    const outcomes: AuditQuestion = { ...everything, kind: 'outcomes' };
    expect(finds(outcomes, row({ kind: 'opened' }))).toBe(false);
    expect(finds(outcomes, row({ kind: 'opened', alarm: 'OPENED_WITHOUT_RELEASE' }))).toBe(true);
    expect(finds({ ...everything, kind: 'opened' }, row({ kind: 'opened' }))).toBe(true);
  });
});

describe('what another officer’s look says in its body', () => {
  it('is read back as it was asked', () => {
    expect(asked({ kind: 'denied', person: 'ueki', from: '2026-11-01', size: 12 })).toEqual({ person: 'ueki', case: null, kind: 'denied', from: '2026-11-01', to: null });
  });

  it('counts as unknown, or as nothing, where it is no question and no day: another client wrote it', () => {
    expect(asked({})).toBeNull();
    expect(asked({ kind: 'constructor' })).toBeNull();
    expect(asked({ kind: 'all', from: '2026-99-99', to: 5, person: ['ueki'], case: {} })).toEqual(everything);
  });
});
