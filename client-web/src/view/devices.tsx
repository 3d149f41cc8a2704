// A second person says that a device is its person's: by voice, by a number that both see, and never by who added it.
import type { Device } from '../conference/model';
import { sentence, words } from '../text';
import { DeviceNumber } from './parts/device_number';
import { Sure, Trouble, usePersonName, usePersonPlace, useStep } from './parts/small';
import { longDate } from './parts/time';
import { useClient, useModel } from './stage';

function Unchecked({ device }: { device: Device }) {
  const t = words();
  const w = t.office.devices;
  const client = useClient();
  const name = usePersonName();
  const place = usePersonPlace();
  const step = useStep();
  const answer = client.may({ kind: 'device.vouch', device: device.id });
  const whose = name(device.person);
  return (
    <li class="card stack tight">
      <p><b>{whose}</b>　<span class="soft">{place(device.person)}</span></p>
      <DeviceNumber device={device.id} />
      <p class="small soft">{w.addedBy(name(device.addedBy), longDate(device.addedAt))}</p>
      <Trouble failure={step.failure} />
      {answer.accepted
        ? <div><Sure kind="primary" label={w.vouch(whose)} question={w.vouchQuestion(whose)} onSure={() => void step.run(() => client.vouchDevice(device.id))} /></div>
        : <p>{answer.reason === 'SECOND_PERSON' ? w.notYou : sentence(answer.reason ?? '')}</p>}
    </li>
  );
}

export function DevicesScreen() {
  const t = words();
  const w = t.office.devices;
  const model = useModel();
  const name = usePersonName();
  const live = [...model.persons.values()].filter((one) => !one.ended).flatMap((one) => one.devices).filter((device) => !device.revoked);
  const checked = (device: Device) => device.addedBy === device.person || device.vouched.length > 0;
  const waiting = live.filter((device) => !checked(device)).sort((a, b) => b.addedAt - a.addedAt);
  const done = live.filter(checked);
  return (
    <div class="stack wide">
      <div class="stack tight"><h1>{w.title}</h1><p>{w.help}</p></div>
      <ol class="stack tight">{w.steps.map((one) => <li key={one}>{one}</li>)}</ol>
      <section class="stack">
        <h2>{w.waiting(waiting.length)}</h2>
        {waiting.length === 0 && <p class="soft">{w.none}</p>}
        <ul class="plain stack">{waiting.map((device) => <Unchecked key={device.id} device={device} />)}</ul>
      </section>
      <section class="stack tight">
        <h2>{w.checked(done.length)}</h2>
        <ul class="plain stack tight">
          {done.map((device) => (
            <li key={device.id} class="card stack tight">
              <p><b>{name(device.person)}</b>{' '}{device.own && <span class="tag">{w.mine}</span>}</p>
              <p class="small soft">{device.vouched[0] ? w.vouchedBy(name(device.vouched[0].person), longDate(device.vouched[0].at)) : w.own}</p>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
