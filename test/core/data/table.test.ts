import { existsSync, readdirSync, rmSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openTable } from '../../../core/data/table';
import { scratch } from '../../corpora/open-text';

const { tempFolder, file, attempt, open } = scratch();

const numbered = (n: number, line: (i: number) => string) =>
  Array.from({ length: n }, (_, i) => line(i)).join('\n') + '\n';
const column = (table: Awaited<ReturnType<typeof open>>, name: string) =>
  table.info.columns.find((found) => found.name === name)!;

test('a table tells its rows, lines, hash and columns', async () => {
  const text = `x,y\r\n${numbered(20, (i) => `${i / 2},${i * i}`).replaceAll('\n', '\r\n')}`;
  const { info } = await open(text);
  expect(info).toMatchObject({ rows: 20, lines: 21, rejected: { count: 0 }, warnings: [], failures: [] });
  expect(info.file).toEqual({
    name: 'table.csv',
    bytes: text.length,
    sha256: createHash('sha256').update(text).digest('hex'),
  });
  expect(info.columns.map(({ name, type, suggestedRole }) => [name, type, suggestedRole])).toEqual([
    ['x', 'number', 'feature'],
    ['y', 'number', 'target'],
  ]);
});

test('figures of a numeric column are those of its numbers', async () => {
  const table = await open('a,b\n1,10\n2,?\n3,30\n4,40\n10,20\n');
  expect(column(table, 'a').summary).toEqual({
    min: 1,
    q25: 2,
    median: 3,
    q75: 4,
    max: 10,
    mean: 4,
    sd: expect.closeTo(Math.sqrt(12.5), 12),
    skewness: expect.closeTo(1.697056, 5),
    integer: true,
  });
  expect(column(table, 'b')).toMatchObject({ missing: 1, failed: 0, distinct: 4, summary: { mean: 25 } });
  expect(table.info.dialect.missing).toEqual(['?']);
});

test('a histogram counts every number once, and whole numbers fall into whole bins', async () => {
  const table = await open(`whole,wide,real,same\n${numbered(300, (i) => `${i % 5},${i},${Math.sin(i)},7`)}`);
  for (const { histogram } of table.info.columns) {
    expect(histogram!.edges.length).toBe(histogram!.counts.length + 1);
    expect(histogram!.counts.reduce((sum, count) => sum + count, 0)).toBe(300);
  }
  expect(column(table, 'whole').histogram).toEqual({
    edges: [-0.5, 0.5, 1.5, 2.5, 3.5, 4.5],
    counts: [60, 60, 60, 60, 60],
  });
  const { edges, counts } = column(table, 'wide').histogram!;
  expect(edges.every((edge, i) => i === 0 || edge - edges[i - 1] === 13)).toBe(true);
  expect(counts.slice(0, 23).every((count) => count === 13)).toBe(true);
});

test('very large and very small numbers have finite figures', async () => {
  const table = await open('a,b\n1e307,1e-310\n-1.5e308,2e-310\n1e308,4e-310\n');
  for (const { summary } of table.info.columns)
    expect(Object.values(summary!).every((value) => typeof value === 'boolean' || Number.isFinite(value))).toBe(true);
});

