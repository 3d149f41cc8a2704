// For the compliance officer: every release and refusal with its ground. Staff by name, households by code, no content.
import { useState } from 'preact/hooks';
import type { AuditKind, AuditRow, LedgerReport } from '../conference/client';
import { label, words } from '../text';
import { csv } from './parts/csv';
import { OfficersBundle } from './bundle_check';
import { download } from './parts/download';
import { EraDateField } from './parts/era_date';
import { type Option, SelectField, TextField } from './parts/form';
import { Button, Message, Trouble, usePersonName, useStep } from './parts/small';
import { clockSeconds, dayOf, longDate } from './parts/time';
import { useClient, useModel } from './stage';

const shownAtOnce = 50;
/** What a compliance officer looks for first; the steps on the way to a release are there when asked for. */
const outcomes: readonly AuditKind[] = ['release', 'denied', 'emergency', 'export'];
function afterHours(at: number): boolean {
  const [weekday, hour] = new Intl.DateTimeFormat('en-US', { timeZone: 'Asia/Tokyo', weekday: 'short', hour: 'numeric', hourCycle: 'h23' }).formatToParts(at).filter((part) => part.type !== 'literal').map((part) => part.value);
  return weekday === 'Sat' || weekday === 'Sun' || Number(hour) < 8 || Number(hour) >= 19;
}

function Numbers({ rows }: { rows: AuditRow[] }) {
  const t = words();
  const releases = rows.filter((row) => row.kind === 'release');
  const figures: [string, number][] = [
    [t.audit.five.reads, releases.length],
    [t.audit.five.denied, rows.filter((row) => row.kind === 'denied').length],
    [t.audit.five.withoutConsent, releases.filter((row) => row.ground === 'LAW' || row.ground === 'EMERGENCY').length],
    [t.audit.five.afterHours, releases.filter((row) => afterHours(row.at)).length],
    [t.audit.five.exports, rows.filter((row) => row.kind === 'export').length],
  ];
  return <dl class="numbers">{figures.map(([name, figure]) => <div class="card" key={name}><dt class="small">{name}</dt><dd class="figure">{figure}</dd></div>)}</dl>;
}

/** When what a release gave was opened first, by the release's index. */
function openings(rows: AuditRow[]): Map<number, number> {
  const last = new Map<string, number>();
  const opened = new Map<number, number>();
  for (const row of rows) {
    const key = `${row.record}/${row.device}`;
    if (row.kind === 'release') last.set(key, row.index);
    const release = row.kind === 'opened' ? last.get(key) : undefined;
    if (release !== undefined && !opened.has(release)) opened.set(release, row.at);
  }
  return opened;
}

function LedgerCheck() {
  const t = words();
  const client = useClient();
  const [report, setReport] = useState<LedgerReport | null>(null);
  const [busy, setBusy] = useState(false);
  const check = async () => {
    setBusy(true);
    setReport(await client.checkLedger());
    setBusy(false);
  };
  const sound = report && report.findings.length === 0 && report.checkpointValid;
  const evidence = client.exportEvidence();
  return (
    <section class="card stack tight">
      <div class="row between"><h2>{t.audit.check}</h2><Button disabled={busy} onPress={() => void check()}>{busy ? t.audit.checking : t.audit.check}</Button></div>
      {report && (
        <>
          <Message kind={sound ? 'good' : 'error'} live>{sound ? t.audit.good : t.audit.bad}</Message>
          <dl class="facts">
            <dt>{t.audit.size}</dt><dd>{report.size}</dd>
            <dt>{t.audit.root}</dt><dd class="mono">{report.root}</dd>
            <dt>{t.audit.signatures}</dt><dd>{report.signatures}</dd>
            <dt>{t.leaves.title}</dt><dd>{t.leaves.accounted(report.accounted, report.size)}{report.accounted < report.size && ` ${report.readsAll ? t.leaves.unexplained : t.leaves.notYours}`}</dd>
            <dt>{t.audit.units}</dt><dd>{report.units}</dd>
            <dt>{t.audit.took}</dt><dd>{report.tookMs} ms</dd>
          </dl>
          {report.findings.length > 0 && <ul>{report.findings.map((one, i) => <li key={i}>{one.index ?? ''} {one.code} {one.detail}</li>)}</ul>}
        </>
      )}
      {evidence && <div><Button onPress={() => download(evidence, 'kasane-evidence.json')}>{t.audit.evidence}</Button></div>}
    </section>
  );
}

type Cells = [when: string, who: string, kind: string, household: string, what: string, ground: string, index: string];

/** One row in words, the same on the screen and in a file. */
function useCells(): (row: AuditRow, openedAt: number | undefined) => Cells {
  const t = words();
  const name = usePersonName();
  return (row, openedAt) => [
    `${longDate(row.at)} ${clockSeconds(row.at)}`, name(row.person),
    t.audit.kinds[row.kind] + (openedAt === undefined ? '' : `・${t.audit.openedAt(clockSeconds(openedAt))}`),
    row.household ?? '', row.categories.map((one) => label(t.codes.categories, one)).join('、'),
    row.ground ? label(t.codes.grounds, row.ground) : row.reason ? label(t.reasons.placeholders, row.reason) : '', String(row.index),
  ];
}

