// 緊急提供: asked for by one, approved by another of elsewhere, open to one person for some minutes, reviewed afterwards.
import { useState } from 'preact/hooks';
import type { EmergencyInput } from '../conference/client';
import type { Category, Emergency } from '../conference/model';
import { label, words } from '../text';
import { Choices, type Option, SelectField } from './parts/form';
import { Button, Message, Sure, Trouble, usePersonName, usePersonPlace, useStep } from './parts/small';
import { clockTime, dateAndTime } from './parts/time';
import { RecordCard } from './record_card';
import { useClient, useModel } from './stage';

const lengths = [15, 30, 60];

export function EmergencyForm({ caseId }: { caseId: string }) {
  const t = words();
  const client = useClient();
  const model = useModel();
  const name = usePersonName();
  const place = usePersonPlace();
  const step = useStep();
  const [person, setPerson] = useState('');
  const [categories, setCategories] = useState<string[]>([]);
  const [records, setRecords] = useState<string[]>([]);
  const [ground, setGround] = useState('');
  const [minutes, setMinutes] = useState('30');
  const [protective, setProtective] = useState<string[]>([]);
  const [done, setDone] = useState(false);
  const words_ = t.guard.emergency;
  const people = [...model.persons.values()].filter((one) => !one.ended).map((one): Option => [one.id, `${name(one.id)}（${place(one.id)}）`]);
  const known = (model.cases.get(caseId)?.records ?? []).map((id) => model.records.get(id)).filter((card) => card !== undefined && !card.withdrawn)
    .map((card): Option => [card!.id, `${label(t.codes.kinds, card!.label.kind)}（${card!.label.categories.map((one) => label(t.codes.categories, one)).join('、')}）`]);
  const ready = person && ground && categories.length + records.length > 0;
  const invoke = () => void step.run(
    () => client.invokeEmergency({
      case: caseId, person, records, categories: categories as Category[], ground: ground as EmergencyInput['ground'], minutes: Number(minutes),
      protective: protective.length > 0,
    }),
    () => { setDone(true); setPerson(''); setCategories([]); setRecords([]); setProtective([]); },
  );
  return (
    <details>
      <summary>{words_.title}</summary>
      <div class="stack">
        <Message kind="warn" title={words_.help}><ol>{words_.steps.map((line) => <li key={line}>{line}</li>)}</ol></Message>
        <SelectField id={`em-person-${caseId}`} label={words_.person} value={person} onValue={setPerson} options={people} />
        <Choices id={`em-categories-${caseId}`} optional label={words_.what} values={categories} onValues={setCategories} options={Object.entries(t.codes.categories)} />
        {known.length > 0 && <Choices id={`em-records-${caseId}`} optional column label={words_.records} values={records} onValues={setRecords} options={known} />}
        <Choices id={`em-ground-${caseId}`} label={words_.ground} value={ground} onValue={setGround} options={Object.entries(words_.grounds)} />
        <Choices id={`em-minutes-${caseId}`} label={words_.minutes} value={minutes} onValue={setMinutes} options={lengths.map((n): Option => [String(n), words_.min(n)])} />
        <Choices id={`em-protective-${caseId}`} optional label={words_.protective} values={protective} onValues={setProtective} options={[['yes', t.yes]]} />
        {!ready && <p class="small soft">{words_.choose}</p>}
        <Trouble failure={step.failure} />
        {done && <Message kind="good" live>{words_.invoked}</Message>}
        {ready && <Sure label={words_.invoke} question={words_.invokeSure} onSure={invoke} />}
      </div>
    </details>
  );
}

function stateOf(one: Emergency, now: number): 'waiting' | 'expired' | 'live' | 'ended' {
  if (one.live) return 'live';
  if (one.approvedAt !== null) return 'ended';
  return now < one.approvableUntil ? 'waiting' : 'expired';
}

export function EmergencyLine({ one }: { one: Emergency }) {
  const t = words();
  const client = useClient();
  const model = useModel();
  const name = usePersonName();
  const step = useStep();
  const words_ = t.guard.emergency;
  const state = stateOf(one, client.now() ?? 0);
  const household = model.cases.get(one.case);
  const approves = state === 'waiting' && client.may({ kind: 'emergency.approve', emergency: one.id }).accepted;
  const reviews = one.approvedAt !== null && client.may({ kind: 'emergency.review', emergency: one.id, upheld: true }).accepted;
  const what = [...one.categories.map((code) => label(t.codes.categories, code)), ...(one.records.length > 0 ? [`${t.live.records} ${one.records.length}`] : [])];
  return (
    <li class="stack tight">
      <div class="row between">
        <b>{household && `${t.household(household.code)}・`}{label(words_.grounds, one.ground)}・{what.join('、')}</b>
        <span class={state === 'live' ? 'tag warn' : 'tag'}>{label(words_.state, state)}</span>
      </div>
      <p class="small soft">
        {words_.by(name(one.by))}・{words_.to(name(one.person))}・{dateAndTime(one.invokedAt)}・{words_.min(one.minutes)}
        {state === 'live' && one.openUntil !== null && `・${words_.until(clockTime(one.openUntil))}`}
        {state === 'waiting' && `・${words_.approveUntil(clockTime(one.approvableUntil))}`}
      </p>
      {one.protective && <p class="small">{words_.protective}</p>}
      <Trouble failure={step.failure} />
      {approves && <Sure small kind="primary" label={words_.approve} question={words_.approveSure} onSure={() => void step.run(() => client.approveEmergency(one.id))} />}
      {reviews && (
        <>
          <p class="small">{words_.reviewHelp}</p>
          <div class="row">
            <Button small disabled={step.busy} onPress={() => void step.run(() => client.reviewEmergency(one.id, true))}>{words_.upheld}</Button>
            <Button small kind="danger" disabled={step.busy} onPress={() => void step.run(() => client.reviewEmergency(one.id, false))}>{words_.notUpheld}</Button>
          </div>
        </>
      )}
    </li>
  );
}

/** On home: what waits for me, what I have asked for, and what is open to me. */
export function Emergencies() {
  const t = words();
  const client = useClient();
  const model = useModel();
  const me = model.me.person;
  const now = client.now() ?? 0;
  const words_ = t.guard.emergency;
  const all = [...model.emergencies.values()];
  const mine = all.filter((one) => (one.by === me || one.person === me) && ['waiting', 'live'].includes(stateOf(one, now)));
  const forMe = all.filter((one) => !mine.includes(one) && (stateOf(one, now) === 'waiting'
    ? client.may({ kind: 'emergency.approve', emergency: one.id }).accepted
    : one.approvedAt !== null && !one.reviewed && client.may({ kind: 'emergency.review', emergency: one.id, upheld: true }).accepted));
  const open = [...model.records.values()].filter((card) => card.desk.ground === 'EMERGENCY');
  if (mine.length + forMe.length + open.length === 0) return null;
  return (
    <section class="card stack tight" aria-labelledby="emergency">
      <h2 id="emergency">{words_.title}</h2>
      <ul class="plain stack tight">{[...forMe, ...mine].map((one) => <EmergencyLine key={one.id} one={one} />)}</ul>
      {open.length > 0 && <h3>{words_.opened}</h3>}
      {open.map((card) => <RecordCard key={card.id} id={card.id} item={null} />)}
    </section>
  );
}
