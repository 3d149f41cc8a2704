// Before there is a client: which vault, its passphrase, a new device.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { DeviceBundle } from '../conference/client';
import type { Doorway, DoorwayState, VaultCard } from '../keep/doorway';
import { language, sentence, words } from '../text';
import { DeviceNumber } from './parts/device_number';
import { download } from './parts/download';
import { Choices, ErrorSummary, TextField } from './parts/form';
import { Button, Message, Sure, Trouble, useStep } from './parts/small';
import { longDate } from './parts/time';
import { BrandMark, toggleLanguage } from './shell';

export function Gate({ title, children }: { title: string; children: ComponentChildren }) {
  const t = words();
  return (
    <main class="gate">
      <div class="card stack">
        <div class="row between">
          <span class="brand"><BrandMark />{t.product}</span>
          <Button kind="quiet" small onPress={toggleLanguage}><span lang={language.value === 'ja' ? 'en' : 'ja'}>{t.nav.language}</span></Button>
        </div>
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  );
}

export function BundleCard({ bundle }: { bundle: DeviceBundle }) {
  const t = words();
  const [copied, setCopied] = useState(false);
  return (
    <div class="stack tight">
      <DeviceNumber device={bundle.device} />
      <p class="help">{t.office.devices.numberHelp}</p>
      <div class="field">
        <label for="bundle">{t.start.bundle}</label>
        <textarea id="bundle" class="mono" readOnly rows={5} value={bundle.text} />
      </div>
      <div class="row">
        <Button onPress={() => void navigator.clipboard.writeText(bundle.text).then(() => setCopied(true))}>{copied ? t.start.copied : t.start.copy}</Button>
        <Button onPress={() => download(bundle.text, `kasane-device-${bundle.device.slice(2, 10)}.txt`)}>{t.start.download}</Button>
      </div>
    </div>
  );
}

function Vaults({ doorway, vaults, onPick }: { doorway: Doorway; vaults: VaultCard[]; onPick: (vault: VaultCard) => void }) {
  const t = words();
  return (
    <ul class="plain stack tight">
      {vaults.map((vault) => (
        <li class="card row between" key={vault.id}>
          <span class="grow"><b>{vault.label}</b><br /><span class="small soft">{t.start.lastUsed} {longDate(vault.lastUsedAt)}</span></span>
          <Button kind="primary" small onPress={() => onPick(vault)} aria-label={`${t.start.open} ${vault.label}`}>{t.start.open}</Button>
          <Sure small label={t.start.forget} question={t.start.forgetSure} onSure={() => void doorway.forget(vault.id)} />
        </li>
      ))}
    </ul>
  );
}

function Unlock({ doorway, vault, onBack }: { doorway: Doorway; vault: VaultCard; onBack: () => void }) {
  const t = words();
  const [passphrase, setPassphrase] = useState('');
  const step = useStep();
  const error = step.failure ? sentence(step.failure.code) : undefined;
  return (
    <form class="stack" onSubmit={(e) => { e.preventDefault(); void step.run(() => doorway.unlock(vault.id, passphrase)); }}>
      <p><b>{vault.label}</b></p>
      <TextField id="passphrase" type="password" autocomplete="current-password" label={t.start.passphrase} value={passphrase} onValue={setPassphrase} error={error} />
      <div class="row">
        <Button kind="primary" submit disabled={step.busy || !passphrase}>{t.start.open}</Button>
        <Button kind="quiet" onPress={onBack}>{t.start.other}</Button>
      </div>
    </form>
  );
}

