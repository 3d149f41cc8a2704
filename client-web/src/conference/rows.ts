// Typed reading of policy.wasm's `snapshot` (server/wire/snapshot.hpp): our own module wrote it, so a missing member
// reads as nothing rather than stopping the screen.
import { isObject, type Json, type JsonObject } from '../wire/json';

export function rows(of: JsonObject, name: string): JsonObject[] {
  const value = of[name];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function str(of: JsonObject, name: string): string {
  const value = of[name];
  return typeof value === 'string' ? value : '';
}

export function strOrNull(of: JsonObject, name: string): string | null {
  const value = of[name];
  return typeof value === 'string' ? value : null;
}

export function num(of: JsonObject, name: string): number {
  const value = of[name];
  return typeof value === 'number' ? value : 0;
}

export function numOrNull(of: JsonObject, name: string): number | null {
  const value = of[name];
  return typeof value === 'number' ? value : null;
}

export function strs<T extends string = string>(of: JsonObject, name: string): T[] {
  const value = of[name];
  return Array.isArray(value) ? value.filter((one): one is T => typeof one === 'string') : [];
}

export function strsOrAll<T extends string = string>(of: JsonObject, name: string): T[] | '*' {
  return of[name] === '*' ? '*' : strs<T>(of, name);
}

export function millis(of: JsonObject, name: string): number {
  return Date.parse(str(of, name)) || 0;
}

export function textsByLanguage(value: Json | undefined): Record<string, string> | string | null {
  if (typeof value === 'string') return value;
  if (!isObject(value)) return null;
  const texts: Record<string, string> = {};
  for (const [language, text] of Object.entries(value)) if (typeof text === 'string') texts[language] = text;
  return Object.keys(texts).length > 0 ? texts : null;
}
