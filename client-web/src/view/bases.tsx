// The legal bases: what stands, and a new version of one (`basis.register`), with what it changes shown before it is signed.
// What the law says ships as data (policy/law); nothing of it stands here.
import { useState } from 'preact/hooks';
import shipped from '../../../policy/law/bases.json';
import type { Basis, BasisTerms } from '../conference/model';
import { label, language, sentence, words } from '../text';
import { basisName } from './parts/basis';
import { EraDateField } from './parts/era_date';
import { Choices, type Option, SelectField, TextField } from './parts/form';
import { Message, Sure, Trouble, useStep } from './parts/small';
import { dayOf, longDate, midnight } from './parts/time';
import { useClient, useModel } from './stage';

type Prepared = BasisTerms & { default: boolean; as_of: string; source: string };
const prepared = shipped as unknown as Prepared[];
const texts = ['law', 'article', 'paragraph', 'penalty'] as const;
const natures = ['duty', 'statutory', 'subject_may_attend'] as const;
const isCode = (code: string): boolean => /^[A-Z0-9][A-Z0-9_]{0,31}$/.test(code);
const blank: BasisTerms = { code: '', consent: 'required', duty: false, statutory: false, subject_may_attend: false, reading: 'in_session', cross_links: [] };

/** What of a source an office can look up; behind the laws it names where we found it. */
const lawsIn = (source: string): string => source.split('；').filter((one) => !one.startsWith('domain.md')).join('；') || words().none;

/** The fields of the statement alone. */
function termsOf({ default: _default, as_of: _asOf, source: _source, ...terms }: Prepared): BasisTerms {
  return terms;
}

/** Kept as it stands, where the Japanese words stay; new words have no translation yet. */
function said(before: Record<string, string> | undefined, ja: string): Record<string, string> | undefined {
  if (ja.trim() === '') return undefined;
  return before?.['ja'] === ja ? before : { ja };
}

function without<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
}

/** What stands now, in the form of the statement; null where no version is in force. */
function standing(basis: Basis | undefined): BasisTerms | null {
  if (!basis?.inForce) return null;
  const by = (text: string | null) => (text === null ? undefined : { ja: text });
  const names = typeof basis.names === 'string' ? { ja: basis.names } : basis.names ?? undefined;
  return without({
    code: basis.code, consent: basis.consent, duty: basis.duty, statutory: basis.statutory, subject_may_attend: basis.subjectMayAttend, reading: basis.reading,
    cross_links: basis.crossLinks, names, law: by(basis.law), article: by(basis.article), paragraph: by(basis.paragraph), penalty: by(basis.penalty),
    from: basis.from ?? undefined, to: basis.to ?? undefined,
  }) as BasisTerms;
}

function useRows(): (terms: BasisTerms) => [name: string, value: string][] {
  const t = words();
  const w = t.office.bases;
  const yes = (value: boolean) => (value ? w.yes : w.no);
  return (terms) => [
    [w.name, terms.names?.[language.value] ?? terms.names?.['ja'] ?? terms.code],
    [w.consent, label(w.consents, terms.consent)],
    ...natures.map((one): [string, string] => [label(w.natures, one), yes(terms[one])]),
    [w.reading, label(w.readings, terms.reading ?? 'in_session')],
    [w.links, terms.cross_links.join('、') || t.none],
    ...texts.map((one): [string, string] => [w[one], terms[one]?.['ja'] ?? '']),
    [w.to, terms.to ? longDate(terms.to) : t.none],
  ];
}

function Changes({ before, after }: { before: BasisTerms | null; after: BasisTerms }) {
  const w = words().office.bases;
  const rows = useRows();
  const old = before ? rows(before) : [];
  const changed = rows(after).map(([name, value], i) => ({ name, value, was: old[i]?.[1] ?? '' })).filter(({ value, was }) => value !== was);
  if (changed.length === 0) return <p class="soft">{w.noChange}</p>;
  const opens = after.consent === 'not_required' && before?.consent !== 'not_required';
  return (
    <div class="stack tight" role="status">
      <h3>{w.changes}</h3>
      <p>{after.from ? w.fromDay(longDate(after.from)) : w.fromNow}</p>
      {opens && <Message kind="warn">{w.opens}</Message>}
      {before?.consent === 'not_required' && after.consent === 'required' && <Message kind="warn">{w.closes}</Message>}
      {after.to && <Message kind="warn">{w.ends}</Message>}
      <div class="table-wrap cards">
        <table>
          <thead><tr><th>{w.changes}</th><th>{w.before}</th><th>{w.after}</th></tr></thead>
          <tbody>{changed.map((one) => <tr key={one.name}><th scope="row">{one.name}</th><td data-label={w.before}>{one.was}</td><td data-label={w.after}>{one.value}</td></tr>)}</tbody>
        </table>
      </div>
    </div>
  );
}

