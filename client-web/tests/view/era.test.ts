import { describe, expect, it } from 'vitest';
import { fromIso, toIso } from '../../src/view/parts/era';
import { hasMyNumber } from '../../src/view/parts/my_number';
import { instantAt, longDate } from '../../src/view/parts/time';

describe('a date in Japanese eras', () => {
  it('becomes an ISO day, and comes back', () => {
    expect(toIso({ era: 'reiwa', year: '8', month: '11', day: '25' })).toBe('2026-11-25');
    expect(fromIso('2026-11-25')).toEqual({ era: 'reiwa', year: '8', month: '11', day: '25' });
    expect(toIso({ era: 'showa', year: '15', month: '3', day: '1' })).toBe('1940-03-01');
    expect(fromIso('1900-01-01').era).toBe('western');
  });
  it('takes 元年 and full-width digits', () => {
    expect(toIso({ era: 'reiwa', year: '元', month: '５', day: '１' })).toBe('2019-05-01');
  });
  it('refuses a day before the era began or after it ended, and days that no calendar has', () => {
    expect(toIso({ era: 'reiwa', year: '1', month: '4', day: '30' })).toBeNull();
    expect(toIso({ era: 'heisei', year: '31', month: '5', day: '1' })).toBeNull();
    expect(toIso({ era: 'heisei', year: '31', month: '4', day: '30' })).toBe('2019-04-30');
    expect(toIso({ era: 'western', year: '2026', month: '2', day: '29' })).toBeNull();
    expect(toIso({ era: 'reiwa', year: '', month: '1', day: '1' })).toBeNull();
    expect(toIso({ era: 'reiwa', year: '-1', month: '1', day: '1' })).toBeNull();
  });
  it('is shown with its era and weekday, the first year as 元年', () => {
    expect(longDate('2026-11-25T00:00:00+09:00')).toBe('令和8年11月25日(水)');
    expect(longDate('2019-05-01T00:00:00+09:00')).toBe('令和元年5月1日(水)');
  });
  it('and a time in Japan is one instant; an hour that does not exist is none', () => {
    expect(instantAt('2026-11-25', 14, 0)).toBe('2026-11-25T05:00:00.000Z');
    expect(instantAt('2026-11-25', 24, 0)).toBeNull();
    expect(instantAt('2026-02-30', 10, 0)).toBeNull();
  });
});

describe('an individual number (マイナンバー)', () => {
  it('is recognised by its check digit, also with spaces and full-width digits', () => {
    expect(hasMyNumber('番号は123456789018です')).toBe(true);
    expect(hasMyNumber('1234 5678 9018')).toBe(true);
    expect(hasMyNumber('１２３４５６７８９０１８')).toBe(true);
  });
  it('is not seen in other numbers', () => {
    expect(hasMyNumber('電話 09012345678、口座 123456789017')).toBe(false);
    expect(hasMyNumber('1234567890180')).toBe(false);
  });
});
