import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sodiumReady } from '../../src/crypto/sodium';
import { Talk } from '../../src/view/talk';
import { PassingNote, StayingNotes } from '../../src/view/notes';
import { Screen } from './screen';

beforeAll(sodiumReady);
beforeEach(() => { vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }); });
afterEach(() => { vi.useRealTimers(); document.body.replaceChildren(); });

/** A unit that opens, and is closed by the server, a note each time. */
async function closeUnit(screen: Screen, unit: string): Promise<void> {
  const from = screen.server.size;
  screen.server.town.write({ unit, statement: { kind: 'case.open', by: 'dan', case: unit.slice(5), subjects: [] }, by: screen.server.member });
  screen.server.batch(from);
  await screen.pass(50);
  screen.server.batch(screen.server.size, [unit]);
  await screen.pass(50);
}

describe('what happened without a click', () => {
  it('is one polite line for all of its kind, and goes by itself after some seconds', async () => {
    const screen = new Screen();
    await screen.show(<PassingNote />);
    const region = screen.root.querySelector('[role=status]');
    expect(region?.getAttribute('aria-live')).toBe('polite');
    expect(region?.textContent).toBe('');
    await closeUnit(screen, 'case/c-1');
    expect(screen.text()).toContain('読めなくなった記録を閉じました');
    await closeUnit(screen, 'case/c-2');
    expect(screen.text()).toContain('読めなくなった記録を閉じました（2件）');
    vi.advanceTimersByTime(4_900);
    expect(screen.client.notes.value).toHaveLength(2);
    vi.advanceTimersByTime(200);
    expect(screen.client.notes.value).toHaveLength(0);
    await screen.pass(20);
    expect(screen.text()).toBe('');
  });

  it('can be put away at once', async () => {
    const screen = new Screen();
    await screen.show(<PassingNote />);
    await closeUnit(screen, 'case/c-1');
    await screen.press('閉じる');
    expect(screen.text()).toBe('');
  });

  it('stays where it must not be missed, until it is dismissed', async () => {
    const screen = new Screen();
    await screen.show(<><PassingNote /><StayingNotes /></>);
    screen.server.answers.set('append', () => 'silence');
    void screen.client.setProtection('c-1', 's-1', ['ueki']);
    await screen.pass(10_100);
    vi.advanceTimersByTime(60_000);
    await screen.pass(20);
    expect(screen.root.querySelector('[role=alert]')?.textContent).toContain('10秒たっても届いていません');
    await screen.press('閉じる');
    expect(screen.text()).toBe('');
  });
});

describe('the message field of the talk', () => {
  it('is the one field of its form and carries no mark', async () => {
    const screen = new Screen();
    await screen.show(<Talk item="i-1" />);
    expect(screen.root.querySelector('label')?.textContent).toBe('発言');
  });
});
