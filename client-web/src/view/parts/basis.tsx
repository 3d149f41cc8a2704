// The legal basis in word, mark and fill; its texts are data of the tenant, never literals here.
import type { Basis } from '../../conference/model';
import { language } from '../../text';
import { useModel } from '../stage';

export const withoutConsent = (basis: Basis | undefined): boolean => basis?.consent === 'not_required';

/** Name of a basis in the screen's language. */
export function basisName(basis: Basis | undefined, code: string): string {
  const names = basis?.names;
  if (typeof names === 'string') return names;
  return names?.[language.value] ?? names?.ja ?? code;
}

export function BasisSign({ consentFree }: { consentFree: boolean }) {
  return consentFree
    ? (
      <svg class="sign" viewBox="0 0 48 48" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="3.5" stroke-linejoin="round">
        <path d="M24 4 41 10v13c0 11-7 17.5-17 21C14 40.5 7 34 7 23V10Z" /><rect x="16.5" y="21" width="15" height="11.5" rx="1.5" fill="currentColor" /><path d="M19.5 21v-4a4.5 4.5 0 0 1 9 0v4" />
      </svg>
    )
    : (
      <svg class="sign" viewBox="0 0 48 48" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="3.5" stroke-linecap="round" stroke-linejoin="round">
        <rect x="6" y="6" width="28" height="36" rx="3" /><path d="M13 16h14M13 24h9" /><path d="m23 34 6 6 14-17" stroke-width="5" />
      </svg>
    );
}

export function BasisMark({ code }: { code: string }) {
  const basis = useModel().bases.get(code);
  const free = withoutConsent(basis);
  return <span class={`basis-mark ${free ? 'statutory' : 'consent'}`}><BasisSign consentFree={free} />{basisName(basis, code)}</span>;
}
