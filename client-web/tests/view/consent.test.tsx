import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Flip, WhatIf } from '../../src/conference/client';
import { sodiumReady } from '../../src/crypto/sodium';
import { language } from '../../src/text';
import { Changes } from '../../src/view/consent';
import { Screen } from './screen';

beforeAll(sodiumReady);
beforeEach(() => { language.value = 'ja'; document.body.replaceChildren(); });

const flip = (person: string, before: string, after: string): Flip => ({
  person, item: null, record: null, basis: null, categories: ['MED'], subjects: [], opened: false,
  before: { outcome: before === '' ? 'permit' : 'deny', hidden: false, ...(before === '' ? {} : { reason: before }) },
  after: { outcome: after === '' ? 'permit' : 'deny', hidden: false, ...(after === '' ? {} : { reason: after }) },
});
const whatIf = (flips: Flip[], cut = false): WhatIf => ({ reckonedBy: 'server', rejected: [], flips, cut, at: '2026-11-01T00:00:00.000Z', size: 1 });

describe('what a consent will change', () => {
  it('shows what opens and what closes, and folds what only changes its reason into one line', async () => {
    const screen = new Screen();
    await screen.show(<Changes whatIf={whatIf([
      flip('p1', 'NO_CONSENT', 'NOT_NEEDED'), flip('p2', '', 'REVOKED'), flip('p3', 'NO_CONSENT', 'REVOKED'), flip('p4', 'NO_CONSENT', ''),
    ])} />);
    const shown = [...screen.root.querySelectorAll('section > ul > li .sign')].map((sign) => sign.textContent);
    expect(shown).toEqual(['○', '×']);
    const folded = screen.root.querySelector('details');
    expect(folded?.open).toBe(false);
    expect(folded?.querySelector('summary')?.textContent).toBe('理由だけが変わるもの 2件');
    expect(folded?.querySelectorAll('li')).toHaveLength(2);
    expect(screen.text()).not.toContain('2,000件');
    expect(screen.text()).not.toContain('見られなくなる人はいません');
  });

  it('says that nobody sees more or less where only reasons change', async () => {
    const screen = new Screen();
    await screen.show(<Changes whatIf={whatIf([flip('p1', 'NO_CONSENT', 'NOT_NEEDED')])} />);
    expect(screen.text()).toContain('見られるようになる人、見られなくなる人はいません');
  });

  it('says so where the server could not name all of it', async () => {
    const screen = new Screen();
    await screen.show(<Changes whatIf={whatIf([flip('p1', 'NO_CONSENT', '')], true)} />);
    expect(screen.text()).toContain('2,000件までを示しています');
  });
});
