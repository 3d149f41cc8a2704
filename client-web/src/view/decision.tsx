// 方針／できていること／だれが・何を・いつまでに／次回: written, checked, signed by the chair, confirmed by the recorder, read later.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { DecisionKind, DecisionText, RecordCard } from '../conference/model';
import { label, sentence, words } from '../text';
import { BasisMark } from './parts/basis';
import { Choices, ErrorSummary, type Option, SelectField, TextField } from './parts/form';
import { isDecision } from './parts/opened_record';
import { Button, Message, Trouble, usePersonName, useStep } from './parts/small';
import { dateAndTime } from './parts/time';
import { go, type Route, useClient, useModel } from './stage';

interface Form { kind: string; policy: string; works: string; tasks: { who: string; what: string; due: string }[]; next: string; rests: string[] }
const blank: Form = { kind: '', policy: '', works: '', tasks: [{ who: '', what: '', due: '' }], next: '', rests: [] };

const headingOf = (card: RecordCard): string | null =>
  (card.opened.state === 'open' && !isDecision(card.opened.content) ? card.opened.content.title : null);

export function DecisionBody({ text }: { text: DecisionText }) {
  const t = words();
  return (
    <>
      <section><h2>{t.decision.policy}</h2><p class="pre">{text.policy}</p></section>
      <section><h2>{t.decision.works}</h2><p class="pre">{text.works}</p></section>
      <section>
        <h2>{t.decision.tasks}</h2>
        <div class="table-wrap cards">
          <table>
            <thead><tr><th>{t.decision.who}</th><th>{t.decision.what}</th><th>{t.decision.due}</th></tr></thead>
            <tbody>{text.tasks.map((task, i) => <tr key={i}><td data-label={t.decision.who}>{task.who}</td><td data-label={t.decision.what}>{task.what}</td><td data-label={t.decision.due}>{task.due}</td></tr>)}</tbody>
          </table>
        </div>
      </section>
      <section><h2>{t.decision.next}</h2><p>{text.next}</p></section>
    </>
  );
}

function TaskRows({ form, change }: { form: Form; change: (part: Partial<Form>) => void }) {
  const t = words();
  const set = (i: number, part: Partial<Form['tasks'][number]>) => change({ tasks: form.tasks.map((task, at) => (at === i ? { ...task, ...part } : task)) });
  return (
    <fieldset class="field" id="tasks" tabIndex={-1}>
      <legend>{t.decision.tasks}</legend>
      <div class="stack">
        {form.tasks.map((task, i) => (
          <div class="card stack tight" key={i}>
            <TextField id={`who-${i}`} label={t.decision.who} value={task.who} onValue={(who) => set(i, { who })} maxLength={100} />
            <TextField id={`what-${i}`} label={t.decision.what} value={task.what} onValue={(what) => set(i, { what })} maxLength={500} />
            <TextField id={`due-${i}`} label={t.decision.due} value={task.due} onValue={(due) => set(i, { due })} maxLength={60} />
            {form.tasks.length > 1 && <div><Button small kind="quiet" onPress={() => change({ tasks: form.tasks.filter((_, at) => at !== i) })}>{t.remove}</Button></div>}
          </div>
        ))}
        <div><Button small onPress={() => change({ tasks: [...form.tasks, { who: '', what: '', due: '' }] })}>{t.decision.addTask}</Button></div>
      </div>
    </fieldset>
  );
}

