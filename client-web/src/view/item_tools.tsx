// Beside the chair's tools: tasks that outlive the sitting, and the word of who has no device with them.
import { useState } from 'preact/hooks';
import type { Item } from '../conference/model';
import { label, words } from '../text';
import { EraDateField } from './parts/era_date';
import { Choices, type Option, SelectField } from './parts/form';
import { isDecision } from './parts/opened_record';
import { Button, Trouble, usePersonName, useStep } from './parts/small';
import { longDate } from './parts/time';
import { useClient, useModel } from './stage';

/** The chair or the recorder, for another who is seated: paper or word of mouth counts as that person's acknowledgement. */
export function Attestations({ item }: { item: Item }) {
  const t = words();
  const client = useClient();
  const model = useModel();
  const name = usePersonName();
  const step = useStep();
  const version = model.bases.get(item.basis)?.noticeVersion ?? null;
  if (version === null) return null;
  const waiting = item.seats.filter((seat) => !seat.acknowledged && client.may({
    kind: 'presence.attest', conference: item.conference, basis: item.basis, person: seat.person, version, how: 'paper',
  }).accepted);
  if (waiting.length === 0) return null;
  return (
    <details>
      <summary>{t.guard.attest.title}（{waiting.length}）</summary>
      <div class="stack tight">
        <p class="soft">{t.guard.attest.help}</p>
        <ul class="plain stack tight">
          {waiting.map((seat) => (
            <li key={seat.person} class="row between">
              <b class="grow">{name(seat.person)}</b>
              {(['paper', 'oral'] as const).map((how) => (
                <Button key={how} small disabled={step.busy} aria-label={`${t.guard.attest[how]}：${name(seat.person)}`} onPress={() => void step.run(() => client.attestPresence(item.id, seat.person, how))}>{t.guard.attest[how]}</Button>
              ))}
            </li>
          ))}
        </ul>
        <Trouble failure={step.failure} />
      </div>
    </details>
  );
}

export function Tasks({ item }: { item: Item }) {
  const t = words();
  const client = useClient();
  const model = useModel();
  const name = usePersonName();
  const step = useStep();
  const [person, setPerson] = useState('');
  const [records, setRecords] = useState<string[]>([]);
  const [to, setTo] = useState<string | null>(null);
  const w = t.guard.tasks;
  const listed = item.tasks.map((id) => model.tasks.get(id)).filter((task) => task !== undefined);
  const people = item.seats.filter((seat) => seat.professional).map((seat): Option => [seat.person, name(seat.person)]);
  const cards = item.records.map((id) => model.records.get(id)).filter((card) => card !== undefined && !card.withdrawn);
  const options = cards.map((card): Option => {
    const opened = card!.opened.state === 'open' && !isDecision(card!.opened.content) ? card!.opened.content.title : null;
    return [card!.id, opened ?? `${label(t.codes.kinds, card!.label.kind)}（${card!.label.categories.map((one) => label(t.codes.categories, one)).join('、')}）`];
  });
  const assign = () => void step.run(
    () => client.assignTask(item.id, person, records, to ? new Date(`${to}T23:59:59+09:00`).toISOString() : undefined),
    () => { setPerson(''); setRecords([]); setTo(null); },
  );
  return (
    <details>
      <summary>{w.title}（{listed.filter((task) => !task.ended).length}）</summary>
      <div class="stack tight">
        <p class="soft">{w.help}</p>
        <ul class="plain stack tight">
          {listed.map((task) => (
            <li key={task.id} class="row between">
              <span class="grow"><b>{name(task.person)}</b>・{t.live.records} {task.records.length}{task.to && `・${t.home.until(longDate(task.to))}`}</span>
              {task.ended ? <span class="tag">{w.ended}</span>
                : client.may({ kind: 'task.end', task: task.id }).accepted && <Button small disabled={step.busy} aria-label={`${w.end}：${name(task.person)}`} onPress={() => void step.run(() => client.endTask(task.id))}>{w.end}</Button>}
            </li>
          ))}
          {listed.length === 0 && <li class="soft">{w.none}</li>}
        </ul>
        {item.state === 'open' && item.mySeat?.seat === 'chair' && options.length > 0 && (
          <form class="stack tight" onSubmit={(e) => { e.preventDefault(); assign(); }}>
            <SelectField id="task-person" label={w.who} value={person} onValue={setPerson} options={people} />
            <Choices id="task-records" column label={w.records} values={records} onValues={setRecords} options={options} />
            <EraDateField id="task-to" optional label={w.to} iso={to} onIso={setTo} />
            <div><Button small submit disabled={step.busy || !person || records.length === 0}>{w.assign}</Button></div>
          </form>
        )}
        <Trouble failure={step.failure} />
      </div>
    </details>
  );
}
