// What guards a household and who answers for it: protections, conflicts of interest, hand-over, emergencies.
import { useState } from 'preact/hooks';
import type { Case } from '../conference/model';
import { words } from '../text';
import { EmergencyForm, EmergencyLine } from './emergency';
import { Authorities, OralDisclosure, Subjects } from './household_people';
import { householdName, subjectName } from './parts/called';
import { Choices, type Option, SelectField } from './parts/form';
import { Button, Message, Sure, Trouble, usePersonName, usePersonPlace, useStep } from './parts/small';
import { AskSecond, useMayAsk } from './second';
import { go, useClient, useModel } from './stage';

function Protections({ household }: { household: Case }) {
  const t = words();
  const client = useClient();
  const model = useModel();
  const name = usePersonName();
  const step = useStep();
  const [subject, setSubject] = useState('');
  const [opponents, setOpponents] = useState<string[]>([]);
  const w = t.guard.household;
  const subjectOf = (id: string) => household.subjects.find((one) => one.id === id);
  const called = (id: string) => (model.persons.has(id) ? name(id) : subjectOf(id) ? subjectName(subjectOf(id)) : id);
  const may = household.subjects[0] && client.may({ kind: 'protect.set', case: household.id, subject: household.subjects[0].id, opponents: [] }).accepted;
  const mayAsk = useMayAsk();
  const lift = (one: string) => ({ kind: 'protect.lift', case: household.id, subject: one });
  const others: Option[] = [
    ...household.subjects.filter((one) => one.id !== subject).map((one): Option => [one.id, subjectName(one)]),
    ...[...model.persons.values()].filter((one) => !one.ended).map((one): Option => [one.id, w.staff(name(one.id))]),
  ];
  return (
    <section class="card stack tight">
      <h2>{w.protections}</h2>
      <p class="soft">{w.protectionsHelp}</p>
      {household.protections.length === 0 && <p>{w.noProtection}</p>}
      <ul class="plain stack tight">
        {household.protections.map((one) => (
          <li key={one.subject} class="stack tight">
            <span><b>{subjectName(subjectOf(one.subject))}</b>・{w.against}：{one.opponents.map(called).join('、') || w.nobody}</span>
            {mayAsk(lift(one.subject)) && <AskSecond statement={lift(one.subject)} text={w.liftProtection} question={w.liftQuestion} danger />}
          </li>
        ))}
      </ul>
      {may && (
        <details>
          <summary>{w.addProtection}</summary>
          <div class="stack tight">
            <SelectField id="protect-subject" label={w.whom} value={subject} onValue={(one) => { setSubject(one); setOpponents([]); }} options={household.subjects.map((one): Option => [one.id, subjectName(one)])} />
            <Choices id="protect-opponents" optional column label={w.opponents} values={opponents} onValues={setOpponents} options={others} />
            <Trouble failure={step.failure} />
            <div><Button kind="primary" disabled={step.busy || !subject} onPress={() => void step.run(() => client.setProtection(household.id, subject, opponents), () => { setSubject(''); setOpponents([]); })}>{w.addProtection}</Button></div>
          </div>
        </details>
      )}
    </section>
  );
}

