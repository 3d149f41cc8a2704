// 日時を変える: a sitting that has not begun, to another day or hour, by who may.
import { useState } from 'preact/hooks';
import type { Conference } from '../conference/model';
import { words } from '../text';
import { EraDateField } from './parts/era_date';
import { type Option, SelectField } from './parts/form';
import { Button, Trouble, useStep } from './parts/small';
import { clockTime, dayOf, instantAt } from './parts/time';
import { useClient } from './stage';

const two = (n: number): string => String(n).padStart(2, '0');

export function TimeFields({ id, hour, minute, onHour, onMinute }: { id: string; hour: string; minute: string; onHour: (hour: string) => void; onMinute: (minute: string) => void }) {
  const t = words();
  const minutes = [...new Set([...Array.from({ length: 12 }, (_, i) => two(i * 5)), minute])].sort();
  return (
    <div class="row">
      <SelectField id={`${id}hour`} label={t.convene.hour} blank={false} value={hour} onValue={onHour} options={Array.from({ length: 24 }, (_, h): Option => [two(h), String(h)])} />
      <SelectField id={`${id}minute`} label={t.convene.minute} blank={false} value={minute} onValue={onMinute} options={minutes.map((m): Option => [m, m])} />
    </div>
  );
}

export function Move({ conference }: { conference: Conference }) {
  const t = words();
  const client = useClient();
  const step = useStep();
  const [day, setDay] = useState<string | null>(dayOf(conference.startsAt));
  const [hour, setHour] = useState(clockTime(conference.startsAt).slice(0, 2));
  const [minute, setMinute] = useState(clockTime(conference.startsAt).slice(3, 5));
  const statement = { kind: 'conference.move', conference: conference.id, starts_at: new Date(conference.startsAt).toISOString() };
  if (!client.may(statement).accepted) return null;
  const startsAt = day === null ? null : instantAt(day, Number(hour), Number(minute));
  const id = `move-${conference.id}-`;
  return (
    <details>
      <summary>{t.convene.move}</summary>
      <form class="stack tight" onSubmit={(e) => { e.preventDefault(); if (startsAt) void step.run(() => client.moveConference(conference.id, startsAt)); }}>
        <EraDateField id={`${id}day`} label={t.convene.date} iso={day} onIso={setDay} />
        <TimeFields id={id} hour={hour} minute={minute} onHour={setHour} onMinute={setMinute} />
        <Trouble failure={step.failure} />
        <div><Button submit kind="primary" disabled={step.busy || !startsAt || startsAt === statement.starts_at}>{t.convene.move}</Button></div>
      </form>
    </details>
  );
}
