// Fields as the Digital Agency's design system asks: label, 「※必須」 in words, help between label and field, the error
// under the field in words, no placeholder text. Errors are listed once more at the top, with links.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { words } from '../../text';

export interface FieldProps {
  id: string;
  label: string;
  help?: string | undefined;
  error?: string | undefined;
  optional?: boolean;
  /** The one field of its form: neither mark says anything there. */
  unmarked?: boolean;
}

const described = ({ id, help, error }: FieldProps): string | undefined =>
  [help ? `${id}-help` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined;

function Mark({ optional }: { optional?: boolean | undefined }) {
  const t = words();
  return <span class={optional ? 'mark optional' : 'mark'}>{optional ? t.optional : t.required}</span>;
}

function Around(props: FieldProps & { children: ComponentChildren }) {
  return (
    <div class="field">
      <label for={props.id}>{props.label}{!props.unmarked && <Mark optional={props.optional} />}</label>
      {props.help && <span class="help" id={`${props.id}-help`}>{props.help}</span>}
      {props.children}
      {props.error && <span class="error" id={`${props.id}-error`}>{props.error}</span>}
    </div>
  );
}

interface TextProps extends FieldProps {
  value: string;
  onValue: (value: string) => void;
  rows?: number;
  type?: 'text' | 'password';
  autocomplete?: string;
  maxLength?: number;
}

/** Near the limit it is said how much is left: what is pasted beyond it, the browser cuts off without a word. */
function Left({ value, most }: { value: string; most: number }) {
  const left = most - value.length;
  return left > most / 10 ? null : <span class="help" role="status">{left > 0 ? words().left(left) : words().full(most)}</span>;
}

export function TextField(props: TextProps) {
  const shared = {
    id: props.id,
    value: props.value,
    autocomplete: (props.autocomplete ?? 'off') as 'off',
    'aria-describedby': described(props),
    'aria-invalid': props.error ? (true as const) : undefined,
    'aria-required': !props.optional,
    ...(props.maxLength ? { maxLength: props.maxLength } : {}),
  };
  return (
    <Around {...props}>
      {props.rows
        ? <textarea {...shared} rows={props.rows} onInput={(e) => props.onValue(e.currentTarget.value)} />
        : props.type === 'password'
          ? <input {...shared} type="password" onInput={(e) => props.onValue(e.currentTarget.value)} />
          : <input {...shared} type="text" onInput={(e) => props.onValue(e.currentTarget.value)} />}
      {props.maxLength && <Left value={props.value} most={props.maxLength} />}
    </Around>
  );
}

export type Option = readonly [value: string, label: string];

export function SelectField(props: FieldProps & { value: string; options: readonly Option[]; onValue: (value: string) => void; blank?: boolean }) {
  return (
    <Around {...props}>
      <select id={props.id} value={props.value} aria-describedby={described(props)} aria-invalid={props.error ? true : undefined}
        aria-required={!props.optional} onChange={(e) => props.onValue(e.currentTarget.value)}>
        {props.blank !== false && <option value="">{words().select}</option>}
        {props.options.map(([value, label]) => <option key={value} value={value}>{label}</option>)}
      </select>
    </Around>
  );
}

interface ChoicesProps extends FieldProps {
  options: readonly Option[];
  column?: boolean;
}

/** One of several (radio buttons), or several (checkboxes) where `values` is given. */
export function Choices(props: ChoicesProps & ({ value: string; onValue: (value: string) => void } | { values: readonly string[]; onValues: (values: string[]) => void })) {
  const many = 'values' in props;
  const change = (value: string, on: boolean) => {
    if (many) props.onValues(on ? [...props.values, value] : props.values.filter((one) => one !== value));
    else props.onValue(value);
  };
  return (
    <fieldset class="field" id={props.id} aria-describedby={described(props)} aria-invalid={props.error ? true : undefined} tabIndex={-1}>
      <legend>{props.label}<Mark optional={props.optional} /></legend>
      {props.help && <span class="help" id={`${props.id}-help`}>{props.help}</span>}
      <div class={props.column ? 'choices column' : 'choices'}>
        {props.options.map(([value, label]) => (
          <label class="choice" key={value}>
            <input type={many ? 'checkbox' : 'radio'} name={props.id} value={value}
              checked={many ? props.values.includes(value) : props.value === value}
              onChange={(e) => change(value, e.currentTarget.checked)} />
            <span>{label}</span>
          </label>
        ))}
      </div>
      {props.error && <span class="error" id={`${props.id}-error`}>{props.error}</span>}
    </fieldset>
  );
}

/** Errors by field id. Shown at the top with links; takes the focus at each attempt, not while they are mended. */
export function ErrorSummary({ errors, attempt }: { errors: Record<string, string>; attempt?: number }) {
  const box = useRef<HTMLDivElement>(null);
  const listed = Object.entries(errors);
  const key = listed.map(([id]) => id).join(' ');
  useEffect(() => { if (key) box.current?.focus(); }, [attempt ?? key]);
  if (!listed.length) return null;
  return (
    <div class="message error" role="alert" tabIndex={-1} ref={box}>
      <span class="icon" aria-hidden="true">⚠</span>
      <h2>{words().errors.summary}</h2>
      <ul>
        {listed.map(([id, text]) => (
          <li key={id}><a href={`#${id}`} onClick={(e) => { e.preventDefault(); document.getElementById(id)?.focus(); }}>{text}</a></li>
        ))}
      </ul>
    </div>
  );
}
