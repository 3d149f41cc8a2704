import { language, words } from '../text';
import { Button } from './parts/small';
import { toggleLanguage } from './shell';
import { BundleCard } from './start';
import { useClient, useModel, useStage } from './stage';

export function SettingsScreen() {
  const t = words();
  const client = useClient();
  const { doorway } = useStage();
  const model = useModel();
  return (
    <div class="stack wide">
      <h1>{t.settings.title}</h1>
      <section class="card stack tight">
        <h2>{t.settings.vault}</h2>
        <div class="row">
          <Button onPress={toggleLanguage}><span lang={language.value === 'ja' ? 'en' : 'ja'}>{t.nav.language}</span></Button>
          <Button onPress={() => void doorway.lock()}>{t.settings.lock}</Button>
        </div>
      </section>
      <section class="card stack tight">
        <h2>{t.settings.device}</h2>
        <BundleCard bundle={client.bundle()} />
      </section>
      <section class="card stack tight">
        <h2>{t.settings.shortcuts}</h2>
        <p>{t.settings.esc}</p>
        <p>{t.settings.blank}</p>
      </section>
      <section class="card stack tight">
        <h2>{t.settings.about}</h2>
        <dl class="facts"><dt>{t.settings.log}</dt><dd class="mono">{model.tenant.log}</dd><dt>{t.status.ledger}</dt><dd>{t.status.entries(model.size)}</dd></dl>
      </section>
    </div>
  );
}
