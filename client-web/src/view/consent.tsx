// 同意を登録: whose, by whom, what for whom; what it will change is shown first; then it is entered, and its history stays.
import { useState } from 'preact/hooks';
import type { ConsentInput, Flip, WhatIf } from '../conference/client';
import type { Case, Category, Consent, ConsentMethod, ConsentState } from '../conference/model';
import { label, sentence, words } from '../text';
import { basisName } from './parts/basis';
import { householdName, subjectName } from './parts/called';
import { EraDateField } from './parts/era_date';
import { Choices, type Option, SelectField } from './parts/form';
import { Button, Message, Trouble, usePersonName, usePersonPlace, useStep } from './parts/small';
import { longDate, midnight } from './parts/time';
import { useClient, useModel } from './stage';

interface Form {
  case: string; subject: string; giver: string; state: string; categories: string[]; recipients: string[]; method: string;
  witness: string; from: string | null; to: string | null;
}
const blank: Form = { case: '', subject: '', giver: 'self', state: '', categories: [], recipients: [], method: '', witness: '', from: null, to: null };
const all = '*';
const listOf = <T extends string>(values: string[]): T[] | '*' => (values.includes(all) ? '*' : values as T[]);

type Told = Flip & { times: number };

/** Lines that read the same (several records of one kind, which the officer cannot tell apart) become one with their number. */
function told(flips: Flip[]): Told[] {
  const lines = new Map<string, Told>();
  for (const flip of flips) {
    const key = JSON.stringify([flip.person, flip.basis, flip.item, flip.categories, flip.before.outcome, flip.after, flip.opened]);
    const line = lines.get(key);
    if (line) line.times += 1;
    else lines.set(key, { ...flip, times: 1 });
  }
  return [...lines.values()];
}

function FlipLine({ flip }: { flip: Told }) {
  const t = words();
  const model = useModel();
  const name = usePersonName();
  const place = usePersonPlace();
  const card = flip.record ? model.records.get(flip.record) : undefined;
  const categories = card?.label.categories ?? flip.categories;
  const opens = flip.after.outcome === 'permit' && flip.before.outcome === 'deny';
  const closes = flip.after.outcome === 'deny' && flip.before.outcome === 'permit';
  return (
    <li class="flip">
      <span class="sign" aria-hidden="true">{opens ? '○' : closes ? '×' : '△'}</span>
      <span><b>{name(flip.person)}</b>（{place(flip.person)}）：{opens ? t.consent.opens : closes ? t.consent.closes : t.consent.changesReason}</span>
      <span class="small soft">
        {flip.basis && `${basisName(model.bases.get(flip.basis), flip.basis)}・`}{categories.map((one) => label(t.codes.categories, one)).join('、')}
        {flip.times > 1 && `・${t.consent.times(flip.times)}`}
        {flip.after.reason && `・${label(t.reasons.placeholders, flip.after.reason)}`}
        {closes && flip.opened && `・${t.consent.openedAlready}`}
      </span>
    </li>
  );
}

/** What opens and what closes first; what only changes its reason is folded into one line. */
export function Changes({ whatIf }: { whatIf: WhatIf }) {
  const t = words();
  const opens = whatIf.flips.filter(({ before, after }) => before.outcome === 'deny' && after.outcome === 'permit');
  const closes = whatIf.flips.filter(({ before, after }) => before.outcome === 'permit' && after.outcome === 'deny');
  const rest = whatIf.flips.filter(({ before, after }) => before.outcome === after.outcome);
  return (
    <section class="card stack" aria-labelledby="changes" aria-live="polite">
      <h2 id="changes">{t.consent.changes}</h2>
      <p class="small soft">{whatIf.reckonedBy === 'server' ? t.consent.byServer : t.consent.byDevice}</p>
      {whatIf.rejected.map((one) => <Message key={one.index} kind="error" title={t.consent.rejected}>{sentence(one.reason)}</Message>)}
      {whatIf.rejected.length === 0 && opens.length + closes.length === 0 && <p>{t.consent.noChange}</p>}
      <ul class="plain">{told([...opens, ...closes]).map((flip, i) => <FlipLine key={i} flip={flip} />)}</ul>
      {whatIf.cut && <Message kind="warn">{t.consent.cut}</Message>}
      {rest.length > 0 && (
        <details>
          <summary>{t.consent.reasonsOnly(rest.length)}</summary>
          <ul class="plain">{told(rest).map((flip, i) => <FlipLine key={i} flip={flip} />)}</ul>
        </details>
      )}
    </section>
  );
}

