import { expect, test } from 'vitest';
import { random } from '../../../core/random';
import { tokenise } from '../../../core/data/tokenise';

const cells = (
  text: string,
  delimiter: Parameters<typeof tokenise>[1] = ',',
  quote: Parameters<typeof tokenise>[2] = '"',
) => tokenise(text, delimiter, quote).map((record) => [...record.cells]);

test('cells are cut at the delimiter and lines at LF, CRLF and CR', () => {
  expect(cells('a,b\n1,2\r\n3,4\r5,6')).toEqual([
    ['a', 'b'],
    ['1', '2'],
    ['3', '4'],
    ['5', '6'],
  ]);
  expect(cells(',,\n')).toEqual([['', '', '']]);
});

test('a quoted cell holds delimiters, line ends and doubled quotes', () => {
  expect(cells('"a,b","c\nd","e""f"\n1,2,3')).toEqual([
    ['a,b', 'c\nd', 'e"f'],
    ['1', '2', '3'],
  ]);
});

test('lines are counted as they stand in the file, also within quotes and over blank ones', () => {
  const records = tokenise('a,b\n\n"x\r\ny",2\n\n3,4', ',', '"');
  expect(records.map(({ line, lines }) => [line, lines])).toEqual([
    [0, 1],
    [2, 2],
    [5, 1],
  ]);
});

test('blanks before an opening quote belong to the quoting, a quote within a bare cell is a character', () => {
  expect(cells('1, "q,r" ,3')).toEqual([['1', 'q,r', '3']]);
  expect(cells('5" pipe,2')).toEqual([['5" pipe', '2']]);
});

test('runs of blanks and tabs separate, and do not count at the ends of a line', () => {
  expect(cells('  18.0   8\t\t"amc rebel sst"  \n1 2 x', 'spaces')).toEqual([
    ['18.0', '8', 'amc rebel sst'],
    ['1', '2', 'x'],
  ]);
});

test('a quote that is never closed, and text behind a closing quote, are noticed', () => {
  expect(tokenise('"a,b\n1,2', ',', '"')[0].malformed).toBe(1);
  expect(tokenise('"a"x,b', ',', '"')[0]).toMatchObject({ malformed: 1, cells: ['ax', 'b'] });
});

test('whatever is written with quotes doubled is read back', () => {
  const stream = random(3);
  const letters = ['a', '"', ',', '\n', ' ', 'é', ';'];
  for (let trial = 0; trial < 300; trial++) {
    const table = Array.from({ length: 1 + stream.integer(4) }, () =>
      Array.from({ length: 2 + stream.integer(3) }, () =>
        Array.from({ length: stream.integer(5) }, () => letters[stream.integer(letters.length)]).join(''),
      ),
    );
    const text = table.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n');
    expect(cells(text)).toEqual(table);
  }
});