describe('types', () => {
  test('whole numbers stay numbers, few texts are a category, many are text, dates and truth values are told apart', async () => {
    const table = await open(
      `n,c,t,d,b\n${numbered(40, (i) => `${i % 3},${'xyz'[i % 3]},text ${i % 30},2020-01-${String(1 + (i % 28)).padStart(2, '0')},${i % 2 ? 'yes' : 'no'}`)}`,
    );
    expect(table.info.columns.map(({ type }) => type)).toEqual(['number', 'category', 'text', 'date', 'boolean']);
    expect(column(table, 'c').levels).toEqual([
      { value: 'x', count: 14 },
      { value: 'y', count: 13 },
      { value: 'z', count: 13 },
    ]);
  });

  test('a column with 95% numbers is one of numbers, and the other cells are counted, listed and treated as missing', async () => {
    const table = await open(
      `a,b\n${numbered(100, (i) => `${i === 17 ? 'about 3' : i === 40 ? '1_000' : i * 1.5},1${i}`)}`,
    );
    expect(column(table, 'a')).toMatchObject({ type: 'number', failed: 2, missing: 0 });
    expect(table.info.failures).toEqual([
      { column: 'a', row: 17, text: 'about 3' },
      { column: 'a', row: 40, text: '1_000' },
    ]);
    expect(table.info.warnings.join()).toContain(
      '2 cells of “a” are not numbers and are treated as missing (the first is “about 3” in row 18)',
    );
    const values = await table.numbers('a');
    expect([values[16], values[17], values[18]]).toEqual([24, Number.NaN, 27]);
  });

  test('a text among dates is told, and dates with points are no numbers with marks', async () => {
    const date = (i: number) => `${String(1 + (i % 28)).padStart(2, '0')}.0${1 + Math.floor(i / 28)}.2024`;
    const mixed = await open(`d;x\n${numbered(60, (i) => `${i === 59 ? 'Summe' : date(i)};${i * 1.5}`)}`);
    expect(column(mixed, 'd').type).toBe('date');
    expect(mixed.info.warnings).toEqual([
      '1 cell of “d” is not a date and is treated as missing (the first is “Summe” in row 60).',
    ]);
    expect(column(mixed, 'd')).toMatchObject({ failed: 1, cells: { numbers: 0, texts: 59, missing: 0, failed: 1 } });
    expect(mixed.info.failures).toEqual([{ column: 'd', row: 59, text: 'Summe' }]);
    const found = await mixed.find(
      { kind: 'cells', column: 'd', state: 'failed' },
      {},
      { position: 0, column: 0 },
      false,
    );
    expect(found).toMatchObject({ value: { count: 1, found: { row: 59 } } });
    expect(await mixed.page(59, 1)).toMatchObject({ value: { rows: [{ states: 'fv' }] } });
    expect(await mixed.records([{ column: 'd', kind: 'failed' }])).toMatchObject({ value: new Uint32Array([59]) });
    const clean = await open(`d;x\n${numbered(60, (i) => `${date(i)};${i * 1.5}`)}`);
    expect(clean.info.warnings).toEqual([]);
  });

  test('whole numbers with noughts before them are told, two digits and fractions are not', async () => {
    const coded = await open(`zip,month,share\n${numbered(40, (i) => `0${1000 + i},0${1 + (i % 9)},0.${100 + i}`)}`);
    expect(coded.info.columns.map(({ type }) => type)).toEqual(['number', 'number', 'number']);
    expect(coded.info.warnings).toEqual([
      'Whole numbers of “zip” begin with 0, such as “01000”, and were read without it: if they are codes, use the column as a category or ignore it.',
    ]);
  });

  test.each(['inf', 'nan', '1e999', '0x10', '1 000', '1,000', '1.2.3', '--1'])('”%s” is not a number', async (text) => {
    const table = await open(`a;b\n${numbered(40, (i) => `${i === 3 ? text : i + 0.5};${i}`)}`);
    expect((await table.numbers('a'))[3]).toBeNaN();
    expect(column(table, 'a').failed + column(table, 'a').missing).toBe(1);
  });

  test('numbers with marks that nothing explains are never guessed at: text, with a warning', async () => {
    const table = await open(`a,b\n${numbered(40, (i) => `"1,${String(100 + i)}",${i}`)}`);
    expect(column(table, 'a').type).toBe('text');
    expect(table.info.warnings.join()).toMatch(/thousands marks/);
  });
});

describe('missing values', () => {
  test('of the usual marks, those met among numbers mean “no value”', async () => {
    const table = await open(
      `a,b,c\n${numbered(60, (i) => `${i % 7 ? i : 'NA'},${i % 5 ? i / 3 : '-'},${i % 9 ? i : ''}`)}`,
    );
    expect(new Set(table.info.dialect.missing)).toEqual(new Set(['NA', '-', '']));
    expect(table.info.columns.map(({ missing }) => missing)).toEqual([9, 12, 7]);
    expect(table.info.decisions.find(({ id }) => id === 'missing')!.because).toBe(
      'cells without a value: 7 empty, 9 NA, 12 -',
    );
  });

  test('“NA” among texts alone is a value like any other, and said so', async () => {
    const table = await open(`alley,y\n${numbered(60, (i) => `${['NA', 'Pave', 'Grvl'][i % 3]},${i / 7}`)}`);
    expect(table.info.dialect.missing).toEqual([]);
    expect(column(table, 'alley')).toMatchObject({ missing: 0, distinct: 3 });
    expect(table.info.decisions.find(({ id }) => id === 'missing')!.alternatives).toEqual([
      { value: 'NA', label: 'NA', because: '20 NA in columns of text, kept as a value' },
    ]);
  });

  test('tokens set by hand may be numbers', async () => {
    const table = await open(`a,b\n${numbered(30, (i) => `${i % 5 ? i + 0.5 : '-200'},${i}`)}`, { missing: ['-200'] });
    expect(column(table, 'a')).toMatchObject({ missing: 6, failed: 0, summary: { min: 1.5 } });
    expect((await table.numbers('a'))[5]).toBeNaN();
  });
});

