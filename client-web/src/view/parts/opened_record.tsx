// The content of a record on the screen: view-only, with the viewer's name and the time across it.
import type { DecisionText, RecordContent } from '../../conference/model';
import { useModel } from '../stage';
import { usePersonName } from './small';
import { dateAndTime } from './time';

export const isDecision = (content: RecordContent | DecisionText): content is DecisionText => !('text' in content);

export function OpenedRecord({ content, openedAt, large }: { content: RecordContent | DecisionText; openedAt: number; large?: boolean }) {
  const model = useModel();
  const mark = `${usePersonName()(model.me.person)} ${dateAndTime(openedAt)}`;
  return (
    <div class={large ? 'record-open reading' : 'record-open'}>
      {isDecision(content) ? <p class="text">{content.policy}</p> : <><h3>{content.title}</h3><p class="text">{content.text}</p></>}
      <div class="watermark" aria-hidden="true">{Array.from({ length: 8 }, (_, i) => <span key={i}>{mark}</span>)}</div>
    </div>
  );
}
