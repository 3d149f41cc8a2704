// Who makes the next epoch, and when (design.md §4 Talk). Every client reckons the same from the ledger.
import type { SeatKind } from './model';

export interface Candidate {
  person: string;
  device: string;
  seat: SeatKind;
}

const order: SeatKind[] = ['chair', 'recorder', 'member', 'adhoc'];

/** Devices in the order in which they step in: chair, recorder, member, adhoc, then the lower device id. */
export function stewardOrder(attending: readonly Candidate[], epochPersons: readonly string[]): string[] {
  const allowed = new Set(epochPersons);
  return attending
    .filter((one) => order.includes(one.seat) && allowed.has(one.person))
    .sort((a, b) => order.indexOf(a.seat) - order.indexOf(b.seat) || (a.device < b.device ? -1 : 1))
    .map((one) => one.device)
    .filter((device, i, all) => all.indexOf(device) === i);
}

export const epochMaxMs = 15 * 60_000;
/** Changes that come together make one epoch. */
export const togetherMs = 500;
/** The next in line waits this long for each before it. */
export const stepInMs = 5_000;

export interface EpochNow {
  number: number;
  committedAtMs: number;
  /** Devices that its commit wrapped to, where known. */
  recipients: ReadonlySet<string> | null;
}

/** Is a new epoch due, for these devices, at this time? */
export function epochIsDue(now: EpochNow | null, devices: ReadonlySet<string>, atMs: number): boolean {
  if (now === null || atMs - now.committedAtMs >= epochMaxMs) return true;
  if (now.recipients === null) return false;
  return now.recipients.size !== devices.size || [...devices].some((device) => !now.recipients?.has(device));
}
