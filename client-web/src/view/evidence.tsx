// The server contradicts itself: what happened, what still works, whom to tell, and the file that shows it to others.
import { signal } from '@preact/signals';
import { words } from '../text';
import { Gate } from './start';
import { download } from './parts/download';
import { Button, Message, Sure } from './parts/small';
import { useClient } from './stage';

/** The reader has seen the screen and reads on, in what this device holds. */
export const readingOn = signal(false);

const forks = ['ROOT', 'SEEN', 'PROMISE'];
function foundBy(what: string | undefined): 'fork' | 'older' | 'hidden' | 'broken' {
  if (what !== undefined && forks.includes(what)) return 'fork';
  return what === 'ROLLED_BACK' ? 'older' : what === 'HIDDEN' ? 'hidden' : 'broken';
}

/** Who looks after the ledger, and who runs it: by name where this person reads names. */
function Whom() {
  const t = words();
  const persons = [...(useClient().model.value?.persons.values() ?? [])];
  const told = persons.filter((one) => !one.ended && one.roles.some((role) => role === 'compliance' || role === 'registrar'));
  if (told.length === 0) return <p>{t.evidence.nobody}</p>;
  return <ul>{told.map((one) => <li key={one.id}>{one.name ?? one.id}{one.post && `（${one.post}）`}</li>)}</ul>;
}

function sizes(text: string | null): string {
  const { heads = [] } = JSON.parse(text ?? '{}') as { heads?: string[] }; // the client's own file
  return heads.map((note) => note.split('\n')[1]).join(', ');
}

export function EvidenceScreen() {
  const t = words();
  const client = useClient();
  const failure = client.evidence.value;
  const file = client.exportEvidence();
  const again = async () => {
    await client.recheck();
    location.reload();
  };
  return (
    <Gate title={t.evidence.title}>
      <Message kind="error" live>{t.evidence.found[foundBy(failure?.what)]}</Message>
      <p>{t.evidence.stopped}</p>
      <div class="row">
        {file && <Button kind="primary" onPress={() => download(file, 'kasane-evidence.json')}>{t.evidence.save}</Button>}
        {client.model.value && <Button onPress={() => { readingOn.value = true; }}>{t.evidence.read}</Button>}
      </div>
      <h2>{t.evidence.works}</h2>
      <ul>{t.evidence.worksList.map((line) => <li key={line}>{line}</li>)}</ul>
      <h2>{t.evidence.steps}</h2>
      <ol>{t.evidence.stepsList.map((line) => <li key={line}>{line}</li>)}</ol>
      <h2>{t.evidence.whom}</h2>
      <Whom />
      <p>{t.evidence.others}<br /><code class="mono">kasane verify --evidence kasane-evidence.json</code></p>
      <details>
        <summary>{t.evidence.detail}</summary>
        <p class="mono">{failure?.detail}</p>
        <p>{t.evidence.heads(sizes(file))}</p>
      </details>
      <div><Sure label={t.evidence.again} question={t.evidence.againSure} kind="primary" onSure={() => void again()} /></div>
    </Gate>
  );
}

/** Above every screen, while one reads on. */
export function EvidenceBar() {
  const t = words();
  if (!useClient().evidence.value) return null;
  return <div class="offline-bar" role="alert">{t.evidence.stopped} <Button small onPress={() => { readingOn.value = false; }}>{t.evidence.back}</Button></div>;
}
