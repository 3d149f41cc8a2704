// A record as this person may see it: its content, or a placeholder with the reason. What is hidden never gets here.
import { useState } from 'preact/hooks';
import type { RecordCard as Card, Verdict } from '../conference/model';
import { label, sentence, words } from '../text';
import { basisName } from './parts/basis';
import { householdName } from './parts/called';
import { OpenedRecord } from './parts/opened_record';
import { Readers } from './parts/readers';
import { Button, Message, Sure, Trouble, usePersonName, useStep } from './parts/small';
import { clockTime, longDate } from './parts/time';
import { whyOf } from './parts/verdict';
import { AskSecond } from './second';
import { go, useClient, useModel } from './stage';

function Meta({ card, desk }: { card: Card; desk: boolean }) {
  const t = words();
  const model = useModel();
  const subjects = model.cases.get(card.case)?.subjects ?? [];
  const codes = card.label.subjects.map((id) => {
    const subject = subjects.find((one) => one.id === id);
    return subject?.called ?? subject?.code ?? id.slice(2, 8).toUpperCase();
  });
  return (
    <div class="meta">
      {desk && <b>{householdName(model.cases.get(card.case))}</b>}
      <span class="tag">{label(t.codes.kinds, card.label.kind)}</span>
      {card.label.categories.map((category) => <span class="tag" key={category}>{label(t.codes.categories, category)}</span>)}
      <span class="small soft">{t.record.about}：{codes.join('、')}</span>
    </div>
  );
}

function From({ card }: { card: Card }) {
  const t = words();
  const model = useModel();
  const name = usePersonName();
  const learned = card.label.origin === 'INTAKE' ? t.record.ownWork : t.record.inMeeting(basisName(model.bases.get(card.label.origin), card.label.origin));
  return (
    <p class="small soft">
      {t.record.by(name(card.author))}（{model.agencies.get(card.label.agency)?.name ?? card.label.agency}）・{longDate(card.sharedAt)} {clockTime(card.sharedAt)}・{t.record.source}：{learned}
    </p>
  );
}

/** The only way across the border (policy.md §7): who will read it there is shown first. */
function CarryOver({ id, to }: { id: string; to: string }) {
  const t = words();
  const client = useClient();
  const step = useStep();
  const [asked, setAsked] = useState(false);
  const preview = client.previewRebase(id, to);
  if (!preview.accepted) return <p class="small soft">{preview.reason && sentence(preview.reason)}</p>;
  if (!asked) return <div><Button small onPress={() => setAsked(true)}>{t.record.rebase}</Button></div>;
  return (
    <div class="stack tight">
      <Message kind="info">{t.record.rebaseHelp}</Message>
      <Readers preview={preview} />
      <Trouble failure={step.failure} />
      <div class="row">
        <Button kind="primary" disabled={step.busy} onPress={() => void step.run(() => client.rebase(id, to))}>{t.record.rebase}</Button>
        <Button onPress={() => setAsked(false)}>{t.cancel}</Button>
      </div>
    </div>
  );
}

export function RecordCard({ id, item, carryTo }: { id: string; item: string | null; carryTo?: string }) {
  const t = words();
  const client = useClient();
  const model = useModel();
  const name = usePersonName();
  const step = useStep();
  const card = model.records.get(id);
  if (!card) return null;
  const verdict: Verdict = item ? card.at[item] ?? card.desk : card.desk;
  if (verdict.hidden) return null;
  const replaced = card.replacedBy ? <span class="tag warn">{t.record.corrected}</span> : card.withdrawn ? <span class="tag bad">{t.record.withdrawnMark}</span> : null;

  if (verdict.outcome === 'deny') {
    return (
      <article class="record placeholder">
        <Meta card={card} desk={item === null} />
        <p class="why">{t.record.cannot}：{whyOf(verdict)}</p>
        <div class="row">{replaced}<From card={card} /></div>
      </article>
    );
  }
  // At the other item's table its content stays closed: what it is, from whom, and whether it may come over.
  if (carryTo) return <article class="record placeholder"><Meta card={card} desk={false} /><From card={card} /><CarryOver id={id} to={carryTo} /></article>;
  const opened = card.opened;
  const mine = card.author === model.me.person;
  return (
    <article class={card.withdrawn ? 'record withdrawn' : 'record'}>
      <div class="row between"><Meta card={card} desk={item === null} />{replaced}{card.replaces && <span class="tag">{t.record.correction}</span>}</div>
      {opened.state === 'open' && <OpenedRecord content={opened.content} openedAt={opened.openedAt} />}
      {opened.state === 'key_pending' && <p role="status">{t.record.pending(opened.holders.map(name).join('、'))}</p>}
      {opened.state === 'failed' && <Trouble failure={opened.error} />}
      <From card={card} />
      <p class="small soft">{t.record.ground}：{whyOf(verdict)}{card.openedBy.length > 0 && `・${t.record.openedBy}：${card.openedBy.map(name).join('、')}`}</p>
      <Trouble failure={step.failure} />
      <div class="row">
        {opened.state === 'open'
          ? <Button small onPress={() => client.closeView(id)}>{t.record.closeView}</Button>
          : !card.withdrawn && (
            <Button small kind="primary" disabled={step.busy || opened.state === 'opening'} onPress={() => void step.run(() => client.open(id, item))}>
              {opened.state === 'opening' ? t.record.opening : t.record.open}
            </Button>
          )}
        {mine && !card.withdrawn && <Button small onPress={() => go({ screen: 'share', case: card.case, item: card.item, correct: id })}>{t.record.correct}</Button>}
        {!card.withdrawn && client.may({ kind: 'record.withdraw', record: id }).accepted
          && <Sure small label={t.record.withdraw} question={t.record.withdrawSure} onSure={() => void step.run(() => client.withdraw(id))} />}
        {!card.withdrawn && model.cases.get(card.case)?.coordinator === model.me.person && item === null
          && <AskSecond statement={{ kind: 'record.destroy', record: id }} text={t.guard.second.destroy} question={t.guard.second.destroyQuestion} danger />}
      </div>
    </article>
  );
}