describe('lines that do not fit', () => {
  test('rows with another number of cells are left out with their line and reason', async () => {
    const { info } = await open(`a,b,c\n${numbered(30, (i) => `${i},2,3`)}1,2\n1,2,3,4\n\n5,6,7\n`);
    expect(info.rows).toBe(31);
    expect(info.rejected).toEqual({
      count: 2,
      first: [
        { line: 32, reason: '2 fields where 3 are expected' },
        { line: 33, reason: '4 fields where 3 are expected' },
      ],
    });
    expect(info.warnings.join()).toContain('2 lines were left out; the first is line 32');
  });

  test('line numbers count line ends within quotes, lines before the table and the rewritten file', async () => {
    const body = numbered(30, (i) => `${i},"one\ntwo",3`);
    expect((await open(`a,b,c\n${body}1,2\n`)).info.rejected.first[0].line).toBe(62);
    expect((await open(`title\n\na,b,c\n${numbered(30, (i) => `${i},2,3`)}1,2\n`)).info.rejected.first[0].line).toBe(
      34,
    );
    expect((await open(`${numbered(30, (i) => `${i}  2   3`)}1 2\n`)).info.rejected.first[0].line).toBe(31);
  });

  test('a quotation mark that is never closed is found out with every line it took along', async () => {
    const text = `a,b\n${numbered(50, (i) => `${i},${i === 20 ? '"' : ''}${i}`)}`;
    expect((await open(text)).info).toMatchObject({ rows: 50, dialect: { quote: '' } });
    const { info } = await open(text, { quote: '"' });
    expect(info).toMatchObject({ rows: 20, rejected: { count: 30, first: [{ line: 22 }] } });
    expect(info.warnings.join()).toMatch(
      /^30 lines were left out; the first is line 22: a quotation mark is never closed, and 29 lines/,
    );
  });

  test('mixed and old line ends are read like any others', async () => {
    for (const end of ['\r', '\r\n']) {
      const { info } = await open(`a,b${end}${numbered(20, (i) => `${i},${i * 2}`)}`);
      expect(info).toMatchObject({ rows: 20, rejected: { count: 0 } });
    }
  });

  test('empty columns without a name at the end are dropped with a warning, others kept with a note', async () => {
    const table = await open(`x,y,empty,,\n${numbered(20, (i) => `${i},${i / 3},,,`)}`);
    expect(table.info.columns.map(({ name }) => name)).toEqual(['x', 'y', 'empty']);
    expect(table.info.warnings.join()).toContain('The last 2 columns are empty and without a name');
    expect(column(table, 'empty')).toMatchObject({
      missing: 20,
      suggestedRole: 'ignore',
      notes: ['No row has a value here.'],
    });
  });
});

describe('roles', () => {
  test('the last column of numbers is the target, row numbers, constants, texts and dates are left out', async () => {
    const table = await open(
      `id,x,same,kind,name,y,note\n${numbered(30, (i) => `${i + 1},${i * 1.5},4,${'ab'[i % 2]},n${i},${Math.cos(i)},n${i}`)}`,
    );
    expect(Object.fromEntries(table.info.columns.map(({ name, suggestedRole }) => [name, suggestedRole]))).toEqual({
      id: 'ignore',
      x: 'feature',
      same: 'ignore',
      kind: 'feature',
      name: 'ignore',
      y: 'target',
      note: 'ignore',
    });
    expect(column(table, 'id').notes.join()).toMatch(/Numbers the rows/);
    expect(column(table, 'same').notes.join()).toMatch(/same in every row/);
  });

  test('a column of few values is a code, and no target where there is a better one', async () => {
    const table = await open(`weight,origin\n${numbered(30, (i) => `${i * 1.5},${i % 3}`)}`);
    expect(table.info.columns.map(({ suggestedRole }) => suggestedRole)).toEqual(['target', 'feature']);
    const codes = await open(`a,b\n${numbered(30, (i) => `${i % 4},${i % 3}`)}`);
    expect(codes.info.columns.map(({ suggestedRole }) => suggestedRole)).toEqual(['feature', 'target']);
  });

  test('a name can say what the target is, and “acid” is no id', async () => {
    const table = await open(`quality,acid,other\n${numbered(30, (i) => `${i % 6},${i * 3},${i / 7}`)}`);
    expect(table.info.columns.map(({ suggestedRole }) => suggestedRole)).toEqual(['target', 'feature', 'feature']);
  });
});

