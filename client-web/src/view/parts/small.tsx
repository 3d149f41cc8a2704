// Small parts that every screen uses.
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { SaveState } from '../../conference/client';
import type { Failure, Result } from '../../conference/model';
import { sentence, words } from '../../text';
import { useModel } from '../stage';

type ButtonProps = {
  kind?: 'primary' | 'danger' | 'quiet' | 'plain';
  small?: boolean;
  onPress?: () => void;
  disabled?: boolean;
  submit?: boolean;
  children: ComponentChildren;
  'aria-label'?: string;
  'aria-describedby'?: string;
  'aria-expanded'?: boolean;
  'aria-pressed'?: boolean;
};

export function Button({ kind = 'plain', small, onPress, submit, children, ...rest }: ButtonProps) {
  return (
    <button type={submit ? 'submit' : 'button'} class={`button ${kind} ${small ? 'small' : ''}`} onClick={onPress} {...rest}>{children}</button>
  );
}

const icons = { error: '⚠', warn: '⚠', good: '✓', info: 'ⓘ' };
export function Message({ kind, title, children, live }: { kind: keyof typeof icons; title?: string; children?: ComponentChildren; live?: boolean }) {
  return (
    <div class={`message ${kind}`} role={live ? (kind === 'error' ? 'alert' : 'status') : undefined}>
      <span class="icon" aria-hidden="true">{icons[kind]}</span>
      {title && <b>{title}</b>}
      {children && <div>{children}</div>}
    </div>
  );
}

export const Trouble = ({ failure }: { failure: Failure | null }) => failure && <Message kind="error" live>{sentence(failure.code)}</Message>;

/** 保存済み · 送信中 · この端末にだけ保存 · 保存できません, and nothing else. */
export function SaveWord({ state }: { state: SaveState }) {
  const t = words();
  return <span class={`save-word ${state}`} title={t.saveHelp[state]}>{t.save4[state]}</span>;
}

export function usePersonName(): (person: string | null | undefined) => string {
  const model = useModel();
  const t = words();
  return (person) => {
    if (!person) return '';
    if (person === 'server') return 'Kasane';
    return model.persons.get(person)?.name ?? t.unknownName;
  };
}

/** Post and agency, e.g. 「相談支援専門員・基幹相談支援センター」. */
export function usePersonPlace(): (person: string) => string {
  const model = useModel();
  return (id) => {
    const person = model.persons.get(id);
    const agency = person?.agency ? model.agencies.get(person.agency)?.name ?? person.agency : null;
    return [person?.post, agency].filter(Boolean).join('・');
  };
}

/** A step that talks to the server: one at a time, its failure kept to be shown beside the button. */
export function useStep() {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const run = async <T,>(step: () => Promise<Result<T>>, then?: (value: T) => void): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setFailure(null);
    const result = await step().catch((): Result<T> => ({ ok: false, error: { code: 'INVALID' } }));
    setBusy(false);
    if (result.ok) then?.(result.value);
    else setFailure(result.error);
  };
  return { busy, failure, run, clear: () => setFailure(null) };
}

/** Asks once more before something that cannot be undone. */
export function Sure({ label, question, kind = 'danger', onSure, small }: { label: string; question: string; kind?: 'danger' | 'primary'; onSure: () => void; small?: boolean }) {
  const [asked, setAsked] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  // The focus goes into the question, before anything else can take it.
  useLayoutEffect(() => { if (asked) box.current?.querySelector('button')?.focus(); }, [asked]);
  if (!asked) return <Button kind={kind === 'danger' ? 'danger' : 'plain'} small={small ?? false} onPress={() => setAsked(true)}>{label}</Button>;
  return (
    <div class="message warn" role="alertdialog" aria-label={label} ref={box}>
      <span class="icon" aria-hidden="true">⚠</span>
      <div class="stack tight">
        <p>{question}</p>
        <div class="row">
          <Button kind={kind} onPress={() => { setAsked(false); onSure(); }}>{label}</Button>
          <Button onPress={() => setAsked(false)}>{words().cancel}</Button>
        </div>
      </div>
    </div>
  );
}
