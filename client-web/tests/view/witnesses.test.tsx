import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sodiumReady } from '../../src/crypto/sodium';
import { WitnessLine } from '../../src/view/shell';
import { Screen } from './screen';

beforeAll(sodiumReady);
afterEach(() => document.body.replaceChildren());

async function told(screen: Screen, witnesses: object | null): Promise<void> {
  const time = new Date(screen.client.now()!).toISOString();
  screen.server.tell('head', { time, size: screen.server.size, checkpoint: screen.server.town.checkpoint(), own: null, quorum: null, witnesses });
  await screen.pass(20);
}
const state = (screen: Screen, answering: number, agoMs: number | null) => ({
  policy: 'quorum none\n', of: 2, needed: 2, answering, at: agoMs === null ? null : new Date(screen.client.now()! - agoMs).toISOString(),
});

describe('the line about witnesses', () => {
  it('says how many confirm the ledger and how long ago, calmly', async () => {
    const screen = new Screen();
    await screen.show(<WitnessLine />);
    expect(screen.text()).toBe('');
    await told(screen, state(screen, 2, 3 * 60_000));
    expect(screen.text()).toMatch(/^台帳の立会い：2者のうち2者が確認（最後の確認 3分前）/);
    expect(screen.text()).toContain('動かす人に対しては、何の証明にもなりません。'); // a practice town, run by one hand
    expect(screen.root.querySelector('.stale')).toBeNull();
  });

  it('says after ten minutes what is stopped and what still works', async () => {
    const screen = new Screen();
    await screen.show(<WitnessLine />);
    for (const ago of [10 * 60_000 + 1, null]) {
      await told(screen, state(screen, 1, ago));
      expect(screen.text()).toContain('2者のうち1者が確認');
      expect(screen.text()).toContain('読める人を増やす操作は、確認が戻るまで止まっています。読むことと、範囲を狭める操作はできます。');
    }
    expect(screen.text()).toContain('まだ');
  });

  it('says plainly that a town has none', async () => {
    const screen = new Screen();
    await screen.show(<WitnessLine />);
    await told(screen, null);
    expect(screen.text()).toBe('台帳の立会い：この町では立会いを置いていません。');
  });
});
