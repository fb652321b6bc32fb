import { describe, expect, test } from 'vitest';
import { scratch } from '../../corpora/open-text';

const { open } = scratch();
const rows = (n: number, line: (i: number) => string, end = '\n') =>
  Array.from({ length: n }, (_, i) => line(i) + end).join('');

describe('remarks among the rows', () => {
  test.each(['#', '%', '//', ';'])(
    'lines that begin with %s are left out and counted, and line numbers stay',
    async (mark) => {
      const text = `a,b\n${rows(40, (i) => (i % 10 === 4 ? `${mark} remark, with ${i}, commas` : `${i},${i / 2}`))}1\n`;
      const { info } = await open(text);
      expect(info).toMatchObject({
        rows: 36,
        dialect: { comment: mark },
        rejected: { count: 1, first: [{ line: 42 }] },
      });
      expect(info.warnings.join()).toContain(
        `4 lines that begin with ${mark} were left out as remarks; the first is line 6`,
      );
      const none = await open(text, { comment: '' });
      expect(none.info.rejected.count).toBe(5);
    },
  );

  test('a row that is commented out is told as something that could be read two ways', async () => {
    const { info } = await open(`a,b\n${rows(30, (i) => `${i === 9 ? '#' : ''}${i},${i}`)}`);
    expect(info).toMatchObject({ rows: 29, columns: [{ type: 'number', failed: 0 }, {}] });
    expect(info.warnings.join()).toMatch(/could be read two ways: as a remark/);
    const remarks = info.decisions.find(({ id }) => id === 'comment');
    expect(remarks).toMatchObject({ chosen: '#', rival: '' });
    expect(remarks?.alternatives).toContainEqual(expect.objectContaining({ value: '', label: 'none' }));
  });

  test('a mark is data where rows begin with it, and inside of quotes', async () => {
    const tags = await open(`tag,x\n${rows(30, (i) => `#${i % 3},${i}`)}`);
    expect(tags.info).toMatchObject({ rows: 30, dialect: { comment: '' } });
    const text = `a,b\n${rows(20, (i) => `${i},"one\n# two, ""${i}""\nthree"`)}# end, of it\n`;
    const table = await open(text, { comment: '#' });
    expect(table.info.rows).toBe(20);
    expect((await table.texts('b'))[3]).toBe('one\n# two, "3"\nthree');
    expect(table.info.warnings.join()).toContain('Line 62 begins with #');
  });
});

describe('quotes behind a backslash', () => {
  test('are found out and read as quotes', async () => {
    const table = await open(`a,b\n${rows(30, (i) => `"he said \\"${i}\\", and ""left""","${i}"`)}`);
    expect(table.info.dialect).toMatchObject({ escape: 'backslash', quote: '"' });
    expect((await table.texts('a'))[7]).toBe('he said "7", and "left"');
    expect((await table.numbers('b'))[7]).toBe(7);
    expect(await table.raw(2)).toMatchObject({ value: [{}, { cells: ['he said "0", and "left"', '0'] }] });
  });

  test('a backslash elsewhere is a character, and paths are not taken apart', async () => {
    const table = await open(`a,b\n${rows(30, (i) => `"C:\\new\\",${i}`)}`);
    expect(table.info.dialect.escape).toBe('double');
    expect((await table.texts('a'))[0]).toBe('C:\\new\\');
    const escaped = await open(`a,b\n${rows(30, (i) => `"C:\\\\n\\t \\"x\\"",${i}`)}`, { escape: 'backslash' });
    expect((await escaped.texts('a'))[0]).toBe('C:\\n\\t "x"');
  });
});

test('rows with nothing but blank cells too many are mended, and others left out, each with its line', async () => {
  const { info } = await open(`a;b;c\n${rows(30, (i) => `${i};2;3`)}31;2;3;""; \n32;2;3;4\n33;;; \n34;1;2;;\n`);
  expect(info).toMatchObject({
    rows: 33,
    repaired: {
      count: 3,
      first: [
        { line: 32, reason: '2 blank cells too many at its end' },
        { line: 34, reason: 'one blank cell too many at its end' },
        { line: 35, reason: '2 blank cells too many at its end' },
      ],
    },
    rejected: { count: 1, first: [{ line: 33 }] },
  });
  expect(info.warnings.join()).toContain('3 lines were mended; the first is line 32');
  expect(info.columns.map(({ missing }) => missing)).toEqual([0, 1, 1]);
});

test('a NUL byte far into a file is shown, never dropped', async () => {
  const table = await open(`a,b\n${rows(2000, (i) => `${i},${i}.5`)}12\u0000,3\n`);
  expect(table.info.repaired).toEqual({ count: 1, first: [{ line: 2002, reason: expect.stringContaining('NUL') }] });
  expect(table.info.columns[0]).toMatchObject({ type: 'number', failed: 1 });
  expect(table.info.failures).toEqual([{ column: 'a', row: 2000, text: '12\ufffd' }]);
});

test('Windows-1252 has its own letters between 0x80 and 0x9F, in names and in cells', async () => {
  const letters = Buffer.from(Array.from({ length: 32 }, (_, i) => 0x80 + i));
  const text = Buffer.concat([
    letters,
    Buffer.from(',x\n'),
    ...Array.from({ length: 20 }, (_, i) => Buffer.concat([letters, Buffer.from(`,${i}\n`)])),
  ]);
  const { info } = await open(text, { encoding: 'windows-1252' });
  const expected = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
  expect(info.columns[0].name).toBe(expected);
  expect(info.columns[0].levels?.[0].value).toBe(expected);
});

test('formulas are text, and said to be', async () => {
  const { info } = await open(`a,b\n${rows(20, (i) => `=A${i + 1}*2,${i}`)}`);
  expect(info.columns[0].type).not.toBe('number');
  expect(info.warnings.join()).toContain('20 cells of “a” are formulas, read as text');
});

test('Latin-1 can be chosen where Windows-1252 is the guess', async () => {
  const bytes = Buffer.from(`naïve,x\n${rows(20, (i) => `\x80x${i % 3},${i}`)}`, 'latin1');
  const guessed = await open(bytes);
  expect(guessed.info.columns[0].levels?.[0].value).toBe('€x0');
  const chosen = await open(bytes, { encoding: 'iso-8859-1' });
  expect(chosen.info.columns[0].levels?.[0].value).toBe('\x80x0');
  expect(chosen.info.decisions[0]).toMatchObject({ id: 'encoding', chosen: 'iso-8859-1', byHand: true });
});