function Row({ row, openedAt }: { row: AuditRow; openedAt: number | undefined }) {
  const t = words();
  const [when, who, kind, household, what, ground, index] = useCells()(row, openedAt);
  return (
    <tr>
      <td data-label={t.audit.when}>{when}</td>
      <td data-label={t.audit.who}>{who}</td>
      <td data-label={t.audit.kind}>{kind} {row.alarm && <span class="tag bad">{t.audit.alarm}</span>}</td>
      <td data-label={t.audit.household}>{household}</td>
      <td data-label={t.audit.what}>{what}</td>
      <td data-label={t.audit.ground}>{ground}</td>
      <td data-label={t.audit.index}>{index}</td>
    </tr>
  );
}

export function AuditScreen() {
  const t = words();
  const client = useClient();
  const model = useModel();
  const name = usePersonName();
  const step = useStep();
  const cellsOf = useCells();
  const [person, setPerson] = useState('');
  const [household, setHousehold] = useState('');
  const [kind, setKind] = useState('outcomes');
  const [shown, setShown] = useState(shownAtOnce);
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const [text, setText] = useState('');
  const every = client.audit.value;
  const word = text.normalize('NFKC').trim();
  const rows = every.filter((row) => (!person || row.person === person) && (!household || row.household === household) && (kind === 'all' || (kind === 'outcomes' ? outcomes.includes(row.kind) || row.alarm !== null : row.kind === kind))
    && (!from || dayOf(row.at) >= from) && (!to || dayOf(row.at) <= to)
    && (!word || [name(row.person), row.household, label(t.codes.grounds, row.ground), label(t.reasons.placeholders, row.reason), ...row.categories.map((one) => label(t.codes.categories, one))].some((cell) => cell?.includes(word))));
  const opened = openings(every);
  const openedOf = (row: AuditRow) => (row.kind === 'release' ? opened.get(row.index) : undefined);
  const columns = [t.audit.when, t.audit.who, t.audit.kind, t.audit.household, t.audit.what, t.audit.ground, t.audit.index];
  const save = (file: string, type: string) => void step.run(() => client.exportAudit(file, rows.length), () => download(file, `kasane-audit-${dayOf(client.now() ?? Date.now())}.${type}`));
  const people = [...new Set(every.map((row) => row.person).filter((one): one is string => one !== null))].map((id): Option => [id, name(id)]);
  const households = [...new Set(every.map((row) => row.household).filter((one): one is string => one !== null))].sort().map((code): Option => [code, code]);
  return (
    <div class="stack wide">
      <div class="stack tight"><h1>{t.audit.title}</h1><p>{t.audit.help}</p></div>
      <Numbers rows={every} />
      <LedgerCheck />
      <OfficersBundle />
      <section class="stack">
        <details>
          <summary>{t.audit.filters}</summary>
          <div class="stack">
            <SelectField id="by-person" optional label={t.audit.person} value={person} onValue={setPerson} options={people} />
            <SelectField id="by-household" optional label={t.audit.household} value={household} onValue={setHousehold} options={households} />
            <SelectField id="by-kind" blank={false} label={t.audit.kind} value={kind} onValue={setKind} options={[['outcomes', t.audit.outcomes], ['all', t.audit.all], ...(Object.entries(t.audit.kinds) as [AuditKind, string][])]} />
            <EraDateField id="by-from" optional label={t.audit.from} iso={from} onIso={setFrom} />
            <EraDateField id="by-to" optional label={t.audit.to} iso={to} onIso={setTo} />
            <TextField id="by-text" optional label={t.audit.text} value={text} onValue={setText} />
          </div>
        </details>
        <div class="row between">
          <span role="status">{t.audit.rows(rows.length)}</span>
          <span class="row">
            <span class="small soft">{t.audit.exportHelp}</span>
            <Button small disabled={step.busy || rows.length === 0} onPress={() => save(csv([...columns, t.audit.alarm], rows.map((row) => [...cellsOf(row, openedOf(row)), row.alarm ?? ''])), 'csv')}>{t.audit.export}</Button>
            <Button small disabled={step.busy || rows.length === 0} onPress={() => save(`${rows.map((row) => JSON.stringify(row)).join('\n')}\n`, 'jsonl')}>{t.audit.exportLines}</Button>
          </span>
        </div>
        <Trouble failure={step.failure} />
        {rows.length === 0
          ? <p class="soft">{t.audit.none}</p>
          : (
            <div class="table-wrap cards">
              <table class="audit">
                <thead><tr>{columns.map((one) => <th key={one}>{one}</th>)}</tr></thead>
                <tbody>{[...rows].reverse().slice(0, shown).map((row) => <Row key={`${row.index}-${row.kind}`} row={row} openedAt={openedOf(row)} />)}</tbody>
              </table>
            </div>
          )}
        {rows.length > shown && <div><Button onPress={() => setShown(shown + shownAtOnce)}>{t.audit.more(rows.length - shown)}</Button></div>}
      </section>
      <p class="small soft mono">{model.tenant.log}</p>
    </div>
  );
}
