// How the log's witnesses stand, as the server tells it.
import type { Head } from '../wire/messages';
import type { Witnesses } from './client';

export function witnessesOf({ witnesses }: Head): Witnesses {
  if (!witnesses) return { state: 'none' };
  const { of, needed, answering, atMs } = witnesses;
  return { state: 'asked', of, needed, answering, at: atMs };
}
