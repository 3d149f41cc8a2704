import { describe, expect, it } from 'vitest';
import { csv } from '../../src/view/parts/csv';

const line = (...cells: string[]) => csv(['a'], [cells]).split('\r\n')[1];

describe('a table for a spreadsheet', () => {
  it('begins with the mark that says UTF-8, and ends every line as RFC 4180 does', () => {
    expect(csv(['日時', 'だれが'], [['令和8年', '髙﨑 𠮷']])).toBe('\ufeff日時,だれが\r\n令和8年,髙﨑 𠮷\r\n');
  });

  it('keeps a cell one cell, whatever stands in it', () => {
    expect(line('a,b', 'say "no"', 'two\nlines', ' room ')).toBe('"a,b","say ""no""","two\nlines"," room "');
  });

  it('holds nothing that a spreadsheet would run', () => {
    for (const bad of ['=1+1', '+81', '-1', '@SUM(A1)', '\tx', '＝1', '=HYPERLINK("http://x","y")']) {
      expect(line(bad)).toMatch(/^"'/);
    }
  });
});
