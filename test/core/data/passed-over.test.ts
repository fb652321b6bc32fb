import { describe, expect, test } from 'vitest';
import { scratch } from '../../corpora/open-text';

const { open } = scratch();
const rows = (n: number, line: (i: number) => string, end = '\n') =>
  Array.from({ length: n }, (_, i) => line(i) + end).join('');
const little = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');

describe('empty cells behind the last column are told, and the row is kept', () => {
  const withSurplus = (end = '\n', comma = ',') =>
    rows(40, (i) => `${i}${comma}${i / 2}${i === 3 ? comma : i === 8 ? comma.repeat(3) : ''}`, end);

  test.each([
    ['LF', withSurplus()],
    ['CRLF', withSurplus('\r\n')],
    ['CR', withSurplus('\r')],
    ['semicolons', withSurplus('\n', ';')],
    ['tabs', withSurplus('\n', '\t')],
    ['UTF-16', little(withSurplus('\r\n'))],
    ['quotes', rows(40, (i) => `"${i}","${i / 2}"${i === 3 ? ',' : i === 8 ? ',,""," "' : ''}`)],
  ])('%s', async (_, text) => {
    const { info } = await open(text, { header: false, ...(text.includes('\t') && { delimiter: '\t' }) });
    expect(info).toMatchObject({ rows: 40, rejected: { count: 0 } });
    expect(info.columns.map(({ cells }) => cells.numbers)).toEqual([40, 40]);
    expect(info.repaired).toEqual({
      count: 2,
      first: [
        { line: 4, reason: 'one blank cell too many at its end' },
        { line: 9, reason: '3 blank cells too many at its end' },
      ],
    });
    expect(info.warnings).toEqual(['2 lines were mended; the first is line 4: one blank cell too many at its end.']);
  });

  test('beside cells of blanks, in a file with a header and a preamble, at the end of a file without a line end', async () => {
    const { info } = await open(`Title\n\na,b\n${rows(30, (i) => `${i},${i}${i === 4 ? ', ,' : ''}`)}7,8,`);
    expect(info).toMatchObject({ rows: 31, rejected: { count: 0 }, repaired: { count: 2 } });
    expect(info.repaired.first.map(({ line }) => line)).toEqual([8, 34]);
  });

  test('a last column without a value is no cell too many', async () => {
    const { info } = await open(`a,b\n${rows(30, (i) => `${i},${i % 3 === 0 ? '' : i}`)}`);
    expect(info.repaired.count).toBe(0);
    expect(info.warnings).toEqual([]);
  });
});

describe('blank lines among the rows are told', () => {
  test('with the first of them; those at the end are none', async () => {
    const { info } = await open(`a,b\n${rows(30, (i) => `${i},${i}${[3, 7].includes(i) ? '\n' : ''}`)}\n\n`);
    expect(info).toMatchObject({ rows: 30, rejected: { count: 0 } });
    expect(info.warnings).toEqual(['2 blank lines among the rows were passed over (the first is line 6).']);
  });

  test('lines of blanks as well, and in files with CRLF, in UTF-16, and cut at blanks', async () => {
    const blanks = await open(`a,b\r\n${rows(30, (i) => `${i},${i}${i === 3 ? '\r\n  ' : ''}`, '\r\n')}`);
    expect(blanks.info.warnings).toEqual(['1 blank line among the rows was passed over (line 6).']);
    const wide = await open(little(`a,b,c\n${rows(30, (i) => `${i},\u010a\u0a0d,x${i === 3 ? '\n' : ''}`)}`));
    expect(wide.info.warnings).toEqual(['1 blank line among the rows was passed over (line 6).']);
    const spaced = await open(
      rows(30, (i) => `${i}  ${i}${i === 3 ? '\n' : ''}`),
      { header: false },
    );
    expect(spaced.info.warnings).toEqual(['1 blank line among the rows was passed over (line 5).']);
  });

  test('one within quotes is part of a cell, and remarks are told by themselves', async () => {
    const quoted = await open(`a,b\n${rows(30, (i) => `${i},"one\n\n\ntwo"`)}`);
    expect(quoted.info.warnings).toEqual([]);
    const remarks = await open(`a,b\n${rows(40, (i) => `${i === 9 ? '# so\n' : i === 12 ? '\n' : ''}${i},${i}`)}`);
    expect(remarks.info.rows).toBe(40);
    expect(remarks.info.warnings).toEqual([
      'Line 11 begins with # and was left out as a remark.',
      '1 blank line among the rows was passed over.',
    ]);
  });

  test('in a table of one column, where it could be a missing value', async () => {
    const { info } = await open(`x\n${rows(30, (i) => (i === 4 ? '' : String(i)))}`);
    expect(info.rows).toBe(29);
    expect(info.warnings).toEqual([
      '1 blank line among the rows was passed over (line 6): if a value is missing there, write NA in its place.',
    ]);
  });
});

test('every line of a ragged file is a row, rejected, mended, a remark or blank', async () => {
  const { info } = await open(
    `a,b,c\n${rows(60, (i) => (i === 5 ? '1,2' : i === 9 ? '1,2,3,4' : i === 20 ? '1,2,3,,' : i === 30 ? '' : `${i},1,2`))}`,
  );
  expect(info.rows).toBe(57);
  expect(info.rejected).toEqual({
    count: 2,
    first: [
      { line: 7, reason: '2 fields where 3 are expected' },
      { line: 11, reason: '4 fields where 3 are expected' },
    ],
  });
  expect(info.repaired.first).toEqual([{ line: 22, reason: '2 blank cells too many at its end' }]);
  expect(info.warnings.join()).toContain('1 blank line among the rows was passed over (line 32)');
});
