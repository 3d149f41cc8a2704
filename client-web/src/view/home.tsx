import type { Conference, Decision, Item, RecordCard as Card, Task } from '../conference/model';
import { label, sentence, words } from '../text';
import { Emergencies } from './emergency';
import { BasisMark } from './parts/basis';
import { householdName } from './parts/called';
import { Button, Message, SaveWord, Trouble, usePersonName, useStep } from './parts/small';
import { clockSeconds, clockTime, dayOf, longDate } from './parts/time';
import { Move } from './move';
import { Unfinished } from './unfinished';
import { RecordCard } from './record_card';
import { RequestsWaiting } from './requests';
import { SecondSignatures } from './second';
import { go, useClient, useModel } from './stage';

function Sitting({ conference }: { conference: Conference }) {
  const t = words();
  const model = useModel();
  const items = conference.items.map((id) => model.items.get(id)).filter((item): item is Item => item !== undefined);
  const over = conference.closed;
  return (
    <article class="card sitting">
      <div class="row between">
        <div><p class="time">{clockTime(conference.startsAt)}</p><p>{longDate(conference.startsAt)}</p></div>
        <Button kind={over ? 'plain' : 'primary'} onPress={() => go({ screen: 'live', conference: conference.id, item: null })}>{over ? t.home.review : t.home.enter}</Button>
      </div>
      <ol class="plain">
        {items.map((item, i) => (
          <li class="agenda-line" key={item.id}>
            <b>{t.live.item(i + 1)}</b>
            <span class="row"><BasisMark code={item.basis} /><span>{householdName(model.cases.get(item.case))}</span></span>
            <span class={item.state === 'open' ? 'tag open' : 'tag'}>{label(t.codes.itemStates, item.state)}</span>
          </li>
        ))}
      </ol>
      {!over && <Move key={conference.startsAt} conference={conference} />}
    </article>
  );
}

function Sittings({ title, conferences, empty }: { title: string; conferences: Conference[]; empty?: string }) {
  if (!conferences.length && !empty) return null;
  return (
    <section class="stack">
      <h2>{title}</h2>
      {conferences.length ? conferences.map((one) => <Sitting key={one.id} conference={one} />) : <p class="soft">{empty}</p>}
    </section>
  );
}

function Tasks({ tasks }: { tasks: Task[] }) {
  const t = words();
  const client = useClient();
  const step = useStep();
  if (!tasks.length) return null;
  return (
    <section class="card stack tight">
      <h2>{t.home.tasks}</h2>
      <ul class="plain stack tight">
        {tasks.map((task) => (
          <li key={task.id} class="stack tight">
            {task.to && <span>{t.home.until(longDate(task.to))}</span>}
            {task.records.map((id) => <RecordCard key={id} id={id} item={null} />)}
            <div><Button small onPress={() => void step.run(() => client.endTask(task.id))}>{t.home.done}</Button></div>
          </li>
        ))}
      </ul>
      <Trouble failure={step.failure} />
    </section>
  );
}

