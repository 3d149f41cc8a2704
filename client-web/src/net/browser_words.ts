import { integrity, url } from 'virtual:guessed-words';
import type { Words } from '../keep/passphrase';

/** Errors: rejects where the lists cannot be fetched, or are not those that the page was built with. */
export async function loadWords(): Promise<Words> {
  const response = await fetch(url, { integrity, cache: 'force-cache' });
  if (!response.ok) throw new Error(`guessed-words.json: ${response.status}`);
  return await response.json() as Words;
}
