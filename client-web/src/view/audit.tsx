// For the compliance officer: every release and refusal with its ground. Staff by name, households by code, no content.
// To look is itself an entry (policy.md §3, audit.query), and stands in the ledger before anything is shown.
import { useEffect, useState } from 'preact/hooks';
import type { AuditLook, AuditQuestion, AuditRow, LedgerReport } from '../conference/client';
import { shortCode } from '../conference/picture_cases';
import { label, words } from '../text';
import { csv } from './parts/csv';
import { OfficersBundle } from './bundle_check';
import { download } from './parts/download';
import { EraDateField } from './parts/era_date';
import { type Option, SelectField, TextField } from './parts/form';
import { Button, Message, Trouble, usePersonName, useStep } from './parts/small';
import { clockSeconds, dayOf, longDate, midnight } from './parts/time';
import { useClient, useModel } from './stage';

const shownAtOnce = 50;
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

/** What was asked, as a sentence's parts. */
function useQuestion(): (question: AuditQuestion) => string {
  const t = words();
  const name = usePersonName();
  const kindName = (kind: AuditQuestion['kind']) => (kind === 'all' ? t.audit.all : kind === 'outcomes' ? t.audit.outcomes : label(t.audit.kinds, kind));
  return ({ person, case: caseId, kind, from, to }) => [
    person === null ? t.audit.everybody : name(person), caseId === null ? t.audit.everyHousehold : t.household(shortCode(caseId)), kindName(kind),
    from === null && to === null ? t.audit.everyDay : t.audit.between(from === null ? '' : longDate(midnight(from)), to === null ? '' : longDate(midnight(to))),
  ].join('・');
}

/** One row in words, the same on the screen and in a file. */
function useCells(): (row: AuditRow) => Cells {
  const t = words();
  const name = usePersonName();
  const question = useQuestion();
  return (row) => [
    `${longDate(row.at)} ${clockSeconds(row.at)}`, name(row.person),
    t.audit.kinds[row.kind] + (row.openedAt === null ? '' : `・${t.audit.openedAt(clockSeconds(row.openedAt))}`),
    row.household ?? '', row.asked ? question(row.asked) : row.categories.map((one) => label(t.codes.categories, one)).join('、'),
    row.ground ? label(t.codes.grounds, row.ground) : row.reason ? label(t.reasons.placeholders, row.reason) : '', String(row.index),
  ];
}

function Row({ row }: { row: AuditRow }) {
  const t = words();
  const [when, who, kind, household, what, ground, index] = useCells()(row);
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

/** The question, entered in the ledger before anything is shown. */
function Ask({ first }: { first: boolean }) {
  const t = words();
  const client = useClient();
  const model = useModel();
  const name = usePersonName();
  const step = useStep();
  const [person, setPerson] = useState('');
  const [household, setHousehold] = useState('');
  const [kind, setKind] = useState<AuditQuestion['kind']>('outcomes');
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const people = [...model.persons.values()].filter((one) => one.agency !== null).map((one): Option => [one.id, name(one.id)]);
  const households = [...model.cases.values()].map((one): Option => [one.id, one.code]).sort(([, a], [, b]) => (a < b ? -1 : 1));
  const ask = () => void step.run(() => client.queryAudit({ person: person || null, case: household || null, kind, from, to }));
  return (
    <form class="card stack tight" onSubmit={(e) => { e.preventDefault(); ask(); }}>
      <h2>{t.audit.look}</h2>
      <p>{t.audit.lookHelp}</p>
      <details>
        <summary>{t.audit.filters}</summary>
        <div class="stack">
          <SelectField id="by-person" optional label={t.audit.person} value={person} onValue={setPerson} options={people} />
          <SelectField id="by-household" optional label={t.audit.household} value={household} onValue={setHousehold} options={households} />
          <SelectField id="by-kind" blank={false} label={t.audit.kind} value={kind} onValue={(one) => setKind(one as AuditQuestion['kind'])} options={[['outcomes', t.audit.outcomes], ['all', t.audit.all], ...Object.entries(t.audit.kinds)]} />
          <EraDateField id="by-from" optional label={t.audit.from} iso={from} onIso={setFrom} />
          <EraDateField id="by-to" optional label={t.audit.to} iso={to} onIso={setTo} />
        </div>
      </details>
      <Trouble failure={step.failure} />
      <div><Button submit kind={first ? 'primary' : 'plain'} disabled={step.busy}>{step.busy ? t.audit.lookWaiting : first ? t.audit.lookNow : t.audit.lookAgain}</Button></div>
    </form>
  );
}

function Found({ look }: { look: AuditLook }) {
  const t = words();
  const client = useClient();
  const name = usePersonName();
  const step = useStep();
  const cellsOf = useCells();
  const question = useQuestion();
  const [shown, setShown] = useState(shownAtOnce);
  const [text, setText] = useState('');
  const every = client.audit.value;
  // A word only narrows what the entered question shows already.
  const word = text.normalize('NFKC').trim();
  const rows = every.filter((row) => !word || [name(row.person), row.household, label(t.codes.grounds, row.ground), label(t.reasons.placeholders, row.reason), ...row.categories.map((one) => label(t.codes.categories, one))].some((cell) => cell?.includes(word)));
  const columns = [t.audit.when, t.audit.who, t.audit.kind, t.audit.household, t.audit.what, t.audit.ground, t.audit.index];
  const save = (file: string, type: string) => void step.run(() => client.exportAudit(file, rows.length), () => download(file, `kasane-audit-${dayOf(client.now() ?? Date.now())}.${type}`));
  return (
    <>
      <Message kind="good" live title={t.audit.looked(look.index)}>{question(look.question)}{t.audit.upTo(`${longDate(look.at)} ${clockSeconds(look.at)}`)}</Message>
      {(look.question.kind === 'outcomes' || look.question.kind === 'all') && <Numbers rows={every} />}
      <section class="stack">
        <TextField id="by-text" optional label={t.audit.text} help={t.audit.textHelp} value={text} onValue={setText} />
        <div class="row between">
          <span role="status">{t.audit.rows(rows.length)}</span>
          <span class="row">
            <span class="small soft">{t.audit.exportHelp}</span>
            <Button small disabled={step.busy || rows.length === 0} onPress={() => save(csv([...columns, t.audit.alarm], rows.map((row) => [...cellsOf(row), row.alarm ?? ''])), 'csv')}>{t.audit.export}</Button>
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
                <tbody>{[...rows].reverse().slice(0, shown).map((row) => <Row key={`${row.index}-${row.kind}`} row={row} />)}</tbody>
              </table>
            </div>
          )}
        {rows.length > shown && <div><Button onPress={() => setShown(shown + shownAtOnce)}>{t.audit.more(rows.length - shown)}</Button></div>}
      </section>
    </>
  );
}

export function AuditScreen() {
  const t = words();
  const client = useClient();
  const model = useModel();
  const look = client.looking.value;
  // A look ends with its screen: the next one is asked, and entered, anew.
  useEffect(() => () => client.endAudit(), [client]);
  return (
    <div class="stack wide">
      <div class="stack tight"><h1>{t.audit.title}</h1><p>{t.audit.help}</p></div>
      <Ask first={look === null} />
      {look && <Found look={look} key={look.index} />}
      <LedgerCheck />
      <OfficersBundle />
      <p class="small soft mono">{model.tenant.log}</p>
    </div>
  );
}