function Standing({ household, subject }: { household: Case; subject: string }) {
  const t = words();
  const client = useClient();
  const model = useModel();
  const cells = client.consentCells(subject, household.id);
  const agencies = [...model.agencies.values()];
  const named = (Object.keys(t.codes.categories) as Category[]).filter((category) => cells.some((cell) => cell.category === category && cell.index !== null));
  if (!named.length) return null;
  return (
    <section class="stack tight">
      <h2>{t.consent.now}</h2>
      <div class="table-wrap cards">
        <table class="matrix" aria-label={t.consent.table}>
          <thead><tr><th>{t.consent.recipients}</th>{named.map((category) => <th key={category}>{label(t.codes.categories, category)}</th>)}</tr></thead>
          <tbody>
            {agencies.map((one) => (
              <tr key={one.id}>
                <th scope="row">{one.name ?? one.id}</th>
                {named.map((category) => {
                  const state = cells.find((cell) => cell.category === category && cell.recipient === one.id)?.state ?? 'NO_CONSENT';
                  return <td key={category} data-label={label(t.codes.categories, category)}>{state === 'GRANTED' ? '○ ' : '× '}{label(t.codes.cellStates, state)}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function History({ household, onRevoke }: { household: Case; onRevoke: (consent: Consent) => void }) {
  const t = words();
  const model = useModel();
  const name = usePersonName();
  const list = (values: string[] | '*', table: (one: string) => string) => (values === all ? t.all : values.map(table).join('、'));
  return (
    <section class="stack tight">
      <h2>{t.consent.history}</h2>
      <ol class="plain stack tight">
        {[...household.consents].reverse().map((one) => (
          <li class="card stack tight" key={one.index}>
            <div class="row between">
              <b>{subjectName(household.subjects.find((subject) => subject.id === one.subject))}：{label(t.codes.consentStates, one.state)}</b>
              {one.state === 'granted' && <Button small onPress={() => onRevoke(one)}>{t.codes.consentStates.revoked}</Button>}
            </div>
            <p>{list(one.categories, (code) => label(t.codes.categories, code))} → {list(one.recipients, (id) => model.agencies.get(id)?.name ?? id)}</p>
            <p class="small soft">{longDate(one.at)} {name(one.by)}・{label(t.codes.consentMethods, one.method)}{one.to && `・${t.consent.to}：${longDate(one.to)}`}</p>
          </li>
        ))}
        {household.consents.length === 0 && <li class="soft">{t.none}</li>}
      </ol>
    </section>
  );
}

export function ConsentScreen({ caseId }: { caseId: string | null }) {
  const t = words();
  const client = useClient();
  const model = useModel();
  const name = usePersonName();
  const preview = useStep();
  const enter = useStep();
  const [form, setForm] = useState<Form>(() => (client.draft('consent')?.value as Form | undefined) ?? { ...blank, case: caseId ?? '' });
  const [file, setFile] = useState<Uint8Array | null>(null);
  const [whatIf, setWhatIf] = useState<WhatIf | null>(null);
  const [done, setDone] = useState(false);
  const change = (part: Partial<Form>) => {
    const next = { ...form, ...part };
    setForm(next);
    setWhatIf(null);  // what was shown is no longer what would be entered
    setDone(false);
    void client.saveDraft('consent', next);
  };
  const household = model.cases.get(form.case);
  const oral = form.method === 'oral';
  const complete = household && form.subject && form.state && form.categories.length > 0 && form.recipients.length > 0 && form.method && (oral ? form.witness : file);
  const begins = (day: string) => new Date(midnight(day)).toISOString();
  const input = (): ConsentInput => ({
    case: form.case, subject: form.subject, giver: form.giver, state: form.state as ConsentState, categories: listOf<Category>(form.categories),
    recipients: listOf<string>(form.recipients), method: form.method as ConsentMethod,
    ...(form.from ? { from: begins(form.from) } : {}), ...(form.to ? { to: begins(form.to) } : {}),
    ...(oral ? { witness: form.witness } : {}), ...(!oral && file ? { evidenceFile: file } : {}),
  });
  const revoke = (one: Consent) => change({
    subject: one.subject, giver: one.giver, state: 'revoked', categories: one.categories === all ? [all] : one.categories, recipients: one.recipients === all ? [all] : one.recipients, from: null, to: null,
  });
  const households = [...model.cases.values()].map((one): Option => [one.id, householdName(one)]);
  const authorities = (household?.authorities ?? []).filter((one) => one.subject === form.subject).map((one): Option => [one.authority, label(t.codes.authorityTypes, one.type)]);
  const staff = [...model.persons.values()].filter((one) => one.agency && !one.ended && one.id !== model.me.person).map((one): Option => [one.id, name(one.id)]);
  return (
    <div class="stack wide">
      <div class="stack tight"><h1>{t.consent.title}</h1><p>{t.consent.help}</p></div>
      {households.length === 0 && <Message kind="info">{t.consent.noCases}</Message>}
      <form class="stack wide" onSubmit={(e) => { e.preventDefault(); if (complete) void preview.run(() => client.previewConsent(input()), setWhatIf); }}>
        <SelectField id="case" label={t.share.household} value={form.case} onValue={(case_) => change({ case: case_, subject: '', giver: 'self' })} options={households} />
        {household && <SelectField id="subject" label={t.consent.who} value={form.subject} onValue={(subject) => change({ subject, giver: 'self' })} options={household.subjects.map((one): Option => [one.id, subjectName(one)])} />}
        <Choices id="giver" label={t.consent.giver} value={form.giver} onValue={(giver) => change({ giver })} options={[['self', t.consent.self], ...authorities]} />
        <Choices id="state" label={t.consent.state} value={form.state} onValue={(state) => change({ state })} options={Object.entries(t.codes.consentStates)} />
        <Choices id="categories" label={t.consent.categories} values={form.categories} onValues={(categories) => change({ categories })} options={[[all, t.all], ...Object.entries(t.codes.categories)]} />
        <Choices id="recipients" label={t.consent.recipients} values={form.recipients} onValues={(recipients) => change({ recipients })} options={[[all, t.all], ...[...model.agencies.values()].map((one): Option => [one.id, one.name ?? one.id])]} />
        <Choices id="method" label={t.consent.method} value={form.method} onValue={(method) => change({ method })} options={Object.entries(t.codes.consentMethods)} />
        {oral && <SelectField id="witness" label={t.consent.witness} value={form.witness} onValue={(witness) => change({ witness })} options={staff} />}
        {form.method && !oral && (
          <div class="field">
            <label for="evidence">{t.consent.evidence}<span class="mark">{t.required}</span></label>
            <span class="help">{t.consent.evidenceHelp}</span>
            <input id="evidence" type="file" onChange={(e) => { const picked = e.currentTarget.files?.[0]; if (picked) void picked.arrayBuffer().then((bytes) => { setFile(new Uint8Array(bytes)); setWhatIf(null); }); }} />
          </div>
        )}
        <EraDateField id="to" optional label={t.consent.to} iso={form.to} onIso={(to) => change({ to })} />
        <Trouble failure={preview.failure} />
        <div><Button kind={whatIf ? 'plain' : 'primary'} submit disabled={preview.busy || !complete}>{t.consent.preview}</Button></div>
      </form>
      {whatIf && <Changes whatIf={whatIf} />}
      {whatIf && whatIf.rejected.length === 0 && (
        <div class="row">
          <Button kind="primary" disabled={enter.busy} onPress={() => void enter.run(() => client.recordConsent(input()), () => { setWhatIf(null); setForm({ ...blank, case: form.case }); setDone(true); void client.dropDraft('consent'); })}>{t.consent.register}</Button>
        </div>
      )}
      <Trouble failure={enter.failure} />
      {done && <Message kind="good" live>{t.consent.done}</Message>}
      {household && form.subject && <Standing household={household} subject={form.subject} />}
      {household && <History household={household} onRevoke={revoke} />}
    </div>
  );
}
