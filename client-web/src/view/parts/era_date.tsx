import { useState } from 'preact/hooks';
import { words } from '../../text';
import { type Era, type EraDate, fromIso, toIso } from './era';
import type { FieldProps } from './form';
import { longDate, midnight } from './time';

/** Era, year, month, day as separate fields; the focus never moves by itself. `onIso` hears null while there is no such day. */
export function EraDateField(props: FieldProps & { iso: string | null; onIso: (iso: string | null) => void }) {
  const t = words();
  const [date, setDate] = useState<EraDate>(() => (props.iso ? fromIso(props.iso) : { era: 'reiwa', year: '', month: '', day: '' }));
  const iso = toIso(date);
  const change = (part: Partial<EraDate>) => {
    const next = { ...date, ...part };
    setDate(next);
    props.onIso(toIso(next));
  };
  const begun = date.year !== '' && date.month !== '' && date.day !== '';
  const number = (part: 'year' | 'month' | 'day') => (
    <label>
      {t.date[part]}
      <input inputMode="numeric" value={date[part]} autocomplete="off" maxLength={4} id={part === 'year' ? props.id : undefined}
        onInput={(e) => change({ [part]: e.currentTarget.value })} />
    </label>
  );
  return (
    <fieldset class="field" aria-describedby={`${props.id}-live`}>
      <legend>{props.label}<span class={props.optional ? 'mark optional' : 'mark'}>{props.optional ? t.optional : t.required}</span></legend>
      {props.help && <span class="help">{props.help}</span>}
      <div class="date-row">
        <label>
          {t.date.era}
          <select value={date.era} onChange={(e) => change({ era: e.currentTarget.value as Era })}>
            {(['reiwa', 'heisei', 'showa', 'taisho', 'western'] as const).map((era) => <option key={era} value={era}>{t.date[era]}</option>)}
          </select>
        </label>
        {number('year')}{number('month')}{number('day')}
      </div>
      <span class="help" id={`${props.id}-live`}>
        {iso ? `${date.era === 'western' ? '' : `${t.date.western}${iso.slice(0, 4)} `}${longDate(midnight(iso))}` : begun ? t.date.invalid : ''}
      </span>
      {props.error && <span class="error" id={`${props.id}-error`}>{props.error}</span>}
    </fieldset>
  );
}
