import { signal } from '@preact/signals';
import { en } from './en';
import { ja } from './ja';

/** Same keys and shapes as ja.ts; strings may differ. */
type Widen<T> = T extends string ? string
  : T extends (...args: infer A) => infer R ? (...args: A) => Widen<R>
  : T extends readonly (infer E)[] ? Widen<E>[]
  : { [K in keyof T]: Widen<T[K]> };
export type Texts = Widen<typeof ja>;
export type Language = 'ja' | 'en';

export const language = signal<Language>('ja');
/** The words of the screen's language; reading it in a component subscribes to the language. */
export const words = (): Texts => (language.value === 'ja' ? ja : en);

/** The label of a code, or the code itself where the tables do not know it (a newer server). */
export const label = (table: Record<string, string>, code: string | null | undefined): string =>
  code == null ? '' : (Object.hasOwn(table, code) ? table[code]! : code);

/** What went wrong, as a sentence: what happened, what is safe, what to do. */
export function sentence(code: string): string {
  const { failures, placeholders, rebasePrefix, unknownFailure } = words().reasons;
  if (Object.hasOwn(failures, code)) return failures[code]!;
  if (code.startsWith('REBASE_') && Object.hasOwn(placeholders, code.slice(7))) return rebasePrefix + placeholders[code.slice(7)]!;
  if (Object.hasOwn(placeholders, code)) return placeholders[code]!;
  return unknownFailure;
}
