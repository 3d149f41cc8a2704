// What stands inside a record (crypto/FORMATS.md §8): JSON with title and text, a decision's with its own members.
import { fromUtf8, utf8 } from '../crypto/bytes';
import { isObject, type JsonObject, parseJson } from '../wire/json';
import type { DecisionText, RecordContent } from './model';

export function writeContent(content: RecordContent): Uint8Array {
  return utf8(JSON.stringify(content));
}

export function writeDecision(text: DecisionText): Uint8Array {
  return utf8(JSON.stringify({
    v: 1, title: text.title ?? '', text: '', policy: text.policy, done: text.works,
    tasks: text.tasks.map((task) => ({ who: task.who, what: task.what, by: task.due })), next: text.next,
  }));
}

const textOf = (of: JsonObject, name: string): string => (typeof of[name] === 'string' ? of[name] : '');

/** Errors: null where it is no content of version 1. Unknown members are kept for nobody. */
export function readContent(bytes: Uint8Array): RecordContent | DecisionText | null {
  const text = fromUtf8(bytes);
  const value = text === null ? null : parseJson(text);
  if (value === null || !isObject(value) || value['v'] !== 1) return null;
  if (typeof value['policy'] === 'string') {
    const tasks = Array.isArray(value['tasks']) ? value['tasks'].filter(isObject) : [];
    return {
      v: 1, title: textOf(value, 'title'), policy: value['policy'], works: textOf(value, 'done'), next: textOf(value, 'next'),
      tasks: tasks.map((task) => ({ who: textOf(task, 'who'), what: textOf(task, 'what'), due: textOf(task, 'by') })),
    };
  }
  return { ...value, v: 1, title: textOf(value, 'title'), text: textOf(value, 'text') };
}

export const nameLength = 40;

/** How the content calls its subjects, one short line each: what others wrote never breaks a line or turns its direction. */
export function namesIn(content: RecordContent | DecisionText): Map<string, string> {
  const names = 'names' in content ? content.names : null;
  if (typeof names !== 'object' || names === null || Array.isArray(names)) return new Map();
  return new Map(Object.entries(names).filter((pair): pair is [string, string] => typeof pair[1] === 'string')
    .map(([subject, name]): [string, string] => [subject, [...name.replace(/\p{C}/gu, '').trim()].slice(0, nameLength).join('')])
    .filter(([, name]) => name !== ''));
}