export function DecisionScreen({ item: itemId, conference }: { item: string; conference: string }) {
  const t = words();
  const client = useClient();
  const model = useModel();
  const step = useStep();
  const draftKey = `decision/${itemId}`;
  const [form, setForm] = useState<Form>(() => (client.draft(draftKey)?.value as Form | undefined) ?? blank);
  const first = useRef(form);
  const [checking, setChecking] = useState(false);
  const [tries, setTries] = useState(0);
  const item = model.items.get(itemId);
  useEffect(() => {
    if (form !== first.current) void client.saveDraft(draftKey, form);
  }, [form]);
  if (!item) return <Message kind="error">{sentence('UNKNOWN')}</Message>;
  const household = model.cases.get(item.case);
  const change = (part: Partial<Form>) => setForm((before) => ({ ...before, ...part }));
  const back = () => go({ screen: 'live', conference, item: itemId });
  const text: DecisionText = { v: 1, policy: form.policy.trim(), works: form.works.trim(), tasks: form.tasks.filter((task) => task.who.trim() || task.what.trim()), next: form.next.trim() };
  const problems = () => {
    const found: Record<string, string> = {};
    if (!form.kind) found['decision-kind'] = `${t.decision.kind}：${t.errors.choose}`;
    for (const [id, name] of [['policy', t.decision.policy], ['works', t.decision.works], ['next', t.decision.next]] as const)
      if (!form[id].trim()) found[id] = `${name}：${t.errors.missing}`;
    if (!text.tasks.length || text.tasks.some((task) => !task.who.trim() || !task.what.trim() || !task.due.trim())) found['tasks'] = `${t.decision.tasks}：${t.errors.missing}`;
    return found;
  };
  // Marked once it was tried, and no longer than it is so.
  const errors = tries ? problems() : {};
  const check = () => {
    setTries(tries + 1);
    if (!Object.keys(problems()).length) setChecking(true);
  };
  // Protected whereabouts and who reported stay out of every decision (D-24): what holds them is not rested on.
  const restable = item.records.map((id) => model.records.get(id)).filter((card) => card !== undefined && !card.withdrawn && card.opened.state === 'open'
    && !card.label.categories.some((one) => one === 'PADR' || one === 'SRC')) as RecordCard[];
  // The text carries what its records are about: their categories and all of the household's subjects. It was learned here.
  const rested = form.rests.map((id) => model.records.get(id)).filter((card) => card !== undefined);
  const categories = [...new Set(rested.flatMap((card) => card.label.categories).concat('FAM'))];
  const sign = () => void step.run(
    () => client.recordDecision(itemId, {
      kind: form.kind as DecisionKind, text, restsOn: form.rests, subjects: household?.subjects.map((one) => one.id) ?? [], categories,
      origin: item.basis,
    }),
    (made) => { void client.dropDraft(draftKey); go({ screen: 'read-decision', decision: made.decision, from: { screen: 'live', conference, item: itemId } }); },
  );
  if (checking) {
    return (
      <div class="stack wide">
        <h1>{t.decision.checkTitle}</h1>
        <div class="decision-paper">
          <p class="row"><BasisMark code={item.basis} />{t.household(item.code)}・{label(t.codes.decisionKinds, form.kind)}</p>
          <DecisionBody text={text} />
          <p class="soft">{t.decision.readers}</p>
        </div>
        <Trouble failure={step.failure} />
        <div class="row">
          <Button kind="primary" disabled={step.busy} onPress={sign}>{t.decision.sign}</Button>
          <Button onPress={() => setChecking(false)}>{t.edit}</Button>
        </div>
      </div>
    );
  }
  return (
    <form class="stack wide" onSubmit={(e) => { e.preventDefault(); check(); }}>
      <h1>{t.decision.title}</h1>
      <p class="row"><BasisMark code={item.basis} />{t.household(item.code)}</p>
      <ErrorSummary errors={errors} attempt={tries} />
      <SelectField id="decision-kind" label={t.decision.kind} value={form.kind} onValue={(kind) => change({ kind })} options={Object.entries(t.codes.decisionKinds)} error={errors['decision-kind']} />
      <TextField id="policy" rows={4} label={t.decision.policy} help={t.decision.policyHelp} value={form.policy} onValue={(policy) => change({ policy })} error={errors['policy']} />
      <TextField id="works" rows={3} label={t.decision.works} help={t.decision.worksHelp} value={form.works} onValue={(works) => change({ works })} error={errors['works']} />
      <TaskRows form={form} change={change} />
      <TextField id="next" label={t.decision.next} value={form.next} onValue={(next) => change({ next })} error={errors['next']} maxLength={200} />
      {restable.length > 0 && (
        <Choices id="rests" optional column label={t.decision.rests} values={form.rests} onValues={(rests) => change({ rests })}
          options={restable.map((card): Option => [card.id, headingOf(card) ?? label(t.codes.kinds, card.label.kind)])} />
      )}
      <div class="row"><Button kind="primary" submit>{t.decision.check}</Button><Button kind="quiet" onPress={back}>{t.cancel}</Button></div>
    </form>
  );
}

export function DecisionPaper({ decision: id, from }: { decision: string; from: Route | null }) {
  const t = words();
  const client = useClient();
  const model = useModel();
  const name = usePersonName();
  const open = useStep();
  const confirm = useStep();
  const decision = model.decisions.get(id);
  const card = decision ? model.records.get(decision.record) : undefined;
  const item = decision ? model.items.get(decision.item) : undefined;
  const opened = card?.opened;
  const at = item && item.state !== 'closed' && card?.at[item.id]?.outcome === 'permit' ? item.id : null;
  useEffect(() => { if (decision && opened?.state === 'closed') void open.run(() => client.open(decision.record, at)); }, [decision?.record, opened?.state]);
  if (!decision || !item) return <Message kind="error">{sentence('UNKNOWN')}</Message>;
  return (
    <div class="stack">
      <h1>{t.home.decisions}</h1>
      <div class="decision-paper">
        <p class="row"><BasisMark code={item.basis} />{t.household(item.code)}・{label(t.codes.decisionKinds, decision.kind)}</p>
        {opened?.state === 'open' && isDecision(opened.content) && <DecisionBody text={opened.content} />}
        {opened?.state === 'key_pending' && <p role="status">{t.record.pending(opened.holders.map(name).join('、'))}</p>}
        {(opened?.state === 'opening' || open.busy) && <p role="status">{t.record.opening}</p>}
        <Trouble failure={open.failure ?? (opened?.state === 'failed' ? opened.error : null)} />
        <hr />
        <dl class="facts">
          <dt>{t.decision.signed}</dt><dd>{name(decision.by)}（{dateAndTime(decision.at)}）</dd>
          <dt>{t.decision.confirmation}</dt><dd>{decision.confirmedBy && decision.confirmedAt ? `${t.decision.confirmedBy(name(decision.confirmedBy))}（${dateAndTime(decision.confirmedAt)}）` : t.decision.waiting}</dd>
          <dt>{t.audit.index}</dt><dd>{decision.index}</dd>
        </dl>
      </div>
      <p class="small soft">{t.decision.correction}</p>
      <Trouble failure={confirm.failure} />
      <div class="row">
        {opened?.state === 'open' && !decision.confirmedBy && client.may({ kind: 'decision.confirm', decision: id }).accepted
          && <Button kind="primary" disabled={confirm.busy} onPress={() => void confirm.run(() => client.confirmDecision(id))}>{t.decision.confirm}</Button>}
        <Button onPress={() => window.print()}>{t.decision.print}</Button>
        <Button kind="quiet" onPress={() => go(from ?? { screen: 'home' })}>{t.back}</Button>
      </div>
    </div>
  );
}
