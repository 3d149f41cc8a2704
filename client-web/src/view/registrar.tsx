import { useState } from 'preact/hooks';
import { writeAddress } from '../keep/address';
import type { AgencyType, Person, TenantRole } from '../conference/model';
import { label, sentence, words } from '../text';
import { BasesSection } from './bases';
import { NeedsSection } from './needs';
import { basisName } from './parts/basis';
import { deviceNumber } from './parts/device_number';
import { Choices, type Option, SelectField, TextField } from './parts/form';
import { Button, Message, Sure, Trouble, usePersonName, usePersonPlace, useStep } from './parts/small';
import { useClient, useModel } from './stage';

const idOf = (text: string): string => text.trim().toLowerCase();
/** policy.md §2: what the policy takes for an id. Said at the field, before anything is signed. */
const isId = (text: string): boolean => /^[a-z0-9][a-z0-9._:-]{0,63}$/.test(idOf(text));

function Agencies() {
  const t = words();
  const client = useClient();
  const model = useModel();
  const step = useStep();
  const [id, setId] = useState('');
  const [type, setType] = useState('');
  const [name, setName] = useState('');
  return (
    <section class="card stack">
      <h2>{t.registrar.agencies}</h2>
      <ul class="plain">{[...model.agencies.values()].map((one) => <li key={one.id} class="agenda-line"><b>{one.name ?? one.id}</b><span>{label(t.codes.agencyTypes, one.type)}</span><span class="mono">{one.id}</span></li>)}</ul>
      <details>
        <summary>{t.registrar.addAgency}</summary>
        <form class="stack" onSubmit={(e) => { e.preventDefault(); void step.run(() => client.addAgency(idOf(id), type as AgencyType, name.trim()), () => { setId(''); setName(''); }); }}>
          <TextField id="agency-id" label={t.registrar.id} help={t.registrar.idHelp} value={id} onValue={setId} maxLength={64} error={id && !isId(id) ? t.registrar.idWrong : undefined} />
          <SelectField id="agency-type" label={t.registrar.type} value={type} onValue={setType} options={Object.entries(t.codes.agencyTypes)} />
          <TextField id="agency-name" label={t.registrar.name} value={name} onValue={setName} maxLength={100} />
          <Trouble failure={step.failure} />
          <div><Button submit kind="primary" disabled={step.busy || !isId(id) || !type || !name}>{t.add}</Button></div>
        </form>
      </details>
    </section>
  );
}

function AddPerson() {
  const t = words();
  const client = useClient();
  const model = useModel();
  const step = useStep();
  const [id, setId] = useState('');
  const [name, setName] = useState('');
  const [post, setPost] = useState('');
  const [agency, setAgency] = useState('');
  const [roles, setRoles] = useState<string[]>([]);
  const [duty, setDuty] = useState('');
  const add = () => void step.run(
    () => client.addPerson(idOf(id), { agency: agency || null, roles: roles as TenantRole[], ...(duty ? { dutySource: duty } : {}), name: name.trim(), post: post.trim() }),
    () => { setId(''); setName(''); setPost(''); setRoles([]); },
  );
  return (
    <details>
      <summary>{t.registrar.addPerson}</summary>
      <form class="stack" onSubmit={(e) => { e.preventDefault(); add(); }}>
        <Message kind="info">{t.registrar.sealedNote}</Message>
        <TextField id="person-id" label={t.registrar.id} help={t.registrar.idHelp} value={id} onValue={setId} maxLength={64} error={id && !isId(id) ? t.registrar.idWrong : undefined} />
        <TextField id="person-name" label={t.registrar.personName} value={name} onValue={setName} maxLength={60} />
        <TextField id="person-post" label={t.registrar.post} value={post} onValue={setPost} maxLength={60} />
        <SelectField id="person-agency" label={t.registrar.agency} value={agency} onValue={setAgency} blank={false}
          options={[['', t.registrar.noAgency], ...[...model.agencies.values()].map((one): Option => [one.id, one.name ?? one.id])]} />
        <Choices id="person-roles" optional label={t.registrar.roles} values={roles} onValues={setRoles} options={Object.entries(t.codes.roles)} />
        <SelectField id="person-duty" optional label={t.registrar.duty} value={duty} onValue={setDuty} options={Object.entries(t.codes.duties)} />
        <Trouble failure={step.failure} />
        <div><Button submit kind="primary" disabled={step.busy || !isId(id) || !name}>{t.add}</Button></div>
      </form>
    </details>
  );
}

