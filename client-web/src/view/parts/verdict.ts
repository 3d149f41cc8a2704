import type { Verdict } from '../../conference/model';
import { label, words } from '../../text';

/** Why someone may read, or may not, in words. */
export function whyOf(verdict: Verdict): string {
  const t = words();
  return verdict.outcome === 'permit'
    ? label(t.codes.grounds, verdict.ground)
    : label(t.reasons.placeholders, verdict.reason);
}
