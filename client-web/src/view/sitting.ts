// Where this window sits. Writing a record or a decision is still sitting there; going home, or to another item, is leaving.
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { KasaneClient } from '../conference/client';
import { route } from './stage';

/** Items whose switch page was read in this window. */
export const seenSwitch = signal<readonly string[]>([]);
const inside = signal<string | null>(null);
const stillSitting = new Set(['live', 'share', 'decision', 'read-decision', 'consent', 'household']);

function sit(client: KasaneClient, item: string | null): void {
  const before = inside.value;
  if (before === item) return;
  inside.value = item;
  if (before) void client.leave(before);
  if (item) void client.enter(item);
}

/** Enters the item while its live screen may (`null`: not open, or not acknowledged yet). */
export function useSeat(client: KasaneClient, item: string | null): void {
  useEffect(() => sit(client, item), [client, item]);
}

/** Leaves when the screen is none of the sitting's. */
export function useLeaving(client: KasaneClient): void {
  const sitting = stillSitting.has(route.value.screen);
  useEffect(() => { if (!sitting) sit(client, null); }, [client, sitting]);
}
