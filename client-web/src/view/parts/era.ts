// 和暦 and the Western calendar. Stored as ISO 8601 only; the government's design system has no such input.

export type Era = 'reiwa' | 'heisei' | 'showa' | 'taisho' | 'western';
/** First day of each era, newest first; a year of an era is the Western year less `before`. */
const eras: readonly { era: Exclude<Era, 'western'>; from: string; before: number }[] = [
  { era: 'reiwa', from: '2019-05-01', before: 2018 },
  { era: 'heisei', from: '1989-01-08', before: 1988 },
  { era: 'showa', from: '1926-12-25', before: 1925 },
  { era: 'taisho', from: '1912-07-30', before: 1911 },
];

export interface EraDate { era: Era; year: string; month: string; day: string }

/** ISO day, or null where there is no such day, or the era had not begun or had ended. */
export function toIso(date: EraDate): string | null {
  const digits = [date.year, date.month, date.day].map((part) => part.normalize('NFKC').trim());
  if (digits[0] === '元') digits[0] = '1';
  if (!digits.every((part) => /^\d{1,4}$/.test(part))) return null;
  const [year, month, day] = digits.map(Number) as [number, number, number];
  const at = eras.findIndex((one) => one.era === date.era);
  const western = date.era === 'western' ? year : year + eras[at]!.before;
  if (year < 1 || western < 1868 || western > 2200) return null;
  const iso = `${western}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  const real = new Date(`${iso}T00:00:00Z`);
  if (Number.isNaN(real.getTime()) || real.toISOString().slice(0, 10) !== iso) return null;
  if (date.era !== 'western') {
    const next = eras[at - 1];
    if (iso < eras[at]!.from || (next && iso >= next.from)) return null;
  }
  return iso;
}

export function fromIso(iso: string): EraDate {
  const [year, month, day] = iso.split('-').map(Number) as [number, number, number];
  const one = eras.find((candidate) => iso >= candidate.from);
  return { era: one?.era ?? 'western', year: String(one ? year - one.before : year), month: String(month), day: String(day) };
}
