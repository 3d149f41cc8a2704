// The officer holds a bundle against itself, in the page: one finding a line, and what was not judged by name.
import { useState } from 'preact/hooks';
import type { BundleReport } from '../conference/bundle_check';
import { NoBundle } from '../ledger/zip';
import { inflate } from '../net/inflate';
import { label, words } from '../text';
import { Message } from './parts/small';
import { useClient } from './stage';

const fileMax = 256 * 1024 * 1024;
const breathe = () => new Promise<void>((next) => { setTimeout(next); });

type State = { step: 'none' } | { step: 'working'; done: number; total: number } | { step: 'broken'; code: string; file: string } | { step: 'done'; report: BundleReport };

function Report({ report }: { report: BundleReport }) {
  const t = words();
  const { findings } = report;
  return (
    <>
      <Message kind={findings.length === 0 ? 'good' : 'error'} live>{findings.length === 0 ? t.bundle.good : t.bundle.bad(findings.length)}</Message>
      {findings.length > 0 && <ul>{findings.map(({ index, what, detail }, i) => <li key={i}>{index !== null && t.bundle.entry(index)}{label(t.bundle.findings, what)}{detail && `（${label(t.reasons.placeholders, detail)}）`}</li>)}</ul>}
      <p>{t.bundle.counts(report.envelopes, report.releases, report.refusals, report.proofs)} {report.part ? t.bundle.part : t.bundle.whole}</p>
      <dl class="facts">
        <dt>{t.bundle.log}</dt><dd class="mono">{report.log}</dd>
        <dt>{t.bundle.size}</dt><dd>{report.size}</dd>
      </dl>
      <h3>{t.bundle.notJudged}</h3>
      <ul>{report.notJudged.map((one) => <li key={one}>{label(t.bundle.reasons, one)}</li>)}</ul>
    </>
  );
}

export function OfficersBundle() {
  const t = words();
  const client = useClient();
  const [state, setState] = useState<State>({ step: 'none' });
  const check = async (file: File) => {
    setState({ step: 'working', done: 0, total: 1 });
    try {
      if (file.size > fileMax) throw new NoBundle('large');
      const report = await client.checkBundle(new Uint8Array(await file.arrayBuffer()), inflate, async (done, total) => {
        setState({ step: 'working', done, total });
        await breathe();
      });
      setState({ step: 'done', report });
    } catch (error) {
      setState(error instanceof NoBundle ? { step: 'broken', code: error.code, file: error.file } : { step: 'broken', code: 'archive', file: '' });
    }
  };
  return (
    <section class="card stack tight">
      <h2>{t.bundle.title}</h2>
      <div class="field">
        <label for="bundle-file">{t.bundle.pick}</label>
        <span class="help">{t.bundle.help}</span>
        <input id="bundle-file" type="file" accept=".zip,application/zip" disabled={state.step === 'working'} onChange={(e) => { const picked = e.currentTarget.files?.[0]; if (picked) void check(picked); }} />
      </div>
      {state.step === 'working' && <p role="status">{t.bundle.working} <progress value={state.done} max={state.total} aria-label={t.bundle.working} /></p>}
      {state.step === 'broken' && <Message kind="error" live>{t.bundle.none(label(t.bundle.broken, state.code))}{state.file && ` ${state.file}`}</Message>}
      {state.step === 'done' && <Report report={state.report} />}
    </section>
  );
}
