// How a step ends: as asked, or with a code that the screens turn into a sentence.

/** What went wrong, for the screen to turn into a sentence: a code, and what it needs to say more. */
export interface Failure {
  /** A policy reason (policy.md), a wire reason (PROTOCOL.md), or one of `ClientReason`. */
  code: string;
  /** STALE: what changed since the author looked. */
  changed?: { index: number; unit: string }[];
  /** KEY_PENDING: who is asked for the key. */
  holders?: string[];
  /** RECIPIENTS_CHANGED: devices that the server does not allow. */
  beyond?: string[];
  /** EPOCH_CHANGED: the epoch now. */
  epoch?: number;
  /** Which statement of several, where known. */
  index?: number;
  /** EVIDENCE: which violation (`ledger/violation.ts`). */
  what?: string;
  /** Plain detail for the diagnostics panel; never content. */
  detail?: string;
}

/** Reasons of the client itself. */
export type ClientReason =
  /** No connection; the work is kept on this device and sent later. */
  | 'OFFLINE'
  /** No connection, and nothing was kept: it has to be asked again. */
  | 'OFFLINE_ASK'
  /** This browser holds no vault for it, or the vault is locked. */
  | 'LOCKED'
  | 'WRONG_PASSPHRASE'
  /** The server showed something that cannot be true: evidence is kept, nothing is extended any more. */
  | 'EVIDENCE'
  /** The device's own clock is more than two minutes off; confirm the time first. */
  | 'CLOCK_OFF'
  /** What it rests on is not readable to this person any more, or not yet. */
  | 'INCOMPLETE'
  /** The bytes do not match what the author signed. */
  | 'TAMPERED'
  /** The own fold does not allow what was asked. */
  | 'NOT_ALLOWED'
  /** An epoch is not established yet. */
  | 'NO_EPOCH'
  /** A recipient of the epoch that the own fold does not allow: sending has stopped. */
  | 'EPOCH_UNSAFE'
  /** The device is not in the ledger (not added yet, or revoked). */
  | 'UNKNOWN_DEVICE'
  /** Malformed input of a screen (an empty text, a bundle that is no bundle). */
  | 'INPUT'
  /** policy.wasm trapped or refused to load. */
  | 'POLICY_FAILED'
  | 'TOO_LARGE'
  /** Another window of this browser has this vault open. */
  | 'VAULT_IN_USE'
  | 'DISCARDED';

export type Result<T> = { ok: true; value: T } | { ok: false; error: Failure };
