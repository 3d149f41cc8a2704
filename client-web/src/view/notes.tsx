// What happened without a click of the user's. Passing notes have a place of their own in the strip at the top, so that
// nothing is covered; what must not be missed stands below them until it is dismissed.
import { useEffect } from 'preact/hooks';
import type { Note } from '../conference/client';
import { sentence, words } from '../text';
import { Button, usePersonName } from './parts/small';
import { useClient } from './stage';

const shownMs = 5_000;
const staying: ReadonlySet<string> = new Set(['evidence', 'narrowing_late', 'stale', 'half_signed']);
const loud: ReadonlySet<string> = new Set(['evidence', 'narrowing_late']);

function useText(): (note: Note) => string {
  const t = words();
  const name = usePersonName();
  return (note) => {
    const about = note.person ? name(note.person) : note.failure ? sentence(note.failure.code)
      : note.reason ? t.reasons.placeholders[note.reason] : undefined;
    return about ? `${t.notes[note.kind]}：${about}` : t.notes[note.kind];
  };
}

/** The newest; several of one kind are one line. All go together, some seconds after the last. */
export function PassingNote() {
  const t = words();
  const client = useClient();
  const text = useText();
  const passing = client.notes.value.filter((note) => !staying.has(note.kind) && note.kind !== 'clock_off'); // the clock has its own bar
  const newest = passing.at(-1);
  const dismiss = () => { for (const note of passing) client.dismissNote(note.id); };
  useEffect(() => {
    if (newest === undefined) return;
    const timer = setTimeout(dismiss, shownMs);
    return () => clearTimeout(timer);
  }, [newest?.id]);
  const alike = passing.filter((note) => note.kind === newest?.kind).length;
  return (
    <div class="passing" role="status" aria-live="polite">
      {newest && <span>{alike > 1 ? `${t.notes[newest.kind]}${t.notes.times(alike)}` : text(newest)}</span>}
      {newest && <Button kind="quiet" small onPress={dismiss}>{t.errors.dismiss}</Button>}
    </div>
  );
}

export function StayingNotes() {
  const t = words();
  const client = useClient();
  const text = useText();
  const shown = client.notes.value.filter((note) => staying.has(note.kind)).slice(-3);
  return (
    <div class="staying" role="status" aria-live="polite">
      {shown.map((note) => (
        <div class={loud.has(note.kind) ? 'note loud' : 'note'} key={note.id} role={loud.has(note.kind) ? 'alert' : undefined}>
          <span>{text(note)}</span>
          <Button kind="quiet" small onPress={() => client.dismissNote(note.id)}>{t.errors.dismiss}</Button>
        </div>
      ))}
    </div>
  );
}
