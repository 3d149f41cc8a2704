// The live conference: under which law we sit, what that means for me, who is here, what may be seen, what is said.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Item } from '../conference/model';
import { label, words } from '../text';
import { ChairTools } from './chair_tools';
import { NoticePage } from './notice';
import { BasisMark, basisName, BasisSign, withoutConsent } from './parts/basis';
import { isDecision, OpenedRecord } from './parts/opened_record';
import { Button, Message } from './parts/small';
import { RecordCard } from './record_card';
import { Requests } from './requests';
import { seenSwitch, useSeat } from './sitting';
import { go, useClient, useModel } from './stage';
import { Attendance, Talk } from './talk';

/** The banner that cannot be overlooked. */
export function BasisBanner({ item, number }: { item: Item; number: number }) {
  const t = words();
  const model = useModel();
  const basis = model.bases.get(item.basis);
  const free = withoutConsent(basis);
  const source = model.persons.get(model.me.person)?.dutySource ?? 'none';
  const own = free ? `${basis?.law ?? ''}${basis?.article ?? ''}${basis?.paragraph ?? ''}` : label(t.codes.duties, source);
  return (
    <section class={`banner ${free ? 'statutory' : 'consent'}`} aria-label={t.live.law}>
      <BasisSign consentFree={free} />
      <div><p class="law">{basisName(basis, item.basis)}</p><p class="where">{t.live.item(number)}・{t.household(item.code)}・{label(t.codes.itemStates, item.state)}</p></div>
      <p class="rule">{free ? t.live.consentFree : t.live.consentNeeded}</p>
      <p class="meaning">{free ? t.live.meansNoConsent(basis?.penalty ?? '') : t.live.meansConsent}</p>
      <p class="duty">{t.live.duty}：{own}</p>
    </section>
  );
}

