// The registrar's default need-to-know (policy.md §6): what stands, what a change adds and takes away, and from whom. Which
// records open or close by it is not the registrar's to see.
import { useState } from 'preact/hooks';
import type { AgencyType, Category, Needs } from '../conference/model';
import { label, sentence, words } from '../text';
import { unprotected } from './parts/categories';
import { Choices } from './parts/form';
import { Button, Message, Sure, Trouble, usePersonName, useStep } from './parts/small';
import { useClient, useModel } from './stage';

function useCategories(): (codes: readonly string[]) => string {
  const t = words();
  return (codes) => codes.map((one) => label(t.codes.categories, one)).join('、') || t.office.needs.none;
}

function Edit({ type, needs }: { type: AgencyType; needs: Needs }) {
  const t = words();
  const w = t.office.needs;
  const client = useClient();
  const model = useModel();
  const name = usePersonName();
  const named = useCategories();
  const step = useStep();
  const [categories, setCategories] = useState<string[]>(needs.categories);
  const adds = categories.filter((one) => !needs.categories.includes(one as Category));
  const drops = needs.categories.filter((one) => !categories.includes(one));
  const people = [...model.persons.values()].filter((one) => !one.ended && one.agency !== null && model.agencies.get(one.agency)?.type === type);
  const answer = client.may({ kind: 'matrix.set', agency_type: type, categories });
  return (
    <div class="stack tight">
      <Choices id={`needs-${type}`} optional label={w.categories} values={categories} onValues={setCategories} options={unprotected()} />
      <div><Button small onPress={() => setCategories(needs.shipped)} aria-label={`${w.back}：${label(t.codes.agencyTypes, type)}`}>{w.back}</Button></div>
      {(adds.length > 0 || drops.length > 0) && (
        <>
          <div role="status"><dl class="facts">
            <dt>{w.adds}</dt><dd>{named(adds)}</dd>
            <dt>{w.drops}</dt><dd>{named(drops)}</dd>
            <dt>{w.who}</dt><dd>{people.map((one) => name(one.id)).join('、') || w.nobody}</dd>
          </dl></div>
          <p class="soft">{w.hidden}</p>
          {answer.accepted
            ? <div><Sure kind="primary" label={w.save} question={w.sure} onSure={() => void step.run(() => client.setNeeds(type, categories as Category[]))} /></div>
            : <Message kind="error">{sentence(answer.reason ?? '')}</Message>}
        </>
      )}
      <Trouble failure={step.failure} />
    </div>
  );
}

export function NeedsSection() {
  const t = words();
  const w = t.office.needs;
  const model = useModel();
  const named = useCategories();
  return (
    <section class="card stack">
      <h2>{w.title}</h2>
      <p>{w.help}</p>
      <ul class="plain stack">
        {[...model.needs].map(([type, needs]) => (
          <li key={type} class="stack tight">
            <p><b>{label(t.codes.agencyTypes, type)}</b>　<span class={needs.index === null ? 'small soft' : 'small'}>{needs.index === null ? w.shipped : w.changed(needs.index)}</span></p>
            <p>{named(needs.categories)}</p>
            <details>
              <summary>{`${w.edit}：${label(t.codes.agencyTypes, type)}`}</summary>
              <Edit key={needs.categories.join()} type={type} needs={needs} />
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}
