// What is signed outside of envelopes, each under its own label (crypto/FORMATS.md §10).
import { u64be } from './bytes';
import { parts } from './hash';

/** By the device at `authenticate`; `browserOrigin` is empty where there is none. */
export function authInput(log: string, browserOrigin: string, serverNonce: Uint8Array, clientNonce: Uint8Array): Uint8Array {
  return parts('kasane/auth/v1', log, browserOrigin, serverNonce, clientNonce);
}

export function attendInput(verb: 'enter' | 'leave', log: string, item: string, session: Uint8Array): Uint8Array {
  return parts(`kasane/${verb}/v1`, log, item, session);
}

/** By the server's statement key, as the two below. */
export function timeInput(log: string, clientNonce: Uint8Array, timeMs: number): Uint8Array {
  return parts('kasane/time/v1', log, clientNonce, u64be(timeMs));
}

export function closedInput(log: string, person: string, unit: string, size: number): Uint8Array {
  return parts('kasane/closed/v1', log, person, unit, u64be(size));
}

export function wantedInput(log: string, record: string, device: string): Uint8Array {
  return parts('kasane/wanted/v1', log, record, device);
}