function Agenda({ items, current, onPick }: { items: Item[]; current: string; onPick: (item: string) => void }) {
  const t = words();
  return (
    <nav class="stack tight" aria-label={t.live.agenda}>
      <h2>{t.live.agenda}</h2>
      <ol class="plain stack tight">
        {items.map((item, i) => (
          <li key={item.id}>
            <button type="button" class="rail-item" aria-current={item.id === current ? 'true' : undefined} onClick={() => onPick(item.id)}>
              <span class="row between"><b>{t.live.item(i + 1)}</b><span class={item.state === 'open' ? 'tag open' : 'tag'}>{label(t.codes.itemStates, item.state)}</span></span>
              <span>{t.household(item.code)}</span>
              <span><BasisMark code={item.basis} /></span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** For a shared screen: only what everyone present may see (the query `room`), in large type. */
function ReadingMode({ item, onEnd }: { item: Item; onEnd: () => void }) {
  const t = words();
  const client = useClient();
  const model = useModel();
  const shown = client.room(item.id, item.attending).map((id) => model.records.get(id)).filter((card) => card?.opened.state === 'open');
  return (
    <div class="stack">
      <Message kind="info">{t.live.readingHelp}</Message>
      <div><Button onPress={onEnd}>{t.live.readingEnd}</Button></div>
      {shown.map((card) => card?.opened.state === 'open' && !isDecision(card.opened.content)
        && <OpenedRecord key={card.id} large content={card.opened.content} openedAt={card.opened.openedAt} />)}
      {shown.length === 0 && <p>{t.live.readingNone}</p>}
    </div>
  );
}

/** For the chair of an item that asks for consent: what the household's support conference knows and this item lacks.
 *  Closed until asked for: others may be looking at the chair's screen. */
function Carried({ item }: { item: Item }) {
  const t = words();
  const model = useModel();
  if (item.mySeat?.seat !== 'chair' || item.state === 'closed' || withoutConsent(model.bases.get(item.basis))) return null;
  const cards = [...model.records.values()].filter((card) => card.case === item.case && !card.withdrawn);
  const here = new Set(cards.filter((card) => card.item === item.id).map((card) => card.rebasedFrom));
  const waiting = cards.filter((card) => card.label.origin !== 'INTAKE' && !card.desk.hidden && (card.at[item.id]?.hidden ?? true) && !here.has(card.id));
  if (waiting.length === 0) return null;
  return (
    <details>
      <summary>{t.live.carry(waiting.length)}</summary>
      <div class="stack">
        <p class="soft">{t.live.carryHelp}</p>
        {waiting.map((card) => <RecordCard key={card.id} id={card.id} item={null} carryTo={item.id} />)}
      </div>
    </details>
  );
}

function Records({ item }: { item: Item }) {
  const t = words();
  const [reading, setReading] = useState(false);
  if (reading) return <ReadingMode item={item} onEnd={() => setReading(false)} />;
  return (
    <section class="stack" aria-labelledby="records">
      <div class="records-head">
        <h2 id="records" tabIndex={-1}>{t.live.records}</h2>
        <div class="row">
          {item.state === 'open' && <Button small onPress={() => setReading(true)}>{t.live.reading}</Button>}
          {item.mySeat?.professional && item.state !== 'closed' && <Button small kind="primary" onPress={() => go({ screen: 'share', case: item.case, item: item.id, correct: null })}>{t.live.share}</Button>}
        </div>
      </div>
      {item.state === 'waiting' && <Message kind="info">{t.live.notOpen}</Message>}
      {item.state === 'suspended' && <Message kind="info">{t.live.break}</Message>}
      {item.state === 'closed' && <Message kind="info">{t.live.ended}</Message>}
      {item.records.length === 0 && item.state !== 'closed' && <p class="soft">{t.live.noRecords}</p>}
      {item.records.map((id) => <RecordCard key={id} id={id} item={item.id} />)}
    </section>
  );
}

type Part = 'around' | 'records' | 'talk';

/** On a phone one part at a time, within the thumb's reach; a wide screen shows all three and no bar (live.css). */
function Parts({ item, part, onPick }: { item: Item; part: Part; onPick: (part: Part) => void }) {
  const t = words();
  const said = useClient().talk(item.id).value.messages.length;
  const heard = useRef(said);
  if (part === 'talk') heard.current = said;
  const unheard = said - heard.current;
  const name: Record<Part, string> = { around: t.live.agenda, records: t.live.records, talk: t.live.talk };
  const shown: Part[] = item.mySeat ? ['around', 'records', 'talk'] : ['around', 'records'];
  return (
    <nav class="parts-bar" aria-label={t.live.parts}>
      {shown.map((one) => (
        <button type="button" key={one} aria-current={one === part ? 'true' : undefined} onClick={() => onPick(one)}>
          {name[one]} {one === 'talk' && unheard > 0 && <span class="tag open">{t.live.unheard(unheard)}</span>}
        </button>
      ))}
    </nav>
  );
}

export function LiveScreen({ conference, item: wanted }: { conference: string; item: string | null }) {
  const t = words();
  const client = useClient();
  const model = useModel();
  const items = (model.conferences.get(conference)?.items ?? []).map((id) => model.items.get(id)).filter((one): one is Item => one !== undefined);
  const open = items.find((one) => one.state === 'open');
  const [picked, setPicked] = useState<string | null>(wanted ?? open?.id ?? items[0]?.id ?? null);
  const [part, setPart] = useState<Part>('records');
  const parts = useRef<HTMLDivElement>(null);
  // The sitting moves on together: when another item opens, everyone's screen goes there.
  useEffect(() => { if (open) setPicked(open.id); }, [open?.id]);
  const item = items.find((one) => one.id === picked) ?? items[0];
  const inside = item?.mySeat && item.state === 'open' && !item.mustAcknowledge ? item.id : null;
  useSeat(client, inside);
  if (!item) return <Message kind="info">{t.home.nothing}</Message>;
  const number = items.indexOf(item) + 1;
  if (item.mySeat && item.state === 'open' && (item.mustAcknowledge || !seenSwitch.value.includes(item.id)))
    return <NoticePage item={item} number={number} onSeen={() => { seenSwitch.value = [...seenSwitch.value, item.id]; }} />;
  return (
    <div class="stack">
      <h1 class="visually-hidden">{t.live.title}</h1>
      <BasisBanner item={item} number={number} />
      <div class="live" data-part={part} ref={parts}>
        <div class="rail around">
          <Agenda items={items} current={item.id} onPick={setPicked} />
          <Attendance item={item.id} />
          <div class="row">
            {item.mySeat?.professional && model.cases.has(item.case) && <Button small onPress={() => go({ screen: 'household', case: item.case })}>{t.guard.household.open}</Button>}
            <Button small onPress={() => go({ screen: 'home' })}>{t.live.leave}</Button>
          </div>
        </div>
        <div class="stack records"><ChairTools item={item} /><Requests item={item} above /><Records item={item} /><Carried item={item} /><Requests item={item} above={false} /></div>
        {item.mySeat && <Talk key={item.id} item={item.id} />}
      </div>
      <Parts key={item.id} item={item} part={part} onPick={(one) => { setPart(one); parts.current?.scrollIntoView(); }} />
    </div>
  );
}
