// A table for a spreadsheet: RFC 4180 with a byte-order mark (else Excel guesses another encoding), and no cell that a
// spreadsheet would run.

/** Leading characters that begin a formula somewhere; an apostrophe before them makes text of it. */
const formula = /^[=+\-@\t\r＝＋－＠]/;

function cell(value: string): string {
  const text = formula.test(value) ? `'${value}` : value;
  return /[",\r\n']/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}

/** `rows`: as many cells each as the heading. */
export function csv(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  return `\ufeff${[heading, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}