function Conflicts({ household }: { household: Case }) {
  const t = words();
  const client = useClient();
  const model = useModel();
  const name = usePersonName();
  const step = useStep();
  const [person, setPerson] = useState('');
  const w = t.guard.household;
  const me = model.me.person;
  const may = (who: string) => client.may({ kind: 'conflict.declare', case: household.id, person: who }).accepted;
  const others = [...model.persons.values()].filter((one) => !one.ended && !household.conflicts.includes(one.id)).map((one): Option => [one.id, name(one.id)]);
  const another = others.find(([id]) => id !== me)?.[0];
  const mayAsk = useMayAsk();
  const lift = (one: string) => ({ kind: 'conflict.lift', case: household.id, person: one });
  return (
    <section class="card stack tight">
      <h2>{w.conflicts}</h2>
      <p class="soft">{w.conflictsHelp}</p>
      {household.conflicts.length === 0 && <p>{w.noConflict}</p>}
      <ul class="plain stack tight">
        {household.conflicts.map((one) => (
          <li key={one} class="stack tight">
            <b>{name(one)}</b>
            {mayAsk(lift(one)) && <AskSecond statement={lift(one)} text={w.liftConflict} question={w.liftConflictQuestion} danger />}
          </li>
        ))}
      </ul>
      {another && may(another)
        ? (
          <details>
            <summary>{w.declare}</summary>
            <div class="stack tight">
              <SelectField key={others.length} id="conflict-person" label={t.convene.person} value={person} onValue={setPerson} options={others} />
              {person && <Sure label={w.declare} question={w.declareSure} onSure={() => void step.run(() => client.declareConflict(household.id, person), () => setPerson(''))} />}
            </div>
          </details>
        )
        : may(me) && <Sure small label={w.declareSelf} question={w.declareSure} onSure={() => void step.run(() => client.declareConflict(household.id, me))} />}
      <Trouble failure={step.failure} />
    </section>
  );
}

function HandOver({ household }: { household: Case }) {
  const t = words();
  const client = useClient();
  const model = useModel();
  const name = usePersonName();
  const place = usePersonPlace();
  const step = useStep();
  const [person, setPerson] = useState('');
  const [done, setDone] = useState<{ given: number; missing: number } | null>(null);
  const w = t.guard.household;
  const mine = household.coordinator === model.me.person;
  const successors = mine ? [...model.persons.values()].filter((one) => !one.ended && one.id !== model.me.person
    && client.may({ kind: 'case.coordinator', case: household.id, person: one.id }).accepted).map((one): Option => [one.id, `${name(one.id)}（${place(one.id)}）`]) : [];
  return (
    <section class="card stack tight">
      <h2>{w.coordinator}</h2>
      <p>{name(household.coordinator) || w.nobody}</p>
      {mine && (
        <>
          <p class="soft">{w.handOverHelp}</p>
          {successors.length === 0 ? <p>{w.noSuccessor}</p> : <SelectField id="successor" label={w.successor} value={person} onValue={setPerson} options={successors} />}
          {person && <Sure label={w.handOver} question={w.handOverSure} onSure={() => void step.run(() => client.handOver(household.id, person), setDone)} />}
        </>
      )}
      {step.busy && <p role="status">{t.save4.sending}</p>}
      <Trouble failure={step.failure} />
      {done && <Message kind="good" live>{w.handedOver(done.given, done.missing)}</Message>}
    </section>
  );
}

export function HouseholdScreen({ caseId }: { caseId: string }) {
  const t = words();
  const model = useModel();
  const household = model.cases.get(caseId);
  const emergencies = [...model.emergencies.values()].filter((one) => one.case === caseId).reverse();
  if (!household) return <div class="stack"><Message kind="info">{t.reasons.failures['UNKNOWN']}</Message><div><Button onPress={() => go({ screen: 'home' })}>{t.nav.home}</Button></div></div>;
  return (
    <div class="stack wide">
      <div class="stack tight"><h1>{t.guard.household.title}</h1><p>{householdName(household)}</p></div>
      {!household.complete && <Message kind="warn">{t.guard.household.incomplete}</Message>}
      <Subjects household={household} />
      <Authorities household={household} />
      <Protections household={household} />
      <Conflicts household={household} />
      <HandOver household={household} />
      <section class="card stack tight">
        <h2>{t.guard.emergency.title}</h2>
        <EmergencyForm caseId={caseId} />
        <OralDisclosure household={household} />
        {emergencies.length > 0 && <h3>{t.guard.emergency.past}</h3>}
        <ul class="plain stack tight">{emergencies.map((one) => <EmergencyLine key={one.id} one={one} />)}</ul>
      </section>
    </div>
  );
}
