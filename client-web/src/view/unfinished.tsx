// 書きかけ: what was typed here and not sent. Found again after a killed tab; gone on with, or thrown away.
import type { Draft } from '../conference/client';
import { words } from '../text';
import { Button } from './parts/small';
import { go, type Route, useClient, useModel } from './stage';

export function Unfinished() {
  const t = words();
  const client = useClient();
  const model = useModel();
  /** What the draft is of, and the screen that goes on with it (null: its item or household is not there any more). */
  const read = ({ key }: Draft): { what: string; to: Route | null } => {
    const [kind, id = '', at = '', correct = ''] = key.split('/');
    const item = model.items.get(kind === 'share' ? at : id);
    const about = (what: string, code: string | undefined) => (code ? `${what}・${t.household(code)}` : what);
    switch (kind) {
      case 'say': return { what: about(t.live.talk, item?.code), to: item ? { screen: 'live', conference: item.conference, item: id } : null };
      case 'share': {
        const household = model.cases.get(id);
        const to: Route = { screen: 'share', case: id, item: at === 'desk' ? null : at, correct: correct === 'new' ? null : correct };
        return { what: about(correct === 'new' ? t.share.title : t.share.correctTitle, household?.code), to: household ? to : null };
      }
      case 'decision': return { what: about(t.decision.title, item?.code), to: item ? { screen: 'decision', item: id, conference: item.conference } : null };
      case 'consent': return { what: t.consent.title, to: { screen: 'consent', case: null } };
      default: return { what: t.convene.title, to: { screen: 'convene' } };
    }
  };
  if (client.drafts.value.length === 0) return null;
  return (
    <>
      <h3>{t.home.drafts}</h3>
      <ul class="plain stack tight">
        {client.drafts.value.map((draft) => {
          const { what, to } = read(draft);
          return (
            <li class="row between" key={draft.key}>
              <span class="grow">{what}</span>
              {to && <Button small onPress={() => go(to)} aria-label={`${t.home.resume}：${what}`}>{t.home.resume}</Button>}
              <Button small kind="quiet" onPress={() => void client.dropDraft(draft.key)} aria-label={`${t.status.discard}：${what}`}>{t.status.discard}</Button>
            </li>
          );
        })}
      </ul>
    </>
  );
}