function Roles({ person }: { person: Person }) {
  const t = words();
  const client = useClient();
  const step = useStep();
  const [roles, setRoles] = useState<string[]>(person.roles);
  const answer = client.may({ kind: 'person.roles', person: person.id, roles });
  const changed = roles.length !== person.roles.length || roles.some((role) => !person.roles.includes(role as TenantRole));
  return (
    <details>
      <summary>{t.registrar.changeRoles}</summary>
      <div class="stack tight">
        <Choices id={`roles-${person.id}`} optional column label={t.registrar.roles} values={roles} onValues={setRoles} options={Object.entries(t.codes.roles)} />
        {changed && !answer.accepted && answer.reason && <p class="error" role="status">{sentence(answer.reason)}</p>}
        <Trouble failure={step.failure} />
        {changed && answer.accepted && <Sure small label={t.registrar.changeRoles} question={t.registrar.rolesSure} onSure={() => void step.run(() => client.setRoles(person.id, roles as TenantRole[]))} />}
      </div>
    </details>
  );
}

function People() {
  const t = words();
  const client = useClient();
  const model = useModel();
  const name = usePersonName();
  const place = usePersonPlace();
  const step = useStep();
  return (
    <section class="card stack">
      <h2>{t.registrar.people}</h2>
      <Trouble failure={step.failure} />
      <div class="table-wrap cards">
        <table>
          <thead><tr><th>{t.registrar.personName}</th><th>{t.registrar.roles}</th><th>{t.registrar.devices}</th></tr></thead>
          <tbody>
            {[...model.persons.values()].map((one) => (
              <tr key={one.id}>
                <th scope="row">{name(one.id)} {one.ended && <span class="tag bad">{t.registrar.ended}</span>}<br /><span class="small soft">{place(one.id)}</span></th>
                <td data-label={t.registrar.roles}>{one.roles.map((role) => label(t.codes.roles, role)).join('、') || t.none}
                  {!one.ended && one.id !== model.me.person && <Roles key={one.roles.join()} person={one} />}
                  {!one.ended && one.id !== model.me.person && <div><Sure small label={t.registrar.end} question={t.registrar.endSure} onSure={() => void step.run(() => client.endPerson(one.id))} /></div>}
                </td>
                <td data-label={t.registrar.devices}>
                  {one.devices.filter((device) => !device.revoked).map((device) => (
                    <div key={device.id}><span class="mono">{deviceNumber(device.id).slice(0, 14)}…</span> <Sure small label={t.registrar.revoke} question={t.registrar.revokeSure} onSure={() => void step.run(() => client.revokeDevice(device.id))} /></div>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <AddPerson />
    </section>
  );
}

function Devices() {
  const t = words();
  const client = useClient();
  const model = useModel();
  const name = usePersonName();
  const step = useStep();
  const [person, setPerson] = useState('');
  const [bundle, setBundle] = useState('');
  return (
    <section class="card stack">
      <h2>{t.registrar.addDevice}</h2>
      <form class="stack" onSubmit={(e) => { e.preventDefault(); void step.run(() => client.addDevice(person, bundle.trim()), () => setBundle('')); }}>
        <SelectField id="device-person" label={t.registrar.whose} value={person} onValue={setPerson} options={[...model.persons.values()].filter((one) => !one.ended).map((one): Option => [one.id, name(one.id)])} />
        <TextField id="device-bundle" rows={4} label={t.registrar.bundle} help={t.registrar.bundleHelp} value={bundle} onValue={setBundle} />
        <label class="field"><span>{t.registrar.file}</span><input type="file" accept=".txt,text/plain" onChange={(e) => { const file = e.currentTarget.files?.[0]; if (file && file.size < 65_536) void file.text().then(setBundle); }} /></label>
        <Trouble failure={step.failure} />
        <div><Button submit kind="primary" disabled={step.busy || !person || !bundle.trim()}>{t.add}</Button></div>
      </form>
      <p>{t.registrar.address}</p>
      <p class="mono">{`${location.origin}/${writeAddress(client.foundingHash())}`}</p>
    </section>
  );
}

function Notices() {
  const t = words();
  const client = useClient();
  const model = useModel();
  const step = useStep();
  return (
    <section class="card stack tight">
      <h2>{t.registrar.notices}</h2>
      <ul class="plain">
        {[...model.bases.values()].map((one) => (
          <li key={one.code} class="agenda-line">
            <b>{basisName(one, one.code)}</b><span>{one.noticeVersion === null ? t.none : t.notice.version(one.noticeVersion)}</span>
            <Button small disabled={step.busy} aria-label={`${t.registrar.publish} ${basisName(one, one.code)}`} onPress={() => void step.run(() => client.publishNotice(one.code, (one.noticeVersion ?? 0) + 1))}>{t.registrar.publish}</Button>
          </li>
        ))}
      </ul>
      <Trouble failure={step.failure} />
    </section>
  );
}

export function RegistrarScreen() {
  return <div class="stack wide registrar"><h1>{words().registrar.title}</h1><People /><Devices /><Agencies /><NeedsSection /><BasesSection /><Notices /></div>;
}
