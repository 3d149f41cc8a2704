// Sharing a record, after seeing who will be able to read it and who will not, and why. Also: correcting one.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ShareInput } from '../conference/client';
import type { Category, RecordKind } from '../conference/model';
import { nameLength, namesIn } from '../conference/record_content';
import { words } from '../text';
import { basisName } from './parts/basis';
import { householdName, subjectName } from './parts/called';
import { Choices, ErrorSummary, type Option, SelectField, TextField } from './parts/form';
import { hasMyNumber } from './parts/my_number';
import { Readers } from './parts/readers';
import { Button, Message, Trouble, useStep } from './parts/small';
import { go, useClient, useModel } from './stage';

interface Form { subjects: string[]; names?: Record<string, string>; categories: string[]; kind: string; learned: string; title: string; text: string; withhold: string[]; hold: string[] }
const blank: Form = { subjects: [], categories: [], kind: 'FACT', learned: '', title: '', text: '', withhold: [], hold: [] };

export function ShareScreen({ case: caseId, item, correct }: { case: string; item: string | null; correct: string | null }) {
  const t = words();
  const client = useClient();
  const model = useModel();
  const step = useStep();
  const draftKey = `share/${caseId}/${item ?? 'desk'}/${correct ?? 'new'}`;
  const old = correct ? model.records.get(correct) : undefined;
  const [form, setForm] = useState<Form>(() => {
    const kept = client.draft(draftKey)?.value as Form | undefined;
    if (kept) return kept;
    if (!old) return blank;
    const content = old.opened.state === 'open' && 'text' in old.opened.content ? old.opened.content : null;
    return { ...blank, subjects: old.label.subjects, categories: old.label.categories, kind: old.label.kind, learned: old.label.origin === 'INTAKE' ? 'own' : 'here', names: content ? Object.fromEntries(namesIn(content)) : {}, title: content?.title ?? '', text: content?.text ?? '', hold: old.label.hold ?? [], withhold: old.label.withhold_from_subject ? ['yes'] : [] };
  });
  const first = useRef(form);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (form !== first.current) void client.saveDraft(draftKey, form);
  }, [form]);
  const change = (part: Partial<Form>) => setForm((before) => ({ ...before, ...part }));

  const household = model.cases.get(caseId);
  const basis = item ? model.items.get(item)?.basis ?? null : null;
  const origin = form.learned === 'here' && basis ? basis : 'INTAKE';
  const ready = form.subjects.length > 0 && form.categories.length > 0 && form.learned !== '';
  const input: Omit<ShareInput, 'content'> = {
    case: caseId, item, subjects: form.subjects, categories: form.categories as Category[], kind: form.kind as RecordKind, origin,
    ...(form.hold.length ? { hold: form.hold } : {}), ...(form.withhold.length ? { withholdFromSubject: true } : {}),
  };
  const preview = useMemo(() => (ready ? client.previewShare(input) : null), [form.subjects, form.categories, form.kind, form.learned, form.hold, form.withhold, model]);

  const back = () => {
    const conference = item ? model.items.get(item)?.conference : undefined;
    go(conference ? { screen: 'live', conference, item } : { screen: 'home' });
  };
  // Names stand in records of category ID alone, and of whom the record is about.
  const identity = form.categories.includes('ID');
  const named = identity ? form.subjects.map((id): [string, string] => [id, (form.names?.[id] ?? '').trim()]).filter(([, name]) => name !== '') : [];
  const problems = () => {
    const found: Record<string, string> = {};
    if (!form.subjects.length) found['subjects'] = `${t.share.about}：${t.errors.choose}`;
    if (!form.categories.length) found['categories'] = `${t.share.categories}：${t.errors.choose}`;
    if (!form.learned) found['learned'] = `${t.share.learned} ${t.errors.choose}`;
    if (!form.title.trim()) found['heading'] = `${t.share.heading}：${t.errors.missing}`;
    if (!form.text.trim()) found['body'] = `${t.share.body}：${t.errors.missing}`;
    if (named.some(([, name]) => hasMyNumber(name))) found['names'] = t.share.myNumber;
    if (hasMyNumber(form.title) || hasMyNumber(form.text)) found['body'] = t.share.myNumber;
    return found;
  };
  // Marked once it was tried, and no longer than it is so.
  const errors = tries ? problems() : {};
  const share = () => {
    setTries(tries + 1);
    if (Object.keys(problems()).length) return;
    const whole: ShareInput = { ...input, content: { v: 1, title: form.title.trim(), text: form.text.trim(), ...(named.length ? { names: Object.fromEntries(named) } : {}) } };
    void step.run(() => (correct ? client.correct(correct, whole) : client.share(whole)), () => { void client.dropDraft(draftKey); back(); });
  };

  const subjects = (household?.subjects ?? []).map((one): Option => [one.id, subjectName(one)]);
  const agencies = [...model.agencies.values()].map((one): Option => [one.id, one.name ?? one.id]);
  const learned: Option[] = basis ? [['own', t.share.learnedOwn], ['here', t.share.learnedHere]] : [['own', t.share.learnedOwn]];
  return (
    <form class="stack wide" onSubmit={(e) => { e.preventDefault(); share(); }}>
      <div class="stack tight">
        <h1>{correct ? t.share.correctTitle : t.share.title}</h1>
        <p>{householdName(household)}・{basis ? basisName(model.bases.get(basis), basis) : t.share.desk}</p>
      </div>
      {correct && <Message kind="info">{t.share.correctHelp}</Message>}
      <ErrorSummary errors={errors} attempt={tries} />
      <Choices id="subjects" label={t.share.about} values={form.subjects} onValues={(subjects_) => change({ subjects: subjects_ })} options={subjects} error={errors['subjects']} />
      <Choices id="categories" label={t.share.categories} values={form.categories} onValues={(categories) => change({ categories })} options={Object.entries(t.codes.categories)} error={errors['categories']} />
      {identity && form.subjects.length > 0 && (
        <fieldset class="field" id="names">
          <legend>{t.share.names}</legend>
          <span class="help">{t.share.namesHelp}</span>
          <div class="stack tight">
            {(household?.subjects ?? []).filter((one) => form.subjects.includes(one.id)).map((one) => (
              <TextField key={one.id} id={`name-${one.id}`} optional label={t.subject(one.code)} value={form.names?.[one.id] ?? ''} onValue={(name) => change({ names: { ...form.names, [one.id]: name } })} maxLength={nameLength} />
            ))}
          </div>
          {errors['names'] && <span class="error">{errors['names']}</span>}
        </fieldset>
      )}
      <SelectField id="kind" label={t.share.kind} blank={false} value={form.kind} onValue={(kind) => change({ kind })} options={Object.entries(t.codes.kinds).filter(([kind]) => kind !== 'DEC')} />
      <Choices id="learned" label={t.share.learned} column value={form.learned} onValue={(learned_) => change({ learned: learned_ })} options={learned} error={errors['learned']} />
      <TextField id="heading" label={t.share.heading} help={t.share.headingHelp} value={form.title} onValue={(title) => change({ title })} error={errors['heading']} maxLength={120} />
      <TextField id="body" label={t.share.body} rows={6} value={form.text} onValue={(text) => change({ text })} error={errors['body']} maxLength={20000} />
      <details>
        <summary>{t.share.more}</summary>
        <div class="stack">
          <Choices id="withhold" optional label={t.share.withhold} values={form.withhold} onValues={(withhold) => change({ withhold })} options={[['yes', t.yes]]} />
          <Choices id="hold" optional label={t.share.hold} values={form.hold} onValues={(hold) => change({ hold })} options={agencies} />
        </div>
      </details>
      {preview ? <Readers preview={preview} /> : <Message kind="info">{t.share.fillFirst}</Message>}
      <Trouble failure={step.failure} />
      <div class="row">
        <Button kind="primary" submit disabled={step.busy || preview?.accepted === false}>{correct ? t.record.correct : t.share.confirm}</Button>
        <Button kind="quiet" onPress={back}>{t.cancel}</Button>
      </div>
    </form>
  );
}
