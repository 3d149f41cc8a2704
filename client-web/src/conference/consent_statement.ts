// What the consent sheet says, as a statement (policy.md §3 consent.record).
import { concat, hex } from '../crypto/bytes';
import { sha256 } from '../crypto/hash';
import { randomBytes } from '../crypto/random';
import type { ConsentInput, StatementInput } from './client';

/** Never a plain hash of what could be guessed: a scanned form is hashed with 32 random bytes before it. */
function evidenceOf(input: ConsentInput): string | undefined {
  return input.evidence ?? (input.evidenceFile ? hex(sha256(concat(randomBytes(32), input.evidenceFile))) : undefined);
}

export function consentStatement(input: ConsentInput, consent: string): StatementInput {
  const evidence = input.method === 'oral' ? undefined : evidenceOf(input);
  return {
    kind: 'consent.record', consent, case: input.case, subject: input.subject, giver: input.giver, state: input.state,
    categories: input.categories, recipients: input.recipients, purpose: 'support',
    ...(input.from === undefined ? {} : { from: input.from }), ...(input.to === undefined ? {} : { to: input.to }),
    method: input.method, ...(evidence === undefined ? {} : { evidence }),
    ...(input.witness === undefined ? {} : { witness: input.witness }),
  };
}
