// The file that an officer, a court or another municipality checks without us: `kasane verify --evidence FILE`
// (server/log/FORMAT.md "Evidence"). It holds signed bytes alone, and what has to be hashed to see that they contradict.
import { equal, fromHex, hex } from '../crypto/bytes';
import { parseEnvelope } from '../crypto/envelope';
import { consistencyProof, inclusionProof, treeRoot } from '../crypto/merkle';
import { verifyCheckpoint } from '../crypto/note';
import type { Founding } from './founding';
import type { Ledger } from './ledger';
import type { WireEntry } from '../wire/messages';
import { parsePayload } from './payload';
import type { LedgerViolation } from './violation';

/** That the tree of the larger head has another root at this size than the smaller head, or an author's `seen`, says. */
export interface ForkProof {
  size: number;
  root: string;
  path: string[];
}

export interface Evidence {
  v: 1;
  type: 'kasane-evidence';
  code: string;
  detail: string;
  index: number | null;
  /** By the device's own clock, RFC 3339. */
  found_at: string;
  log: string;
  /** Entry 0's envelope: it hashes to the log's name and holds the log's keys. */
  founding: string;
  device: string;
  /** The head that was verified first, and the one that does not fit it. */
  heads: string[];
  fork: ForkProof | null;
  /** An entry of the first head's tree, as sent, with its unit's salt and its inclusion path. */
  entry: object | null;
  /** Of a hidden tail. */
  hidden: object | null;
}

/** Both heads signed and, for their tree of which the leaves are given, not one history; null where that does not show. */
export function forkProof(founding: Founding, ledger: Ledger, mine: string, theirs: string, theirLeaves: readonly Uint8Array[] | null): ForkProof | null {
  const { origin, logKey } = founding;
  const [a, b] = [verifyCheckpoint(mine, origin, logKey), verifyCheckpoint(theirs, origin, logKey)];
  if (!a || !b || a.size === 0 || b.size === 0 || a.size === b.size) return null; // of one size, two roots say it all
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  const leaves = large === a ? ledger.leaves.slice(0, a.size) : theirLeaves?.slice(0, b.size);
  if (leaves?.length !== large.size || !equal(treeRoot(leaves), large.root)) return null;
  return rootProof(leaves, small.size, small.root);
}

/** Null where it is the same root. */
function rootProof(leaves: readonly Uint8Array[], size: number, said: Uint8Array): ForkProof | null {
  const root = treeRoot(leaves.slice(0, size));
  return equal(root, said) ? null : { size, root: hex(root), path: consistencyProof(leaves, size).map(hex) };
}

/** Another root than the author of this entry was shown. */
function seenProof(ledger: Ledger, entry: WireEntry | undefined): ForkProof | null {
  const payload = parsePayload(parseEnvelope(entry?.envelope ?? '')?.payload ?? new Uint8Array());
  const said = payload && fromHex(payload.seen.root, 32);
  return said && payload.seen.size > 0 && payload.seen.size <= ledger.size ? rootProof(ledger.leaves, payload.seen.size, said) : null;
}

/** The entry with what shows it in the tree of the head that is held. */
function entryOf(ledger: Ledger, { shown }: LedgerViolation): object | null {
  const { entry, salt } = shown;
  if (!entry || !salt || entry.index >= ledger.size) return null;
  return {
    i: entry.index, t: entry.timeMs, u: entry.unit, p: entry.position, v: hex(entry.previous), e: entry.envelope, salt: hex(salt),
    path: inclusionProof(ledger.leaves, entry.index).map(hex),
  };
}

export function evidenceOf(
  founding: Founding, ledger: Ledger, violation: LedgerViolation, mine: string | null, at: { device: string; foundAtMs: number }, theirLeaves: readonly Uint8Array[] | null = null,
): Evidence {
  const heads = [mine, violation.shown.note ?? null].filter((note) => note !== null);
  const [first, second] = heads;
  return {
    v: 1, type: 'kasane-evidence', code: violation.code, detail: violation.detail, index: violation.index,
    found_at: new Date(at.foundAtMs).toISOString(), log: founding.log, founding: founding.envelope, device: at.device, heads,
    fork: first !== undefined && second !== undefined ? forkProof(founding, ledger, first, second, theirLeaves)
      : violation.code === 'SEEN' ? seenProof(ledger, violation.shown.entry) : null,
    entry: entryOf(ledger, violation), hidden: violation.shown.hidden ?? null,
  };
}

export const evidenceText = (evidence: Evidence): string => `${JSON.stringify(evidence, null, 1)}\n`;
