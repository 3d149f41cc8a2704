// How the log's witnesses stand. What the server says of them is shown; what counts is their signatures on its heads,
// under the keys of entry 0, where that names any.
import type { Head } from '../wire/messages';
import type { Witnesses } from './client';
import type { Holdings } from './holdings';

/** Errors: throws LedgerViolation where a head is of another history. */
export function heardHead(holdings: Holdings, { checkpoint, own, quorum, witnesses }: Head): Witnesses {
  const { heads, ledger } = holdings;
  heads.saw(checkpoint);
  if (own !== null) heads.promised(own);
  holdings.keepHeads();
  if (quorum !== null) heads.cosigned(quorum);
  heads.told++;
  const { least, keys } = ledger.isFounded ? ledger.founding.witnesses : { least: 0, keys: [] };
  if (least > 0) return { state: 'asked', of: keys.length, needed: least, answering: witnesses?.answering ?? 0, at: heads.quorumAtMs };
  if (!witnesses) return { state: 'none' };
  const { of, needed, answering, atMs } = witnesses;
  return { state: 'asked', of, needed, answering, at: atMs };
}