describe('pages', () => {
  test('a page holds the original text of every cell with its record number', async () => {
    const table = await open(`a, b\n${numbered(50, (i) => `${i}.50, x${i}`)}`);
    expect(await table.page(10, 2)).toEqual({
      ok: true,
      value: {
        total: 50,
        rows: [
          { row: 10, cells: ['10.50', ' x10'], states: 'vv' },
          { row: 11, cells: ['11.50', ' x11'], states: 'vv' },
        ],
      },
    });
    expect(await table.page(49, 10)).toMatchObject({ value: { rows: [{ row: 49 }] } });
    expect(await table.page(60, 10)).toMatchObject({ value: { rows: [], total: 50 } });
  });

  test('numbers are sorted as numbers, texts as texts, rows without a value first', async () => {
    const table = await open('n,t\n10,b\n9,a\n?,c\n-1,a\n100,\n');
    const order = async (name: string, descending: boolean) => {
      const page = await table.page(0, 10, { sort: { column: name, descending } });
      return page.ok ? page.value.rows.map(({ row }) => row) : page.error.code;
    };
    expect(await order('n', false)).toEqual([2, 3, 1, 0, 4]);
    expect(await order('n', true)).toEqual([2, 4, 0, 1, 3]);
    expect(await order('t', false)).toEqual([4, 1, 3, 0, 2]);
    expect(await order('none', false)).toBe('data/unknown-column');
  });

  test('the raw view shows lines as they stand and how each is cut', async () => {
    const table = await open('title\na;b\n1;"x;\ny"\n2;z\n3;w\n4;w\n');
    expect(await table.raw(4)).toEqual({
      ok: true,
      value: [
        { line: 1, text: 'title', cells: ['title'] },
        { line: 2, text: 'a;b', cells: ['a', 'b'] },
        { line: 3, text: '1;"x;\ny"', cells: ['1', 'x;\ny'] },
        { line: 5, text: '2;z', cells: ['2', 'z'] },
      ],
    });
  });

  test('the raw view begins at any line, and says so when the file has changed since', async () => {
    const table = await open(`a;b\r\n${numbered(30_000, (i) => `${i};"é ${i}"`).replaceAll('\n', '\r\n')}`);
    expect(await table.raw(2, 29_000)).toEqual({
      ok: true,
      value: [28_998, 28_999].map((i) => ({ line: i + 2, text: `${i};"é ${i}"`, cells: [String(i), `é ${i}`] })),
    });
    expect(await table.raw(5, 30_001)).toMatchObject({ value: [{ line: 30_001 }] });
    file('table.csv', 'another\n');
    expect(await table.raw(2, 20_000)).toMatchObject({ ok: false, error: { code: 'data/file-changed' } });
  });
});

test('names from the file cannot do harm', async () => {
  const names = ['__proto__', 'constructor', "'; drop table cells; --", 'a ""quoted"" name', 'c0'];
  const table = await open(
    `${names.map((name) => `"${name}"`).join(',')}\n${numbered(20, (i) => `${i},${i / 2},${i},${i},${i * i}`)}`,
  );
  expect(table.info.columns.map(({ name }) => name)).toEqual([
    '__proto__',
    'constructor',
    "'; drop table cells; --",
    'a "quoted" name',
    'c0',
  ]);
  for (const { name } of table.info.columns) {
    expect((await table.numbers(name))[2]).toBeGreaterThanOrEqual(1);
    expect(await table.page(0, 1, { sort: { column: name, descending: true } })).toMatchObject({
      ok: true,
      value: { rows: [{ row: 19 }] },
    });
  }
});

test('a table no longer needs its file, and closing it leaves nothing behind', async () => {
  const path = file('gone.csv', `a b\n${numbered(20, (i) => `${i} ${i * 2}`)}`);
  const opened = await openTable(path, 'gone.csv', {}, { tempFolder });
  if (!opened.ok) throw new Error(opened.error.message);
  rmSync(path);
  expect((await opened.value.numbers('b'))[19]).toBe(38);
  expect(await opened.value.page(0, 1)).toMatchObject({ ok: true });
  const folders = readdirSync(tempFolder).length;
  await opened.value.close();
  expect(readdirSync(tempFolder)).toHaveLength(folders - 1);
  expect(existsSync(path)).toBe(false);
});

test('a refused or cancelled file leaves nothing behind', async () => {
  const before = readdirSync(tempFolder);
  await attempt('a,b\n');
  const stopped = await openTable(
    file('big.csv', `a,b\n${'1,2\n'.repeat(5000)}`),
    'big.csv',
    {},
    { tempFolder, signal: AbortSignal.abort() },
  );
  expect(stopped).toMatchObject({ ok: false, error: { code: 'data/cancelled' } });
  expect(readdirSync(tempFolder)).toEqual(before);
});

test('columns are read whole while pages are asked for', async () => {
  const table = await open(`a,b\n${numbered(5000, (i) => `${i},t${i % 7}`)}`);
  const [numbers, texts, page] = await Promise.all([table.numbers('a'), table.texts('b'), table.page(4990, 10)]);
  expect(numbers).toEqual(Float64Array.from({ length: 5000 }, (_, i) => i));
  expect(texts[4999]).toBe('t1');
  expect(page).toMatchObject({ ok: true, value: { total: 5000 } });
});
