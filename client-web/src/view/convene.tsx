// Convening: when, and for each agenda item a household, a legal basis and seats. Reordered by buttons, checked before it is sent.
import { useEffect, useState } from 'preact/hooks';
import type { SeatKind } from '../conference/model';
import { label, words } from '../text';
import { TimeFields } from './move';
import { BasisMark, basisName } from './parts/basis';
import { householdName } from './parts/called';
import { EraDateField } from './parts/era_date';
import { ErrorSummary, type Option, SelectField } from './parts/form';
import { Button, Message, Trouble, usePersonName, usePersonPlace, useStep } from './parts/small';
import { dateAndTime, dayOf, instantAt } from './parts/time';
import { go, useClient, useModel } from './stage';

interface ItemForm { case: string; basis: string; seats: Record<string, string> }
interface Form { day: string | null; hour: string; minute: string; items: ItemForm[] }

function Seating({ index, item, change }: { index: number; item: ItemForm; change: (part: Partial<ItemForm>) => void }) {
  const t = words();
  const model = useModel();
  const name = usePersonName();
  const place = usePersonPlace();
  const professional = Object.entries(t.codes.seats).filter(([seat]) => ['chair', 'recorder', 'member', 'adhoc', 'advisor', 'observer'].includes(seat));
  const staff = [...model.persons.values()].filter((one) => one.agency && !one.ended);
  return (
    <fieldset class="field" id={`seats-${index}`} tabIndex={-1}>
      <legend>{t.convene.seats}</legend>
      <div class="table-wrap cards">
        <table>
          <tbody>
            {staff.map((one) => (
              <tr key={one.id}>
                <th scope="row">{name(one.id)}<br /><span class="small soft">{place(one.id)}</span></th>
                <td>
                  <select aria-label={`${t.convene.seat}：${name(one.id)}`} value={item.seats[one.id] ?? ''}
                    onChange={(e) => change({ seats: { ...item.seats, [one.id]: e.currentTarget.value } })}>
                    <option value="">{t.codes.seats.none}</option>
                    {professional.map(([seat, text]) => <option key={seat} value={seat}>{text}</option>)}
                  </select>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </fieldset>
  );
}

export function ConveneScreen() {
  const t = words();
  const client = useClient();
  const model = useModel();
  const name = usePersonName();
  const step = useStep();
  const household = useStep();
  const [form, setForm] = useState<Form>(() => (client.draft('convene')?.value as Form | undefined)
    ?? { day: dayOf(client.now() ?? Date.now()), hour: '14', minute: '00', items: [] });
  const [tries, setTries] = useState(0);
  const [checking, setChecking] = useState(false);
  useEffect(() => {
    if (form.items.length) void client.saveDraft('convene', form);
  }, [form]);
  const change = (part: Partial<Form>) => setForm((before) => ({ ...before, ...part }));
  const setItem = (at: number, part: Partial<ItemForm>) => change({ items: form.items.map((item, i) => (i === at ? { ...item, ...part } : item)) });
  const move = (at: number, by: number) => {
    const items = [...form.items];
    const [item] = items.splice(at, 1);
    if (item) items.splice(at + by, 0, item);
    change({ items });
  };
  const households = [...model.cases.values()].filter((one) => one.complete).map((one): Option => [one.id, householdName(one)]);
  const bases = [...model.bases.values()].filter((one) => one.inForce).map((one): Option => [one.code, basisName(one, one.code)]);
  const startsAt = form.day ? instantAt(form.day, Number(form.hour), Number(form.minute)) : null;
  const seatsOf = (item: ItemForm) => Object.fromEntries(Object.entries(item.seats).filter(([, seat]) => seat).map(([person, seat]) => [person, { seat: seat as SeatKind }]));

  const problems = () => {
    const found: Record<string, string> = {};
    if (!startsAt) found['day'] = t.convene.pastDate;
    if (!form.items.length) found['add-item'] = t.convene.itemNeeded;
    form.items.forEach((item, i) => {
      if (!item.case) found[`case-${i}`] = `${t.live.item(i + 1)} ${t.convene.household}：${t.errors.choose}`;
      if (!item.basis) found[`basis-${i}`] = `${t.live.item(i + 1)} ${t.convene.basis}：${t.errors.choose}`;
      if (Object.values(item.seats).filter((seat) => seat === 'chair').length !== 1) found[`seats-${i}`] = `${t.live.item(i + 1)} ${t.convene.chairNeeded}`;
    });
    return found;
  };
  // Marked once it was tried, and no longer than it is so.
  const errors = tries ? problems() : {};
  const check = () => {
    setTries(tries + 1);
    if (!Object.keys(problems()).length) setChecking(true);
  };
  // The sitting is convened once; an item that fails is tried again alone.
  const [made, setMade] = useState<{ conference: string; added: number } | null>(null);
  const send = async () => {
    let conference = made?.conference;
    if (!conference) {
      const convened = await client.convene(startsAt!);
      if (!convened.ok) return convened;
      conference = convened.value.conference;
    }
    for (let i = made?.added ?? 0; i < form.items.length; i++) {
      const item = form.items[i]!;
      const added = await client.addItem(conference, item.case, item.basis, seatsOf(item));
      setMade({ conference, added: added.ok ? i + 1 : i });
      if (!added.ok) return added;
    }
    await client.dropDraft('convene');
    return { ok: true as const, value: conference };
  };

  if (checking && startsAt) {
    return (
      <div class="stack wide">
        <h1>{t.convene.checkTitle}</h1>
        <div class="card stack">
          <p><b>{dateAndTime(startsAt)}</b></p>
          {form.items.map((item, i) => (
            <div key={i} class="stack tight">
              <p class="row"><b>{t.live.item(i + 1)}</b><BasisMark code={item.basis} />{householdName(model.cases.get(item.case))}</p>
              <p>{Object.entries(seatsOf(item)).map(([person, { seat }]) => `${name(person)}（${label(t.codes.seats, seat)}）`).join('、')}</p>
            </div>
          ))}
        </div>
        <Trouble failure={step.failure} />
        <div class="row">
          <Button kind="primary" disabled={step.busy} onPress={() => void step.run(send, () => go({ screen: 'home' }))}>{t.convene.send}</Button>
          <Button onPress={() => setChecking(false)} disabled={made !== null}>{t.edit}</Button>
        </div>
      </div>
    );
  }
  return (
    <form class="stack wide" onSubmit={(e) => { e.preventDefault(); check(); }}>
      <h1>{t.convene.title}</h1>
      <ErrorSummary errors={errors} attempt={tries} />
      <EraDateField id="day" label={t.convene.date} iso={form.day} onIso={(day) => change({ day })} error={errors['day']} />
      <TimeFields id="" hour={form.hour} minute={form.minute} onHour={(hour) => change({ hour })} onMinute={(minute) => change({ minute })} />
      <section class="stack">
        <h2>{t.convene.items}</h2>
        {households.length === 0 && <Message kind="info">{t.convene.noHousehold}</Message>}
        {form.items.map((item, i) => (
          <div class="card stack" key={i}>
            <div class="row between">
              <h3>{t.live.item(i + 1)}</h3>
              <div class="row">
                {i > 0 && <Button small onPress={() => move(i, -1)} aria-label={`${t.live.item(i + 1)} ${t.up}`}>↑ {t.up}</Button>}
                {i < form.items.length - 1 && <Button small onPress={() => move(i, 1)} aria-label={`${t.live.item(i + 1)} ${t.down}`}>↓ {t.down}</Button>}
                <Button small kind="quiet" onPress={() => change({ items: form.items.filter((_, at) => at !== i) })}>{t.remove}</Button>
              </div>
            </div>
            <SelectField id={`case-${i}`} label={t.convene.household} value={item.case} onValue={(case_) => setItem(i, { case: case_ })} options={households} error={errors[`case-${i}`]} />
            <SelectField id={`basis-${i}`} label={t.convene.basis} value={item.basis} onValue={(basis) => setItem(i, { basis })} options={bases} error={errors[`basis-${i}`]} />
            <Seating index={i} item={item} change={(part) => setItem(i, part)} />
            {errors[`seats-${i}`] && <p class="field"><span class="error">{errors[`seats-${i}`]}</span></p>}
          </div>
        ))}
        <div class="row" id="add-item" tabIndex={-1}>
          <Button onPress={() => change({ items: [...form.items, { case: '', basis: '', seats: form.items.at(-1)?.seats ?? { [model.me.person]: 'chair' } }] })}>{t.convene.addItem}</Button>
          <Button kind="quiet" disabled={household.busy} onPress={() => void household.run(() => client.openCase([{}]))}>{t.home.newHousehold}</Button>
        </div>
        <Trouble failure={household.failure} />
      </section>
      <div class="row"><Button kind="primary" submit>{t.convene.check}</Button></div>
    </form>
  );
}
