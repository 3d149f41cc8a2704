// Two signatures: the first asks a second person, on whose home it waits for a day. Who may be the second is the
// policy's answer for each person, asked when the question is opened.
import { useId, useState } from 'preact/hooks';
import type { HalfSigned, StatementInput } from '../conference/client';
import { label, sentence, words } from '../text';
import { householdName, subjectName } from './parts/called';
import { type Option, SelectField } from './parts/form';
import { Button, Message, Sure, Trouble, usePersonName, usePersonPlace, useStep } from './parts/small';
import { dateAndTime } from './parts/time';
import { useClient, useModel } from './stage';

interface Asking {
  statement: StatementInput;
  text: string;
  question: string;
  danger?: boolean;
}

/** Is it this person's to ask for, whoever the second may be? The policy's answer, not a rule of the screen. */
export function useMayAsk(): (statement: StatementInput) => boolean {
  const client = useClient();
  const model = useModel();
  return (statement) => [...model.persons.values()].some((one) => {
    if (one.ended || one.id === model.me.person) return false;
    const answer = client.may({ ...statement, with: one.id });
    return answer.accepted || answer.reason === 'SECOND_PERSON';
  });
}

export function AskSecond({ statement, text, question, danger }: Asking) {
  const t = words();
  const client = useClient();
  const model = useModel();
  const name = usePersonName();
  const place = usePersonPlace();
  const step = useStep();
  const id = useId();
  const [able, setAble] = useState<Option[] | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [person, setPerson] = useState('');
  const [asked, setAsked] = useState<string | null>(null);
  const begin = () => {
    const options: Option[] = [];
    let reason: string | null = null;
    for (const one of model.persons.values()) {
      if (one.ended || one.id === model.me.person) continue;
      const answer = client.may({ ...statement, with: one.id });
      if (answer.accepted) options.push([one.id, `${name(one.id)}（${place(one.id)}）`]);
      else if (answer.reason !== 'SECOND_PERSON') reason = answer.reason;
    }
    setAble(options);
    setRefusal(options.length === 0 ? reason : null);
  };
  if (asked) return <Message kind="good" live>{t.guard.second.asked(name(asked))}</Message>;
  if (able === null) return <div><Button small kind={danger ? 'danger' : 'plain'} onPress={begin}>{text}</Button></div>;
  return (
    <div class="message warn" role="group" aria-label={text}>
      <span class="icon" aria-hidden="true">⚠</span>
      <div class="stack tight">
        <p>{question}</p>
        {able.length === 0
          ? <p>{refusal ? sentence(refusal) : t.guard.second.none}</p>
          : <SelectField id={id} label={t.guard.second.whom} value={person} onValue={setPerson} options={able} />}
        <Trouble failure={step.failure} />
        <div class="row">
          {able.length > 0 && (
            <Button kind={danger ? 'danger' : 'primary'} disabled={step.busy || !person}
              onPress={() => void step.run(() => client.askSecond({ ...statement, with: person }), () => setAsked(person))}>{t.guard.second.ask}</Button>
          )}
          <Button onPress={() => setAble(null)}>{t.cancel}</Button>
        </div>
      </div>
    </div>
  );
}

/** What it is about: household, subject, person or record, as far as this person may see them. */
function About({ half }: { half: HalfSigned }) {
  const t = words();
  const model = useModel();
  const name = usePersonName();
  const text = (member: string) => (typeof half.statement[member] === 'string' ? half.statement[member] as string : null);
  const record = model.records.get(text('record') ?? '');
  const household = model.cases.get(text('case') ?? record?.case ?? '');
  const subject = household?.subjects.find((one) => one.id === text('subject'));
  const person = text('person');
  const parts = [
    household && householdName(household), subject && subjectName(subject), person && name(person),
    record && `${label(t.codes.kinds, record.label.kind)}（${record.label.categories.map((one) => label(t.codes.categories, one)).join('、')}）`,
  ].filter(Boolean);
  return <b>{label(t.guard.second.kinds, half.statement.kind)}{parts.length > 0 && `：${parts.join('・')}`}</b>;
}

function ToSign({ half }: { half: HalfSigned }) {
  const t = words();
  const client = useClient();
  const name = usePersonName();
  const step = useStep();
  const { kind } = half.statement;
  return (
    <li class="stack tight">
      <About half={half} />
      <p>{label(t.guard.second.means, kind)}</p>
      <p class="small soft">{t.guard.second.from(name(half.from))}・{t.guard.second.until(dateAndTime(half.until))}</p>
      <Trouble failure={step.failure} />
      <div class="row">
        <Button small kind="primary" disabled={step.busy} onPress={() => void step.run(() => client.secondSign(half.id))}>{t.guard.second.sign}</Button>
        <Sure small kind="primary" label={t.guard.second.decline} question={t.guard.second.declineSure} onSure={() => client.declineSecond(half.id)} />
      </div>
    </li>
  );
}

/** On home: what waits for my signature, and what I have asked of others. */
export function SecondSignatures() {
  const t = words();
  const client = useClient();
  const name = usePersonName();
  const mine = client.halfSigned.value;
  const asked = client.awaitingSecond.value;
  if (mine.length + asked.length === 0) return null;
  return (
    <section class="card stack tight" aria-labelledby="second">
      <h2 id="second">{t.guard.second.title}</h2>
      <ul class="plain stack tight">
        {mine.map((half) => <ToSign key={half.id} half={half} />)}
        {asked.map((half) => (
          <li key={half.id}>
            <About half={half} />
            <p class="small soft">{t.guard.second.waiting(name(half.to))}・{t.guard.second.until(dateAndTime(half.until))}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
