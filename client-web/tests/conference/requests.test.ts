import { describe, expect, it } from 'vitest';
import { requests } from '../../src/conference/picture_requests';
import type { Ledger } from '../../src/ledger/ledger';

/** A unit `work` with these entries, as the ledger keeps it; what a body says is up to its author. */
function ledger(...said: { kind: string; request: unknown; body: unknown }[]): Ledger {
  const entries = said.map(({ kind, request, body }, index) => ({ index, timeMs: 1_000 + index, payload: { kind, by: 'asakura', body, statement: { request } } }));
  return { units: new Map([['work/i-1', { entries }]]) } as unknown as Ledger;
}
const known = new Set(['byouin']);

describe('requests for cooperation', () => {
  it('are read with their answers in order, the last one standing', () => {
    const read = requests(ledger(
      { kind: 'request.make', request: 'q-1', body: { agency: 'byouin', what: 'opinion', categories: ['MED'], due: '2026-12-01' } },
      { kind: 'request.answer', request: 'q-1', body: { answer: 'declined' } },
      { kind: 'request.answer', request: 'q-1', body: { answer: 'given' } },
    ), ['i-1'], known);
    expect([...read.values()]).toEqual([{
      id: 'q-1', item: 'i-1', by: 'asakura', at: 1_000, index: 0, agency: 'byouin', what: 'opinion', categories: ['MED'], due: '2026-12-01',
      answers: [{ by: 'asakura', at: 1_001, answer: 'declined' }, { by: 'asakura', at: 1_002, answer: 'given' }],
    }]);
  });

  it('read as unknown where another client wrote what is no agency, no code and no day here', () => {
    const read = requests(ledger(
      { kind: 'request.make', request: 'q-1', body: { agency: 'nobody', what: 'constructor', categories: 'MED', due: '2026-99-99' } },
      { kind: 'request.answer', request: 'q-1', body: {} },
      { kind: 'request.answer', request: 'q-2', body: { answer: 'given' } },
      { kind: 'request.make', request: 7, body: {} },
    ), ['i-1', 'i-2'], known);
    expect([...read.values()]).toMatchObject([{ id: 'q-1', agency: null, what: null, categories: [], due: null, answers: [{ answer: null }] }]);
  });
});
