// The switch between items is an event: a full screen says which law begins here. Its notice is acknowledged once a basis
// and sitting; where that is done already, the switch is still shown, and one goes on.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Item } from '../conference/model';
import { words } from '../text';
import { BasisMark, basisName, withoutConsent } from './parts/basis';
import { Choices } from './parts/form';
import { Button, Trouble, useStep } from './parts/small';
import { useClient, useModel } from './stage';

export function NoticePage({ item, number, onSeen }: { item: Item; number: number; onSeen: () => void }) {
  const t = words();
  const client = useClient();
  const model = useModel();
  const [agreed, setAgreed] = useState<string[]>([]);
  const step = useStep();
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), [item.id]);
  const basis = model.bases.get(item.basis);
  const free = withoutConsent(basis);
  const text = free
    ? t.notice.statute({
      law: basis?.law ?? '', article: basis?.article ?? '', paragraph: basis?.paragraph ?? '', penalty: basis?.penalty ?? '',
      city: model.tenant.name, name: basisName(basis, item.basis),
    })
    : t.notice.consent({
      name: basisName(basis, item.basis),
      penal: [...model.bases.values()].filter((one) => one.penalty).map((one) => `${one.law ?? ''} ${one.article ?? ''}`.trim()).join(', '),
    });
  return (
    <div class={`switch-page ${free ? 'statutory' : 'consent'}`}>
      <section class="card" aria-labelledby="switch">
        <p class="row"><BasisMark code={item.basis} /><span>{t.live.item(number)}・{t.household(item.code)}</span></p>
        <h1 id="switch" tabIndex={-1} ref={head}>{free ? t.notice.title : t.notice.titleConsent}</h1>
        <ol>{text.map((line) => <li key={line}>{line}</li>)}</ol>
        {item.mustAcknowledge
          ? (
            <>
              <Choices id="agree" column label={item.noticeDue !== null ? `${t.notice.title}（${t.notice.version(item.noticeDue)}）` : t.notice.title} values={agreed} onValues={setAgreed} options={[['yes', t.notice.confirm]]} />
              <Trouble failure={step.failure} />
              <div class="row">
                <Button kind="primary" disabled={step.busy || agreed.length === 0} onPress={() => void step.run(() => client.acknowledge(item.id), onSeen)}>{t.notice.goOn}</Button>
              </div>
            </>
          )
          : <div class="row"><Button kind="primary" onPress={onSeen}>{t.notice.goOn}</Button><span class="soft">{item.noticeDue !== null ? t.notice.again : ''}</span></div>}
      </section>
    </div>
  );
}
