import { describe, expect, it } from 'vitest';
import { utf8 } from '../../src/crypto/bytes';
import { namesIn, readContent, writeContent } from '../../src/conference/record_content';

const read = (names: unknown) => {
  const content = readContent(utf8(JSON.stringify({ v: 1, title: '見出し', text: '本文', names })));
  if (!content) throw new Error('no content');
  return namesIn(content);
};

describe('names inside a record', () => {
  it('come back as they were written', () => {
    const content = readContent(writeContent({ v: 1, title: 'a', text: 'b', names: { 's-one': '潮田 きぬ' } }));
    expect(content && [...namesIn(content)]).toEqual([['s-one', '潮田 きぬ']]);
  });

  it('of any other shape are none, and break nothing', () => {
    for (const names of [undefined, null, 7, 'text', ['a'], { 's-one': 7 }, { 's-one': '' }, { 's-one': '\u202e\n' }]) expect(read(names).size).toBe(0);
  });

  it('cannot break a line, turn its direction or be long', () => {
    expect(read({ 's-one': '潮田\n\u202eきぬ\u0000' }).get('s-one')).toBe('潮田きぬ');
    expect([...read({ 's-one': '長'.repeat(500) }).get('s-one') ?? '']).toHaveLength(40);
  });

  it('stand in no decision', () => {
    const content = readContent(utf8(JSON.stringify({ v: 1, title: '', policy: '方針', done: '', tasks: [], next: '', names: { 's-one': '潮田' } })));
    expect(content && namesIn(content).size).toBe(0);
  });
});
