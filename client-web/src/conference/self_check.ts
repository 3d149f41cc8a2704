// 「台帳を確かめる」: everything that this device holds, verified once more from the bytes.
import { equal, hex } from '../crypto/bytes';
import { sha256 } from '../crypto/hash';
import { treeRoot } from '../crypto/merkle';
import { verifyCheckpoint } from '../crypto/note';
import { Ledger } from '../ledger/ledger';
import { LedgerViolation } from '../ledger/violation';
import type { LedgerReport } from './client';
import type { Holdings } from './holdings';
import type { Host } from './ports';

/** Works through a copy, in one go: some seconds for tens of thousands of entries. */
export function checkLedger(holdings: Holdings, host: Host, foundingHash: string): LedgerReport {
  const started = host.monotonicMs();
  const { ledger } = holdings;
  const findings: LedgerReport['findings'] = [];
  const root = treeRoot(ledger.leaves);
  const { founding, checkpoint } = ledger;
  const head = checkpoint === null ? null : verifyCheckpoint(checkpoint, founding.origin, founding.logKey);
  const checkpointValid = head !== null && head.size === ledger.size && equal(head.root, root);
  if (!checkpointValid) findings.push({ index: null, code: 'ROOT', detail: `size ${ledger.size}` });
  const entries = ledger.entries();
  let signatures = 0;
  const copy = new Ledger(foundingHash);
  try {
    copy.add({
      from: 0, leaves: ledger.leaves, checkpoint: checkpoint ?? '',
      salts: new Map([...ledger.units.values()].map((unit) => [unit.name, unit.salt])),
      entries: entries.map((entry) => ({
        index: entry.index, timeMs: entry.timeMs, unit: entry.unit, position: entry.position, envelope: entry.envelope,
        ciphertext: entry.ciphertext,
        previous: ledger.units.get(entry.unit)?.entries[entry.position - 1]?.leaf ?? new Uint8Array(32),
      })),
    });
    signatures = entries.reduce((sum, entry) => sum + (typeof entry.payload.statement['with'] === 'string' ? 2 : 1), 0);
  } catch (error) {
    if (!(error instanceof LedgerViolation)) throw error;
    findings.push({ index: error.index, code: error.code, detail: error.detail });
  }
  for (const entry of entries) {
    const { digest } = entry.payload.body;
    if (entry.ciphertext && digest !== hex(sha256(entry.ciphertext))) {
      findings.push({ index: entry.index, code: 'LEAF', detail: 'the ciphertext is not the message\'s' });
    }
  }
  return {
    log: founding.log, size: ledger.size, root: hex(root), checkpointValid, entries: entries.length, units: ledger.units.size,
    signatures, accounted: entries.length, readsAll: false, findings, tookMs: Math.round(host.monotonicMs() - started),
  };
}

