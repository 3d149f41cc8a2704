// What changed before the reader's eyes and is worth a line.
import type { Note } from './client';
import type { Model } from './model';

export function changesBetween(before: Model | null, after: Model): Omit<Note, 'id' | 'at'>[] {
  if (!before) return [];
  const notes: Omit<Note, 'id' | 'at'>[] = [];
  for (const item of after.items.values()) {
    const old = before.items.get(item.id);
    if (item.mySeat && old && item.state === 'open' && old.state !== 'open') {
      const from = [...before.items.values()].find((one) => one.conference === item.conference && one.state === 'open');
      notes.push({ kind: 'item_switched', item: item.id, ...(from ? { from: from.id } : {}) });
    }
  }
  for (const card of after.records.values()) {
    const old = before.records.get(card.id);
    for (const [item, verdict] of Object.entries(card.at)) {
      if (verdict.outcome === 'permit' && old?.at[item]?.outcome === 'deny') notes.push({ kind: 'record_opened', record: card.id, item });
    }
  }
  return notes;
}
