// Who will be able to read a record and who will not, and why: shown before it is shared or carried over.
import type { Reader, SharePreview } from '../../conference/client';
import { sentence, words } from '../../text';
import { Message, usePersonName, usePersonPlace } from './small';
import { whyOf } from './verdict';

function Side({ kind, title, readers }: { kind: 'can' | 'cannot'; title: string; readers: { reader: Reader; why: string }[] }) {
  const name = usePersonName();
  const place = usePersonPlace();
  return (
    <div class={`side ${kind}`}>
      <h3>{title}</h3>
      <ul>
        {readers.map(({ reader, why }) => (
          <li key={reader.person}><b>{kind === 'can' ? '○ ' : '× '}{name(reader.person)}</b><span class="small">{place(reader.person)}</span><span class="small">{why}</span></li>
        ))}
      </ul>
      {readers.length === 0 && <p class="soft">{words().none}</p>}
    </div>
  );
}

export function Readers({ preview }: { preview: SharePreview }) {
  const t = words();
  const name = usePersonName();
  const can = preview.readers.filter((one) => one.onceOpen.outcome === 'permit');
  const cannot = preview.readers.filter((one) => one.onceOpen.outcome === 'deny');
  return (
    <section class="stack" aria-labelledby="readers" aria-live="polite">
      <h2 id="readers">{t.share.readersTitle}</h2>
      <p class="soft">{t.share.readersHelp}</p>
      {!preview.accepted && preview.reason && <Message kind="error" title={t.share.refused}>{sentence(preview.reason)}</Message>}
      <div class="preview">
        <Side kind="can" title={t.share.can} readers={can.map((reader) => ({ reader, why: reader.now.outcome === 'permit' ? whyOf(reader.onceOpen) : `${whyOf(reader.onceOpen)}（${t.share.onceOpen}）` }))} />
        <Side kind="cannot" title={t.share.cannot} readers={cannot.map((reader) => ({ reader, why: reader.onceOpen.hidden ? `${whyOf(reader.onceOpen)}（${t.share.hiddenFrom}）` : whyOf(reader.onceOpen) }))} />
      </div>
      {preview.desk.length > 0 && <p class="small">{t.share.deskReaders}：{preview.desk.map(name).join('、')}</p>}
    </section>
  );
}
