import { language } from '../../text';

const jst = { timeZone: 'Asia/Tokyo' } as const;

/** 令和8年11月25日(水) — Intl knows the era; its first year is written 元年. */
export function longDate(at: number | string): string {
  const date = new Date(at);
  if (language.value === 'en') return date.toLocaleDateString('en-GB', { ...jst, weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' });
  const day = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', { ...jst, era: 'long', year: 'numeric', month: 'long', day: 'numeric' }).format(date);
  const weekday = new Intl.DateTimeFormat('ja-JP', { ...jst, weekday: 'short' }).format(date);
  return `${day.replace(/^(\D+)1年/, '$1元年')}(${weekday})`;
}

export const clockTime = (at: number | string): string =>
  new Date(at).toLocaleTimeString('ja-JP', { ...jst, hour: '2-digit', minute: '2-digit' });
export const clockSeconds = (at: number | string): string =>
  new Date(at).toLocaleTimeString('ja-JP', { ...jst, hour: '2-digit', minute: '2-digit', second: '2-digit' });
export const dateAndTime = (at: number | string): string => `${longDate(at)} ${clockTime(at)}`;

/** The calendar day in Japan, `YYYY-MM-DD`. */
export const dayOf = (at: number | string): string => new Date(at).toLocaleDateString('sv-SE', jst);

/** Where a day in Japan, `YYYY-MM-DD`, begins. */
export const midnight = (day: string): string => `${day}T00:00:00+09:00`;

/** A day and a time in Japan as an instant; null where the calendar has no such day or hour. */
export function instantAt(day: string, hour: number, minute: number): string | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!match || !(hour >= 0 && hour < 24 && minute >= 0 && minute < 60)) return null;
  const two = (n: number) => String(n).padStart(2, '0');
  const at = new Date(`${day}T${two(hour)}:${two(minute)}:00+09:00`);
  return Number.isNaN(at.getTime()) || dayOf(at.getTime()) !== day ? null : at.toISOString();
}
