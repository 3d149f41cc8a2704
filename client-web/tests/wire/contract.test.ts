import { readdirSync } from 'node:fs';
import asyncapi30 from '@asyncapi/specs/schemas/3.0.0-without-$id.json';
import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import { Contract, schemaFile, schemaFolder } from './contract';

interface AsyncApi { operations: Record<string, { action: string }>; components: { messages: Record<string, unknown> } }
const document = schemaFile('asyncapi.json') as AsyncApi;

describe('the published contract of the wire', () => {
  const contract = new Contract();

  it('is a valid AsyncAPI 3.0 document', () => {
    const check = new Ajv({ strict: false, validateFormats: false }).compile(asyncapi30 as object);
    expect(check(document), JSON.stringify(check.errors?.slice(0, 3))).toBe(true);
  });

  it('names in its document every schema beside it, and no other', () => {
    const named = new Set(JSON.stringify(document).match(/\.\/([a-z_]+\.json)/g)?.map((ref) => ref.slice(2)));
    const shapes = new Set(['shapes.json', 'envelope.json', 'statement.json', 'asyncapi.json']); // those that the others refer to
    expect([...named].sort()).toEqual(readdirSync(schemaFolder).filter((name) => !shapes.has(name)).sort());
  });

  it('takes a message of the right shape, and none with a member too many, too few or of another type', () => {
    const ping = { nonce: 'n1' };
    expect(contract.fault('ping.json', 'params', ping)).toBeNull();
    for (const wrong of [{}, { nonce: 1 }, { ...ping, more: true }, [], null]) expect(contract.fault('ping.json', 'params', wrong)).not.toBeNull();
  });

  it('takes a statement of a known kind, and none with a field of another kind or a value beside the list', () => {
    const statement = { kind: 'item.seat', by: 'asakura', item: 'i-1', person: 'dan', seat: 'member' };
    expect(contract.fault('statement.json', 'ledger', statement)).toBeNull();
    for (const wrong of [
      { ...statement, seat: 'king' }, { ...statement, at: '2026-01-01T00:00:00.000Z' }, { ...statement, kind: 'item.sit' },
      { ...statement, records: ['r-1'] }, { kind: 'item.seat', by: 'asakura', item: 'i-1', person: 'dan' },
    ]) expect(contract.fault('statement.json', 'ledger', wrong)).not.toBeNull();
  });
});
