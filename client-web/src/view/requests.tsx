// At an item: an agency is asked for material, information or an opinion, and its answer is kept. Declining is an answer
// like the others: nothing here presses or reminds. Who may ask and answer is the policy's answer (`may`).
import { useState } from 'preact/hooks';
import type { AskedFor, Category, CooperationRequest, Item, RequestAnswer } from '../conference/model';
import { label, words } from '../text';
import { householdName } from './parts/called';
import { unprotected } from './parts/categories';
import { EraDateField } from './parts/era_date';
import { Choices, type Option, SelectField } from './parts/form';
import { Button, Sure, Trouble, usePersonName, useStep } from './parts/small';
import { longDate, midnight } from './parts/time';
import { go, useClient, useModel } from './stage';


function useSaid(): (request: CooperationRequest) => string {
  const w = words().office.requests;
  const model = useModel();
  return ({ agency, what }) => (agency === null || what === null ? w.unknown : w.to(model.agencies.get(agency)?.name ?? agency, label(w.kinds, what)));
}

function One({ request }: { request: CooperationRequest }) {
  const t = words();
  const w = t.office.requests;
  const client = useClient();
  const model = useModel();
  const name = usePersonName();
  const said = useSaid();
  const step = useStep();
  const last = request.answers.at(-1);
  const seat = model.items.get(request.item)?.mySeat?.seat;
  // The agency that was asked, or who keeps the sitting's papers, for an answer that came by letter.
  const mine = request.agency === model.me.agency || seat === 'chair' || seat === 'recorder';
  const may = mine && client.may({ kind: 'request.answer', request: request.id }).accepted;
  return (
    <li class="card stack tight">
      <p><b>{said(request)}</b></p>
      <p class="small">{[request.categories.map((one) => label(t.codes.categories, one)).join('、'), request.due === null ? '' : w.dueOn(longDate(midnight(request.due)))].filter(Boolean).join('・')}</p>
      <p class="small soft">{w.by(name(request.by), longDate(request.at))}</p>
      <p role="status">{last
        ? <b>{w.answered(last.answer === null ? w.unknown : label(w.answers, last.answer), name(last.by), longDate(last.at))}</b>
        : <span class="tag warn">{w.waiting}</span>}</p>
      <Trouble failure={step.failure} />
      {may && (
        <details>
          <summary>{w.answer}</summary>
          <div class="stack tight">
            <p class="soft">{w.answerHelp}</p>
            <div class="row">
              {(Object.keys(w.answers) as RequestAnswer[]).map((one) => (
                <Sure key={one} small kind="primary" label={label(w.answers, one)} question={w.answerSure(label(w.answers, one))} onSure={() => void step.run(() => client.answerRequest(request.id, one))} />
              ))}
            </div>
          </div>
        </details>
      )}
    </li>
  );
}

function Ask({ item }: { item: Item }) {
  const t = words();
  const w = t.office.requests;
  const client = useClient();
  const model = useModel();
  const step = useStep();
  const [agency, setAgency] = useState('');
  const [what, setWhat] = useState('');
  const [categories, setCategories] = useState<string[]>([]);
  const [due, setDue] = useState<string | null>(null);
  const send = () => void step.run(
    () => client.makeRequest(item.id, { agency, what: what as AskedFor, categories: categories as Category[], due }),
    () => { setAgency(''); setWhat(''); setCategories([]); setDue(null); },
  );
  return (
    <details>
      <summary>{w.ask}</summary>
      <form class="stack tight" onSubmit={(e) => { e.preventDefault(); send(); }}>
        <SelectField id="request-agency" label={w.whom} value={agency} onValue={setAgency} options={[...model.agencies.values()].map((one): Option => [one.id, one.name ?? one.id])} />
        <Choices id="request-what" label={w.what} value={what} onValue={setWhat} options={Object.entries(w.kinds)} />
        <Choices id="request-categories" optional label={w.about} values={categories} onValues={setCategories} options={unprotected()} />
        <EraDateField id="request-due" optional label={w.due} iso={due} onIso={setDue} />
        <p class="help">{w.dueHelp}</p>
        <Trouble failure={step.failure} />
        <div><Button small submit disabled={step.busy || !agency || !what}>{w.send}</Button></div>
      </form>
    </details>
  );
}

/** Twice on the screen of an item: above its records while something waits for an answer, else below them. */
export function Requests({ item, above }: { item: Item; above: boolean }) {
  const w = words().office.requests;
  const client = useClient();
  const model = useModel();
  const listed = [...model.requests.values()].filter((one) => one.item === item.id);
  const may = client.may({ kind: 'request.make', item: item.id, request: 'q-preview' }).accepted;
  const waits = item.state !== 'closed' && listed.some((one) => one.answers.length === 0);
  if (above !== waits || (!may && listed.length === 0)) return null;
  return (
    <section class="card stack tight" aria-labelledby="requests">
      <h2 id="requests">{w.title}</h2>
      <p class="soft">{w.help}</p>
      {listed.length === 0 ? <p class="soft">{w.none}</p> : <ul class="plain stack tight">{listed.map((one) => <One key={one.id} request={one} />)}</ul>}
      {may && <Ask item={item} />}
    </section>
  );
}

/** On the home screen: what waits for an answer, of one's own agency first; each leads to its item. */
export function RequestsWaiting() {
  const t = words();
  const w = t.office.requests;
  const model = useModel();
  const said = useSaid();
  const own = (one: CooperationRequest) => one.agency !== null && one.agency === model.me.agency;
  const day = (one: CooperationRequest) => one.due ?? '9999';
  const waiting = [...model.requests.values()]
    .filter((one) => one.answers.length === 0 && model.items.get(one.item)?.mySeat?.professional && model.items.get(one.item)?.state !== 'closed')
    .sort((a, b) => Number(own(b)) - Number(own(a)) || (day(a) < day(b) ? -1 : 1));
  if (waiting.length === 0) return null;
  return (
    <section class="card stack tight">
      <h2>{w.home}</h2>
      <ul class="plain stack tight">
        {waiting.map((one) => {
          const item = model.items.get(one.item)!;
          return (
            <li key={one.id} class="stack tight">
              <p>{own(one) && <><span class="tag warn">{w.own}</span>{' '}</>}<b>{said(one)}</b></p>
              <p class="small soft">{[householdName(model.cases.get(item.case)), one.due === null ? '' : w.dueOn(longDate(midnight(one.due)))].filter(Boolean).join('・')}</p>
              <div><Button small onPress={() => go({ screen: 'live', conference: item.conference, item: item.id })} aria-label={`${t.home.enter}：${said(one)}`}>{t.home.enter}</Button></div>
            </li>
          );
        })}
        <li class="small soft">{w.only}</li>
      </ul>
    </section>
  );
}