function NewDevice({ doorway, foundingHash }: { doorway: Doorway; foundingHash: string }) {
  const t = words();
  const [way, setWay] = useState('make');
  const [name, setName] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [seed, setSeed] = useState('');
  const [errors, setErrors] = useState<Record<string, string>>({});
  const step = useStep();
  const make = () => {
    const found: Record<string, string> = {};
    if (!name.trim()) found['device-label'] = t.errors.missing;
    if ([...passphrase].length < 8) found['new-passphrase'] = t.start.passphraseHelp;  // said at once; the rest by the vault
    if (way === 'seed' && !seed.trim()) found['seed'] = t.errors.missing;
    setErrors(found);
    if (Object.keys(found).length) return;
    const input = { label: name.trim(), passphrase, foundingHash };
    void step.run(() => (way === 'seed' ? doorway.importSeed({ ...input, seed: seed.trim() }) : doorway.createDevice(input)));
  };
  const guessable = step.failure?.code === 'GUESSABLE';
  return (
    <form class="stack" onSubmit={(e) => { e.preventDefault(); make(); }}>
      <h2>{t.start.newDevice}</h2>
      <p>{t.start.newDeviceHelp}</p>
      <ErrorSummary errors={errors} />
      <TextField id="device-label" label={t.start.label} help={t.start.labelHelp} value={name} onValue={setName} error={errors['device-label']} maxLength={60} />
      <TextField id="new-passphrase" type="password" autocomplete="new-password" label={t.start.passphrase} help={t.start.passphraseHelp} value={passphrase} onValue={setPassphrase} error={errors['new-passphrase'] ?? (guessable ? sentence('GUESSABLE') : undefined)} />
      <Choices id="way" label={t.start.way} column value={way} onValue={setWay} options={[['make', t.start.make], ['seed', t.start.fromSeed]]} />
      {way === 'seed' && <TextField id="seed" type="password" label={t.start.seed} help={t.start.seedHelp} value={seed} onValue={setSeed} error={errors['seed']} />}
      <Trouble failure={guessable ? null : step.failure} />
      <div class="row"><Button kind="primary" submit disabled={step.busy}>{way === 'seed' ? t.start.importSeed : t.start.make}</Button></div>
    </form>
  );
}

export function Start({ doorway, state }: { doorway: Doorway; state: Exclude<DoorwayState, { step: 'open' }> }) {
  const t = words();
  const [picked, setPicked] = useState<VaultCard | null>(null);
  if (state.step === 'starting') return <Gate title={t.loading}><p role="status">{t.connection.connecting}</p></Gate>;
  if (state.step === 'failed') return <Gate title={t.start.title}><Trouble failure={state.error} /><div><Button onPress={() => location.reload()}>{t.errors.reload}</Button></div></Gate>;
  const vault = state.step === 'locked' ? state.vault : picked;
  if (vault) {
    return (
      <Gate title={t.start.title}>
        <Unlock doorway={doorway} vault={vault} onBack={() => { setPicked(null); void doorway.choose(); }} />
      </Gate>
    );
  }
  if (state.step === 'locked') return null;
  return (
    <Gate title={t.start.title}>
      <p>{t.tagline}</p>
      {state.broken && <Message kind="error" live>{t.start.brokenAddress}</Message>}
      {state.vaults.length > 0 && (
        <section class="stack tight" aria-labelledby="vaults">
          <h2 id="vaults">{t.start.choose}</h2>
          <p class="soft">{t.start.chooseHelp}</p>
          <Vaults doorway={doorway} vaults={state.vaults} onPick={setPicked} />
        </section>
      )}
      {state.foundingHash ? <NewDevice doorway={doorway} foundingHash={state.foundingHash} /> : !state.broken && <Message kind="info">{t.start.noLog}</Message>}
    </Gate>
  );
}

/** The device is not in the ledger yet: its bundle, for the registrar. It goes on by itself. */
export function Waiting({ doorway, bundle, demo }: { doorway: Doorway; bundle: DeviceBundle; demo: boolean }) {
  const t = words();
  return (
    <Gate title={demo ? t.errors.summary : t.start.waiting}>
      {demo ? <Message kind="error" live>{t.start.waitingDemo}</Message> : <><p>{t.start.waitingHelp}</p><BundleCard bundle={bundle} /></>}
      <div><Button kind="quiet" onPress={() => void doorway.lock()}>{t.start.other}</Button></div>
    </Gate>
  );
}
