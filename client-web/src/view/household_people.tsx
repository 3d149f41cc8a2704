// Who a household is about, from when they decide for themselves, and who may answer for them. What may be entered is
// the policy's answer for each person.
import { useState } from 'preact/hooks';
import type { AuthorityInput, SubjectDates } from '../conference/client';
import type { Authority, AuthorityType, Case, Category, Subject } from '../conference/model';
import { label, words } from '../text';
import { subjectName } from './parts/called';
import { EraDateField } from './parts/era_date';
import { Choices, type Option, SelectField } from './parts/form';
import { Button, Sure, Trouble, usePersonName, useStep } from './parts/small';
import { dayOf, instantAt, longDate } from './parts/time';
import { useClient, useModel } from './stage';

const midnight = (day: string | null): string | null => (day === null ? null : instantAt(day, 0, 0));
const dayOrNull = (at: string | null): string | null => (at === null ? null : dayOf(at));
const all = '*';
const outside = 'outside';

/** The three dates of a subject; what is left empty has no date. */
function Dates({ household, subject }: { household: Case; subject: Subject | null }) {
  const t = words();
  const client = useClient();
  const step = useStep();
  const [dates, setDates] = useState<Record<keyof SubjectDates, string | null>>({
    majorityAt: dayOrNull(subject?.majorityAt ?? null), ownConsentAt: dayOrNull(subject?.ownConsentAt ?? null), deceasedAt: dayOrNull(subject?.deceasedAt ?? null),
  });
  const w = t.guard.people;
  const id = (name: string) => `subject-${name}-${subject?.id ?? 'new'}`;
  const enter = () => void step.run(() => client.setSubject(household.id, subject?.id ?? null, {
    majorityAt: midnight(dates.majorityAt), ownConsentAt: midnight(dates.ownConsentAt), deceasedAt: midnight(dates.deceasedAt),
  }));
  return (
    <details>
      <summary>{subject ? `${w.editDates}：${subjectName(subject)}` : w.addSubject}</summary>
      <form class="stack tight" onSubmit={(e) => { e.preventDefault(); enter(); }}>
        {(['ownConsentAt', 'majorityAt', 'deceasedAt'] as const).map((one) => (
          <EraDateField key={one} optional id={id(one)} label={w.dates[one]} help={w.datesHelp[one]} iso={dates[one]} onIso={(day) => setDates((now) => ({ ...now, [one]: day }))} />
        ))}
        <Trouble failure={step.failure} />
        <div><Button submit kind="primary" disabled={step.busy}>{subject ? w.saveDates : w.addSubject}</Button></div>
      </form>
    </details>
  );
}

export function Subjects({ household }: { household: Case }) {
  const t = words();
  const client = useClient();
  const w = t.guard.people;
  const may = household.subjects[0] && client.may({ kind: 'case.subject', case: household.id, subject: household.subjects[0].id }).accepted;
  return (
    <section class="card stack tight">
      <h2>{w.subjects}</h2>
      <p class="soft">{w.subjectsHelp}</p>
      <ul class="plain stack tight">
        {household.subjects.map((one) => (
          <li key={one.id} class="stack tight">
            <b>{subjectName(one)}</b>
            <span class="small soft">
              {(['ownConsentAt', 'majorityAt', 'deceasedAt'] as const).map((date) => one[date] !== null && `${w.dates[date]}：${longDate(one[date])}`).filter(Boolean).join('・') || w.noDates}
            </span>
            {may && <Dates key={`${one.ownConsentAt}${one.majorityAt}${one.deceasedAt}`} household={household} subject={one} />}
          </li>
        ))}
      </ul>
      {may && <Dates key={household.subjects.length} household={household} subject={null} />}
    </section>
  );
}

function AuthorityLine({ one, household, holder }: { one: Authority; household: Case; holder: (id: string) => string }) {
  const t = words();
  const client = useClient();
  const step = useStep();
  const w = t.guard.people;
  const toggle = { kind: 'authority.conflict', authority: one.authority, conflict: !one.conflict };
  const set = () => void step.run(() => client.setAuthorityConflict(one.authority, !one.conflict));
  return (
    <li class="stack tight">
      <span>
        <b>{holder(one.holder)}</b>：{w.of(subjectName(household.subjects.find((subject) => subject.id === one.subject)), label(t.codes.authorityTypes, one.type))}
        {one.conflict && <> <span class="tag warn">{w.inConflict}</span></>}
      </span>
      <span class="small soft">
        {one.categories === all || one.categories.length === Object.keys(t.codes.categories).length ? t.all : one.categories.map((code) => label(t.codes.categories, code)).join('、')}
        {one.from && `・${t.consent.from}：${longDate(one.from)}`}{one.to && `・${t.consent.to}：${longDate(one.to)}`}
      </span>
      {client.may(toggle).accepted && (
        <div>
          {one.conflict
            ? <Sure small kind="primary" label={w.undoConflict} question={w.undoConflictSure} onSure={set} />
            : <Sure small label={w.setConflict} question={w.setConflictSure} onSure={set} />}
        </div>
      )}
      <Trouble failure={step.failure} />
    </li>
  );
}

