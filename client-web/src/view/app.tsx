import { Component, type ComponentChildren } from 'preact';
import type { Doorway } from '../keep/doorway';
import { words } from '../text';
import { AuditScreen } from './audit';
import { ConsentScreen } from './consent';
import { ConveneScreen } from './convene';
import { DevicesScreen } from './devices';
import { DecisionPaper, DecisionScreen } from './decision';
import { EvidenceScreen, readingOn } from './evidence';
import { useFocusKept } from './focus';
import { Curtain, curtain, useCurtain } from './hide';
import { HomeScreen } from './home';
import { HouseholdScreen } from './household';
import { LiveScreen } from './live';
import { Button, Trouble } from './parts/small';
import { RegistrarScreen } from './registrar';
import { SettingsScreen } from './settings';
import { ShareScreen } from './share';
import { Shell } from './shell';
import { useLeaving } from './sitting';
import { Gate, Start, Waiting } from './start';
import { route, StageContext, useClient } from './stage';

function Screen() {
  const at = route.value;
  switch (at.screen) {
    case 'home': return <HomeScreen />;
    case 'convene': return <ConveneScreen />;
    case 'live': return <LiveScreen conference={at.conference} item={at.item} />;
    case 'share': return <ShareScreen case={at.case} item={at.item} correct={at.correct} key={`${at.case}${at.item}${at.correct}`} />;
    case 'consent': return <ConsentScreen caseId={at.case} />;
    case 'decision': return <DecisionScreen item={at.item} conference={at.conference} />;
    case 'read-decision': return <DecisionPaper decision={at.decision} from={at.from} />;
    case 'household': return <HouseholdScreen caseId={at.case} />;
    case 'audit': return <AuditScreen />;
    case 'devices': return <DevicesScreen />;
    case 'registrar': return <RegistrarScreen />;
    case 'settings': return <SettingsScreen />;
  }
}

/** A screen that fails must not take the work along: drafts and outbox are the client's. */
class Boundary extends Component<{ children: ComponentChildren }, { failed: boolean }> {
  override state = { failed: false };
  static override getDerivedStateFromError() { return { failed: true }; }
  render() {
    if (!this.state.failed) return this.props.children;
    const t = words();
    return <Gate title={t.product}><p role="alert">{t.errors.boundary}</p><div><Button kind="primary" onPress={() => location.reload()}>{t.errors.reload}</Button></div></Gate>;
  }
}

/** Once there is a picture: the frame and the screen. Until then: what we are waiting for. */
function Inside({ doorway }: { doorway: Doorway }) {
  const client = useClient();
  const state = doorway.state.value;
  const connection = client.connection.value;
  const t = words();
  useLeaving(client);
  if (connection.state === 'stopped' && connection.failure.code === 'UNKNOWN_DEVICE' && state.step === 'open')
    return <Waiting doorway={doorway} bundle={state.bundle} demo={state.vault.demo} />;
  if (client.evidence.value && !(readingOn.value && client.model.value)) return <EvidenceScreen />;
  if (!client.model.value && connection.state === 'stopped') {
    return (
      <Gate title={t.connection.stopped}>
        <Trouble failure={connection.failure} />
        <div class="row"><Button kind="primary" onPress={() => location.reload()}>{t.errors.reload}</Button><Button kind="quiet" onPress={() => void doorway.choose()}>{t.start.other}</Button></div>
      </Gate>
    );
  }
  if (!client.model.value) return <Gate title={t.loading}><p role="status">{client.silent.value && connection.state !== 'offline' ? t.connection.silentBar : t.connection[connection.state]}</p></Gate>;
  return <Shell><Screen /></Shell>;
}

export function App({ doorway }: { doorway: Doorway }) {
  useCurtain();
  useFocusKept();
  const state = doorway.state.value;
  if (state.step !== 'open') return <Boundary><Start doorway={doorway} state={state} /></Boundary>;
  return (
    <Boundary>
      <StageContext.Provider value={{ client: state.client, doorway }}>
        {curtain.value ? <Curtain /> : <Inside doorway={doorway} />}
      </StageContext.Provider>
    </Boundary>
  );
}
