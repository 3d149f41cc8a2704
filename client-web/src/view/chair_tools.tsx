// What the chair may do at an item. Which verbs are there is the policy's answer (`may`), not a rule of the screen.
import { useState } from 'preact/hooks';
import type { Category, Item, OrderReason, SeatKind } from '../conference/model';
import { label, sentence, words } from '../text';
import { Attestations, Tasks } from './item_tools';
import { subjectName } from './parts/called';
import { Choices, type Option, SelectField } from './parts/form';
import { Button, Sure, Trouble, usePersonName, useStep } from './parts/small';
import { dateAndTime } from './parts/time';
import { go, useClient, useModel } from './stage';

const optionsOf = (table: Record<string, string>): Option[] => Object.entries(table);

function Seats({ item }: { item: Item }) {
  const t = words();
  const client = useClient();
  const model = useModel();
  const name = usePersonName();
  const step = useStep();
  const [person, setPerson] = useState('');
  const [seat, setSeat] = useState('member');
  const [as, setAs] = useState('');
  const standsFor = ['person', 'rep', 'aide'].includes(seat); // these seats say whose (policy.md §2)
  const subjects = (model.cases.get(item.case)?.subjects ?? []).map((one): Option => [one.id, subjectName(one)]);
  const people = [...model.persons.values()].filter((one) => !one.ended).map((one): Option => [one.id, name(one.id)]);
  return (
    <details>
      <summary>{t.live.seatsEdit}</summary>
      <form class="stack tight" onSubmit={(e) => { e.preventDefault(); if (person) void step.run(() => client.seat(item.id, person, seat as SeatKind | 'none', standsFor ? as : undefined)); }}>
        <SelectField id="seat-person" label={t.convene.person} value={person} onValue={setPerson} options={people} />
        <SelectField id="seat-kind" label={t.convene.seat} value={seat} onValue={setSeat} options={optionsOf(t.codes.seats)} blank={false} />
        {standsFor && <SelectField id="seat-as" label={t.live.seatAs} value={as} onValue={setAs} options={subjects} />}
        <Trouble failure={step.failure} />
        <div><Button small submit disabled={step.busy || !person || (standsFor && !as)}>{t.save}</Button></div>
      </form>
    </details>
  );
}

function Orders({ item }: { item: Item }) {
  const t = words();
  const client = useClient();
  const model = useModel();
  const name = usePersonName();
  const step = useStep();
  const [person, setPerson] = useState('');
  const [categories, setCategories] = useState<string[]>([]);
  const [records, setRecords] = useState<string[]>([]);
  const [reason, setReason] = useState('');
  // Of what this chair may see there: an order names a record, and says nothing of others.
  const known = [...model.records.values()].filter((card) => card.at[item.id] && !card.withdrawn)
    .map((card): Option => [card.id, `${label(t.codes.kinds, card.label.kind)}（${card.label.categories.map((one) => label(t.codes.categories, one)).join('、')}）${dateAndTime(card.sharedAt)}`]);
  const seated = item.seats.map((seat): Option => [seat.person, name(seat.person)]);
  const give = () => void step.run(
    () => client.order(item.id, person, { categories: categories as Category[], records }, reason as OrderReason),
    () => { setPerson(''); setCategories([]); setRecords([]); setReason(''); },
  );
  return (
    <details>
      <summary>{t.live.orders}</summary>
      <form class="stack tight" onSubmit={(e) => { e.preventDefault(); give(); }}>
        <SelectField id="order-person" label={t.live.orderWho} value={person} onValue={setPerson} options={seated} />
        <Choices id="order-categories" optional label={t.live.orderWhat} values={categories} onValues={setCategories} options={optionsOf(t.codes.categories)} />
        {known.length > 0 && <Choices id="order-records" optional column label={t.live.orderRecords} help={t.live.orderRecordsHelp} values={records} onValues={setRecords} options={known} />}
        <SelectField id="order-reason" label={t.live.orderWhy} value={reason} onValue={setReason} options={optionsOf(t.codes.orderReasons)} />
        <Trouble failure={step.failure} />
        <div><Button small submit disabled={step.busy || !person || !reason || categories.length + records.length === 0}>{t.live.orderGive}</Button></div>
      </form>
    </details>
  );
}

export function ChairTools({ item }: { item: Item }) {
  const t = words();
  const client = useClient();
  const step = useStep();
  const may = (kind: string, more: Record<string, unknown> = {}) => client.may({ kind, item: item.id, ...more });
  const open = may('item.open');
  const chair = item.mySeat?.seat === 'chair';
  const writes = chair || item.mySeat?.seat === 'recorder';
  if (!writes) return null;
  return (
    <section class="card stack tight tools-card" aria-labelledby="tools">
      <h2 id="tools">{t.live.tools}</h2>
      <div class="tools">
        {chair && item.state !== 'open' && item.state !== 'closed'
          && <Button kind="primary" disabled={step.busy || !open.accepted} onPress={() => void step.run(() => client.openItem(item.id))}>{item.everOpened ? t.live.resumeItem : t.live.openItem}</Button>}
        {may('item.suspend').accepted && <Button disabled={step.busy} onPress={() => void step.run(() => client.suspendItem(item.id))}>{t.live.suspendItem}</Button>}
        {item.state === 'open' && <Button onPress={() => go({ screen: 'decision', item: item.id, conference: item.conference })}>{t.live.decision}</Button>}
        {may('item.close').accepted && <Sure label={t.live.closeItem} question={t.live.closeSure} onSure={() => void step.run(() => client.closeItem(item.id))} />}
        {client.may({ kind: 'conference.close', conference: item.conference }).accepted
          && <Sure label={t.live.closeConference} question={t.live.closeSure} onSure={() => void step.run(() => client.closeConference(item.conference))} />}
      </div>
      {chair && item.state === 'waiting' && !open.accepted && open.reason && <p class="small soft">{sentence(open.reason)}</p>}
      <Trouble failure={step.failure} />
      {chair && item.state !== 'closed' && <><Orders item={item} /><Seats item={item} /></>}
      <Attestations item={item} />
      <Tasks item={item} />
    </section>
  );
}