function AddAuthority({ household, holders }: { household: Case; holders: Option[] }) {
  const t = words();
  const client = useClient();
  const step = useStep();
  const [subject, setSubject] = useState('');
  const [type, setType] = useState('');
  const [holder, setHolder] = useState('');
  const [categories, setCategories] = useState<string[]>([]);
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const w = t.guard.people;
  const ready = subject && type && holder && categories.length > 0;
  const input = (): AuthorityInput => ({
    case: household.id, subject, type: type as AuthorityType, holder: holder === outside ? null : holder,
    categories: categories.includes(all) ? all : categories as Category[], from: midnight(from), to: midnight(to),
  });
  return (
    <details>
      <summary>{w.addAuthority}</summary>
      <form class="stack tight" onSubmit={(e) => { e.preventDefault(); if (ready) void step.run(() => client.addAuthority(input())); }}>
        <SelectField id="authority-subject" label={w.forWhom} value={subject} onValue={setSubject} options={household.subjects.map((one): Option => [one.id, subjectName(one)])} />
        <SelectField id="authority-type" label={w.type} value={type} onValue={setType} options={Object.entries(t.codes.authorityTypes)} />
        <SelectField id="authority-holder" label={w.holder} help={w.holderHelp} value={holder} onValue={setHolder} options={[[outside, w.outside], ...holders]} />
        <Choices id="authority-categories" label={w.categories} values={categories} onValues={setCategories} options={[[all, t.all], ...Object.entries(t.codes.categories)]} />
        <EraDateField id="authority-from" optional label={t.consent.from} iso={from} onIso={setFrom} />
        <EraDateField id="authority-to" optional label={t.consent.to} help={w.toHelp} iso={to} onIso={setTo} />
        <Trouble failure={step.failure} />
        <div><Button submit kind="primary" disabled={step.busy || !ready}>{w.addAuthority}</Button></div>
      </form>
    </details>
  );
}

export function Authorities({ household }: { household: Case }) {
  const t = words();
  const client = useClient();
  const model = useModel();
  const name = usePersonName();
  const w = t.guard.people;
  const strangers = [...new Set(household.authorities.map((one) => one.holder))].filter((id) => !model.persons.has(id));
  const holder = (id: string) => (model.persons.has(id) ? name(id) : household.subjects.some((one) => one.id === id)
    ? subjectName(household.subjects.find((one) => one.id === id)) : w.stranger(strangers.indexOf(id) + 1));
  const holders: Option[] = [
    ...strangers.map((id): Option => [id, holder(id)]),
    ...household.subjects.filter((one) => !strangers.includes(one.id)).map((one): Option => [one.id, subjectName(one)]),
    ...[...model.persons.values()].filter((one) => !one.ended).map((one): Option => [one.id, name(one.id)]),
  ];
  const may = household.subjects[0] && client.may({
    kind: 'authority.add', authority: 'a-question', case: household.id, subject: household.subjects[0].id, holder: 'h-question', type: 'guardian', categories: all,
  }).accepted;
  return (
    <section class="card stack tight">
      <h2>{w.authorities}</h2>
      <p class="soft">{w.authoritiesHelp}</p>
      {household.authorities.length === 0 && <p>{w.noAuthority}</p>}
      <ul class="plain stack tight">{household.authorities.map((one) => <AuthorityLine key={one.authority} one={one} household={household} holder={holder} />)}</ul>
      {may && <AddAuthority key={household.authorities.length} household={household} holders={holders} />}
    </section>
  );
}

/** 口頭での提供: said without the system, for someone's life, body or property; that it was said is kept. */
export function OralDisclosure({ household }: { household: Case }) {
  const t = words();
  const client = useClient();
  const step = useStep();
  const [ground, setGround] = useState('');
  const [done, setDone] = useState(false);
  const w = t.guard.people;
  if (!client.may({ kind: 'disclosure.oral', case: household.id, ground: 'life' }).accepted) return null;
  return (
    <details>
      <summary>{w.oral}</summary>
      <div class="stack tight">
        <p>{w.oralHelp}</p>
        <SelectField id="oral-ground" label={w.oralGround} value={ground} onValue={(one) => { setGround(one); setDone(false); }} options={Object.entries(t.guard.emergency.grounds)} />
        <Trouble failure={step.failure} />
        {ground && <Sure kind="primary" label={w.oral} question={w.oralSure} onSure={() => void step.run(() => client.recordOralDisclosure(household.id, ground as 'life' | 'body' | 'property'), () => { setGround(''); setDone(true); })} />}
        {done && <p role="status">{w.oralDone}</p>}
      </div>
    </details>
  );
}
