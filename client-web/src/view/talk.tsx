// The talk of an item: who is here, in words; what was said, with how far each own message got.
import { useEffect, useRef, useState } from 'preact/hooks';
import { label, sentence, words } from '../text';
import { TextField } from './parts/form';
import { Button, Message, SaveWord, usePersonName, usePersonPlace } from './parts/small';
import { clockTime } from './parts/time';
import { useClient, useModel } from './stage';

export function Attendance({ item }: { item: string }) {
  const t = words();
  const client = useClient();
  const sitting = useModel().items.get(item);
  const seats = sitting?.seats ?? [];
  const name = usePersonName();
  const place = usePersonPlace();
  const attendees = client.talk(item).value.attendees;
  return (
    <section aria-labelledby="attendance">
      <h2 id="attendance" tabIndex={-1}>{t.live.attendance}</h2>
      <ul class="plain people">
        {seats.map((seat) => {
          const here = attendees.find((one) => one.person === seat.person);
          const now = here?.state ?? 'absent';
          const state = sitting?.state === 'closed' ? (now === 'absent' ? 'missed' : 'attended') : now;
          return (
            <li class="person-line" key={seat.person}>
              <span class={`dot ${state === 'present' ? 'here' : state === 'lost' ? 'offline' : ''}`} aria-hidden="true" />
              <b>{name(seat.person)}</b>
              <span class={`presence ${state}`}>{here?.typing ? t.live.typing : t.live.state[state]}{state === 'lost' && here?.since ? `（${clockTime(here.since)}〜）` : ''}</span>
              <span class="small">{label(t.codes.seats, seat.seat)}・{place(seat.person)}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

export function Talk({ item }: { item: string }) {
  const t = words();
  const client = useClient();
  const name = usePersonName();
  const talk = client.talk(item).value;
  const over = useModel().items.get(item)?.state === 'closed';
  const draftKey = `say/${item}`;
  const [text, setText] = useState(() => (client.draft(draftKey)?.value as string | undefined) ?? '');
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => { list.current?.scrollTo(0, list.current.scrollHeight); }, [talk.messages.length]);
  const write = (value: string) => {
    setText(value);
    client.typing(item);
    void (value === '' ? client.dropDraft(draftKey) : client.saveDraft(draftKey, value));
  };
  // What was said is the outbox's from now on, with its own word in the list: the field is free for the next.
  const say = () => {
    const said = text.trim();
    if (!said) return;
    void client.say(item, said);
    write('');
    document.getElementById('say')?.focus();
  };
  return (
    <section class="talk card" aria-labelledby="talk">
      <h2 id="talk" tabIndex={-1}>{t.live.talk}</h2>
      <ol class="plain talk-list" ref={list} tabIndex={0} aria-label={t.live.talk}>
        {talk.messages.map((message) => (
          <li class={message.own ? 'line own' : 'line'} key={message.id}>
            <span class="who-when">{message.own ? '' : `${name(message.author)} `}{clockTime(message.at)} {message.own && <SaveWord state={message.save} />}</span>
            <span class="said">{message.withdrawn ? t.live.withdrawn : message.text ?? t.live.sealed}</span>
            {message.error && <span class="small">{sentence(message.error.code)}</span>}
          </li>
        ))}
      </ol>
      <div class="stack tight">
        {talk.state === 'stopped' && <Message kind="error" title={t.live.talkStopped}>{talk.failure && sentence(talk.failure.code)}</Message>}
        {(talk.state === 'entering' || talk.state === 'waiting') && <p class="small" role="status">{t.live.newTalk}</p>}
        {over ? <p class="small soft">{t.live.talkOver}</p> : <form class="stack tight" onSubmit={(e) => { e.preventDefault(); say(); }}>
          <TextField id="say" label={t.live.talkLabel} rows={2} unmarked value={text} onValue={write} maxLength={4000} />
          <div class="row between">
            <Button kind="primary" submit disabled={!text.trim()}>{t.live.say}</Button>
            {talk.words && <span class="small soft">{t.live.talkWords}：{talk.words.join(' ')}</span>}
          </div>
        </form>}
      </div>
    </section>
  );
}