function Form({ first, fresh, onDone }: { first: BasisTerms; fresh: boolean; onDone: () => void }) {
  const t = words();
  const w = t.office.bases;
  const client = useClient();
  const model = useModel();
  const step = useStep();
  const [terms, setTerms] = useState(first);
  const [from, setFrom] = useState<string | null>(first.from ? dayOf(first.from) : null);
  const [to, setTo] = useState<string | null>(first.to ? dayOf(first.to) : null);
  const change = (part: Partial<BasisTerms>) => setTerms({ ...terms, ...part });
  const begins = (day: string | null) => (day === null ? undefined : new Date(midnight(day)).toISOString());
  const english = terms.names?.['en']?.trim();
  const after = without({
    ...terms, ...Object.fromEntries(texts.map((one) => [one, said(first[one], terms[one]?.['ja'] ?? '')])),
    names: terms.names?.['ja']?.trim() ? { ja: terms.names['ja'].trim(), ...(english ? { en: english } : {}) } : undefined, from: begins(from), to: begins(to),
  }) as BasisTerms;
  const codes = [...new Set([...prepared.map((one) => one.code), ...model.bases.keys()])].filter((one) => one !== terms.code);
  const nameOf = (code: string) => basisName(model.bases.get(code), prepared.find((one) => one.code === code)?.names?.[language.value] ?? code);
  const complete = isCode(terms.code) && Boolean(after.names);
  const answer = complete ? client.may({ kind: 'basis.register', ...after }) : null;
  return (
    <div class="stack">
      {fresh && <TextField id="basis-code" label={w.code} help={w.codeHelp} value={terms.code} onValue={(code) => change({ code: code.trim() })} maxLength={32} error={terms.code && !isCode(terms.code) ? w.codeWrong : undefined} />}
      <TextField id="basis-name" label={w.name} value={terms.names?.['ja'] ?? ''} onValue={(ja) => change({ names: { ...terms.names, ja } })} maxLength={60} />
      <TextField id="basis-name-en" optional label={w.nameEn} value={terms.names?.['en'] ?? ''} onValue={(en) => change({ names: { ...terms.names, en } })} maxLength={80} />
      <Choices id="basis-consent" label={w.consent} value={terms.consent} onValue={(consent) => change({ consent: consent as BasisTerms['consent'] })} options={Object.entries(w.consents)} />
      <Choices id="basis-nature" optional column label={w.nature} values={natures.filter((one) => terms[one])} onValues={(on) => change(Object.fromEntries(natures.map((one) => [one, on.includes(one)])))} options={Object.entries(w.natures)} />
      <Choices id="basis-reading" column label={w.reading} value={terms.reading ?? 'in_session'} onValue={(reading) => change({ reading: reading as BasisTerms['reading'] })} options={Object.entries(w.readings)} />
      <Choices id="basis-links" optional label={w.links} values={terms.cross_links} onValues={(cross_links) => change({ cross_links })} options={codes.map((code): Option => [code, nameOf(code)])} />
      {texts.map((one) => <TextField key={one} id={`basis-${one}`} optional label={w[one]} value={terms[one]?.['ja'] ?? ''} onValue={(ja) => change({ [one]: { ...terms[one], ja } })} maxLength={200} />)}
      <EraDateField id="basis-from" optional label={w.from} iso={from} onIso={setFrom} />
      <p class="help">{w.fromHelp}</p>
      <EraDateField id="basis-to" optional label={w.to} iso={to} onIso={setTo} />
      {complete && <Changes before={standing(model.bases.get(terms.code))} after={after} />}
      {answer && !answer.accepted && <Message kind="error">{sentence(answer.reason ?? '')}</Message>}
      <Trouble failure={step.failure} />
      {answer?.accepted && <div><Sure kind="primary" label={w.save} question={w.sure} onSure={() => void step.run(() => client.registerBasis(after), onDone)} /></div>}
    </div>
  );
}

export function BasesSection() {
  const t = words();
  const w = t.office.bases;
  const model = useModel();
  const [start, setStart] = useState('');
  const [done, setDone] = useState(false);
  const ready = prepared.filter((one) => !model.bases.has(one.code));
  const options: Option[] = [
    ...ready.map((one): Option => [`prepared ${one.code}`, w.prepared(one.names?.[language.value] ?? one.code)]),
    ...[...model.bases.values()].map((one): Option => [`revise ${one.code}`, w.revise(basisName(one, one.code))]), ['own', w.own],
  ];
  const code = start.split(' ')[1] ?? '';
  const source = prepared.find((one) => one.code === code);
  const standingTerms = model.bases.get(code)?.registered ?? (source ? termsOf(source) : null);
  // A new version begins when it is registered, unless another day is given; an end that has been given stays until it is changed.
  const { from: _from, ...revised } = standingTerms ?? blank;
  const first = start.startsWith('revise') ? revised : standingTerms ?? blank;
  return (
    <section class="card stack">
      <h2>{w.title}</h2>
      <p>{w.help}</p>
      <ul class="plain stack tight">
        {[...model.bases.values()].map((one) => (
          <li key={one.code} class="agenda-line"><b>{basisName(one, one.code)}</b><span>{label(w.consents, one.consent) && `${w.consent}：${label(w.consents, one.consent)}`}</span><span class={one.inForce ? 'tag open' : 'tag'}>{one.inForce ? w.inForce : w.notInForce}</span></li>
        ))}
      </ul>
      {done && <Message kind="good" live>{w.done}</Message>}
      <details>
        <summary>{w.edit}</summary>
        <div class="stack">
          <SelectField id="basis-start" label={w.start} value={start} onValue={(one) => { setStart(one); setDone(false); }} options={options} />
          {start.startsWith('prepared') && source && <Message kind="warn">{w.check(longDate(source.as_of), lawsIn(source.source))}</Message>}
          {start && <Form key={start} first={first} fresh={start === 'own'} onDone={() => { setStart(''); setDone(true); }} />}
        </div>
      </details>
    </section>
  );
}