function Decisions({ decisions }: { decisions: Decision[] }) {
  const t = words();
  const model = useModel();
  const name = usePersonName();
  if (!decisions.length) return null;
  return (
    <section class="card stack tight">
      <h2>{t.home.decisions}</h2>
      <ul class="plain stack tight">
        {decisions.map((one) => (
          <li key={one.id} class="row between">
            <span class="grow">
              {householdName(model.cases.get(model.items.get(one.item)?.case ?? ''))}・{label(t.codes.decisionKinds, one.kind)}<br />
              <span class="small soft">{longDate(one.at)} {name(one.by)}・{one.confirmedBy ? t.home.confirmed : t.home.awaitingConfirm}</span>
            </span>
            <Button small onPress={() => go({ screen: 'read-decision', decision: one.id, from: { screen: 'home' } })}>{t.decision.read}</Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What this device knows of itself: connection, saving, ledger, and every step that is not saved yet. */
function Status() {
  const t = words();
  const client = useClient();
  const model = useModel();
  const now = client.now();
  const waiting = client.outbox.value.filter((one) => one.state !== 'saved');
  return (
    <section class="card stack tight">
      <h2>{t.status.title}</h2>
      <dl class="facts">
        <dt>{t.status.connection}</dt><dd>{client.silent.value && client.connection.value.state === 'live' ? t.connection.silent : t.connection[client.connection.value.state]}</dd>
        <dt>{t.status.saved}</dt><dd><SaveWord state={client.saved.value} /></dd>
        <dt>{t.status.serverTime}</dt><dd>{now === null ? '—' : clockSeconds(now)}</dd>
        <dt>{t.status.ledger}</dt><dd>{t.status.entries(model.size)}</dd>
      </dl>
      <Unfinished />
      {waiting.length > 0 && <h3>{t.status.unsent}</h3>}
      {waiting.map((one) => (
        <div key={one.id} class="stack tight">
          <SaveWord state={one.state} />
          {one.error && <p>{sentence(one.error.code)}</p>}
          <div class="row">
            {one.repeatable && <Button small onPress={() => void client.signAgain(one.id)}>{t.status.signAgain}</Button>}
            {one.state === 'failed' && <Button small kind="quiet" onPress={() => void client.discard(one.id)}>{t.status.discard}</Button>}
          </div>
        </div>
      ))}
    </section>
  );
}

/** Convenes the newest closed sitting anew: the same households, bases and seats, from now. */
function Again({ last }: { last: Conference }) {
  const t = words();
  const client = useClient();
  const model = useModel();
  const step = useStep();
  const again = async () => {
    const made = await client.convene(new Date(client.now() ?? Date.now()).toISOString());
    if (!made.ok) return made;
    for (const id of last.items) {
      const item = model.items.get(id);
      if (!item) continue;
      const seats = Object.fromEntries(item.seats.map((one) => [one.person, { seat: one.seat, ...(one.as ? { as: one.as } : {}) }]));
      const added = await client.addItem(made.value.conference, item.case, item.basis, seats);
      if (!added.ok) return added;
    }
    return made;
  };
  return (
    <Message kind="info">
      <div class="stack tight"><p>{t.home.againHelp}</p><Trouble failure={step.failure} /><div><Button disabled={step.busy} onPress={() => void step.run(again)}>{t.home.again}</Button></div></div>
    </Message>
  );
}

export function HomeScreen() {
  const t = words();
  const client = useClient();
  const model = useModel();
  const me = model.me.person;
  const name = usePersonName();
  const today = dayOf(client.now() ?? Date.now());
  const all = [...model.conferences.values()].sort((a, b) => a.startsAt.localeCompare(b.startsAt));
  const live = all.filter((one) => !one.closed);
  const past = all.filter((one) => one.closed).reverse();
  const coordinator = model.me.roles.includes('coordinator');
  const desk = [...model.records.values()].filter((card: Card) => card.item === null && !card.desk.hidden);
  const tasks = [...model.tasks.values()].filter((task) => task.person === me && !task.ended);
  // Who guards or answers for households by their role sees all that they read; others reach them from the sitting.
  const guards = model.me.roles.some((role) => ['coordinator', 'protection', 'consent_officer', 'compliance'].includes(role));
  const cases = [...model.cases.values()].filter((one) => one.coordinator === me || guards);
  return (
    <div class="stack wide">
      <h1>{t.home.hello(name(me))}</h1>
      <div class="home-grid">
        <div class="stack wide">
          {coordinator && model.tenant.demo && live.length === 0 && past[0] && <Again last={past[0]} />}
          <Sittings title={t.home.today} conferences={live.filter((one) => dayOf(one.startsAt) <= today)} empty={t.home.nothing} />
          <Sittings title={t.home.upcoming} conferences={live.filter((one) => dayOf(one.startsAt) > today)} />
          <Sittings title={t.home.past} conferences={past.slice(0, 5)} />
        </div>
        <div class="stack">
          <SecondSignatures />
          <Emergencies />
          <RequestsWaiting />
          <Decisions decisions={[...model.decisions.values()].reverse().slice(0, 6)} />
          <Tasks tasks={tasks} />
          {cases.length > 0 && (
            <section class="card stack tight">
              <h2>{cases.every((one) => one.coordinator === me) ? t.home.households : t.guard.household.seen}</h2>
              <ul class="plain stack tight">
                {cases.map((one) => (
                  <li class="row between" key={one.id}>
                    <span>{householdName(one)}</span>
                    <span class="row">
                      <Button small onPress={() => go({ screen: 'household', case: one.id })} aria-label={`${t.guard.household.open} ${one.code}`}>{t.guard.household.open}</Button>
                      {one.coordinator === me && <Button small onPress={() => go({ screen: 'share', case: one.id, item: null, correct: null })} aria-label={`${t.home.shareDesk} ${one.code}`}>{t.home.shareDesk}</Button>}
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          )}
          <Status />
        </div>
      </div>
      {desk.length > 0 && (
        <section class="stack">
          <h2>{t.home.records}</h2>
          <div class="desk">{desk.map((card) => <RecordCard key={card.id} id={card.id} item={null} />)}</div>
        </section>
      )}
    </div>
  );
}
