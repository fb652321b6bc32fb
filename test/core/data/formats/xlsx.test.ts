import { describe, expect, test } from 'vitest';
import { scratch } from '../../../corpora/open-text';
import { styles, workbookFile, type Cell } from '../../../corpora/workbook-file';

const { attempt, open } = scratch();

/** The table's cells as they are kept, its names first. */
async function read(sheets: Parameters<typeof workbookFile>[0], choice = {}, options = {}) {
  const table = await open(workbookFile(sheets, options), choice);
  const page = await table.page(0, 1000);
  if (!page.ok) throw new Error(page.error.message);
  return {
    table,
    info: table.info,
    names: table.info.columns.map(({ name }) => name),
    rows: page.value.rows.map(({ cells }) => cells),
  };
}
const styled = (value: number, style: number): Cell => ({ inside: `<v>${value}</v>`, style });

const small: readonly (readonly Cell[])[] = [
  ['x', 'y', 'kind'],
  [0.1, 1, 'a'],
  [0.2, 2, 'b'],
  [1 / 3, 3, 'a'],
];

describe('cells of a workbook', () => {
  test('numbers keep every digit of the number the cell holds, whatever its format shows', async () => {
    const numbers = [0.1 + 0.2, 1 / 3, 1e-300, -5e21, 123456789012345, 0.13800000000000001, 100];
    const { table, rows } = await read([
      {
        name: 'S',
        rows: [
          ['x', 'y'],
          ...numbers.map((x, i) => [{ inside: `<v>${x.toPrecision(17)}</v>`, style: styles.twoDigits }, i] as const),
        ],
      },
    ]);
    expect([...(await table.numbers('x'))]).toEqual(numbers);
    expect(rows[1][0]).toBe('0.3333333333333333');
    expect(rows[5][0]).toBe('0.138');
  });

  test('dates are ISO text, times are times, truths and errors are words, texts are as they are', async () => {
    const { rows } = await read([
      {
        name: 'S',
        rows: [
          ['day', 'moment', 'time', 'true', 'text', 'n'],
          [styled(41365, 1), styled(41365.5, 2), styled(0.25, 3), true, 'a & "b", <c>', 1],
          [
            styled(41366, 1),
            styled(41366, 2),
            styled(0.5, 3),
            false,
            { inside: '<is><r><t>ri</t></r><r><t>ch</t></r></is>', type: 'inlineStr' },
            2,
          ],
          [
            { inside: '<v>2013-04-03T00:00:00</v>', type: 'd' },
            null,
            null,
            null,
            { inside: '<v>#N/A</v>', type: 'e' },
            3,
          ],
        ],
      },
    ]);
    expect(rows).toEqual([
      ['2013-04-01', '2013-04-01 12:00:00', '06:00:00', 'TRUE', 'a & "b", <c>', '1'],
      ['2013-04-02', '2013-04-02', '12:00:00', 'FALSE', 'rich', '2'],
      ['2013-04-03', null, null, null, '#N/A', '3'],
    ]);
  });

  test('a workbook that counts from 1904 has its own days', async () => {
    const { rows } = await read(
      [
        {
          name: 'S',
          rows: [
            ['day', 'n'],
            [styled(39903, 1), 1],
          ],
        },
      ],
      {},
      { since1904: true },
    );
    expect(rows).toEqual([['2013-04-01', '1']]);
  });

  test('the result of a formula is read; a formula without one is shown and said', async () => {
    const { rows, info } = await read([
      {
        name: 'S',
        rows: [
          ['x', 'y', 'z'],
          [1, { inside: '<f>A2*2</f><v>2</v>' }, { inside: '<f>A2&amp;"!"</f><v>1!</v>', type: 'str' }],
          [2, { inside: '<f>A3*2</f>' }, 'b'],
        ],
      },
    ]);
    expect(rows).toEqual([
      ['1', '2', '1!'],
      ['2', '=A3*2', 'b'],
    ]);
    expect(info.warnings.join()).toContain('1 cell holds a formula without a result');
  });

  test('percent and durations are the numbers behind them, and said', async () => {
    const { rows, info } = await read([
      {
        name: 'S',
        rows: [
          ['share', 'length'],
          [styled(0.139, styles.percent), styled(1.5, styles.duration)],
          [styled(0.2, styles.percent), styled(2, styles.duration)],
        ],
      },
    ]);
    expect(rows).toEqual([
      ['0.139', '1.5'],
      ['0.2', '2'],
    ]);
    expect(info.warnings.join(' ')).toMatch(/“share” shows percent.*“length” shows hours/);
  });

  test('line breaks, readings of characters and escaped characters', async () => {
    const { names, rows, info } = await read([
      {
        name: 'S',
        rows: [
          ['Total\nrisk', 'y'],
          [{ inside: '<is><t>漢</t><rPh sb="0" eb="1"><t>kan</t></rPh></is>', type: 'inlineStr' }, 1],
          ['a_x000D__x000A_b &#x1F600;', 2],
        ],
      },
    ]);
    expect(names).toEqual(['Total risk', 'y']);
    expect(rows.map(([text]) => text)).toEqual(['漢', 'a b &#x1F600;']);
    expect(info.warnings.join()).toContain('Line breaks in 2 cells were read as blanks.');
  });

  test('numbers are written with a decimal comma when that is chosen, and are the same numbers', async () => {
    const { table, rows } = await read(
      [
        {
          name: 'S',
          rows: [
            ['x', 'y'],
            [0.25, '1,5'],
            [3, '2'],
          ],
        },
      ],
      { decimal: ',' },
    );
    expect(rows[0]).toEqual(['0,25', '1,5']);
    expect([...(await table.numbers('x'))]).toEqual([0.25, 3]);
    expect([...(await table.numbers('y'))]).toEqual([1.5, 2]);
  });
});

describe('the table on a sheet', () => {
  test('a title, blank rows and a note around it are not in it; what is below is in the receipt', async () => {
    const { info, names, rows } = await read([
      { name: 'S', rows: [['Report of 2020'], [], ...small, [], ['Source: somebody']] },
    ]);
    expect(names).toEqual(['x', 'y', 'kind']);
    expect(rows).toHaveLength(3);
    expect(info.dialect.skip).toBe(2);
    expect(info.decisions.find(({ id }) => id === 'header')?.label).toBe('row 3');
    expect(info.rejected).toEqual({ count: 1, first: [{ line: 8, reason: 'it is a note below the table' }] });
  });

  test('a blank row within it is only that', async () => {
    const { rows, info } = await read([{ name: 'S', rows: [...small, [], [0.5, 5, 'b'], [0.6, 6, 'a']] }]);
    expect(rows).toHaveLength(5);
    expect(info.rejected.count).toBe(0);
  });

  test('it may begin anywhere, and rows may end early', async () => {
    const shifted = [
      ['x', 'y', 'z'],
      [1, 2, 3],
      [4, null, null],
      [null, 5, 6],
    ].map((row) => [null, null, ...row]);
    const { names, rows } = await read([{ name: 'S', rows: shifted, at: [5, 6, 7, 8] }]);
    expect(names).toEqual(['x', 'y', 'z']);
    expect(rows).toEqual([
      ['1', '2', '3'],
      ['4', null, null],
      [null, '5', '6'],
    ]);
  });

  test('names of groups in merged cells above are put before names that repeat', async () => {
    const sheet = {
      name: 'S',
      rows: [
        ['id', 'before', null, 'after', null],
        [null, 'a', 'b', 'a', 'b'],
        [1, 10, 20, 30, 40],
        [2, 11, 21, 31, 41],
      ] satisfies Cell[][],
      merged: ['A1:A2', 'B1:C1', 'D1:E1'],
    };
    const { names, info, rows } = await read([sheet]);
    expect(names).toEqual(['id', 'before: a', 'before: b', 'after: a', 'after: b']);
    expect(rows).toHaveLength(2);
    expect(info.warnings.join()).toContain('Rows 1 and 2 of the sheet both hold names of columns, and were joined.');
  });

  test('merged cells among the rows are said', async () => {
    const { info } = await read([{ name: 'S', rows: small, merged: ['C2:C3'] }]);
    expect(info.warnings.join()).toContain('1 block of merged cells is in the table');
  });

  test('of two tables, one below the other, the larger is read and the other is offered', async () => {
    const sheet = { name: 'My data', rows: [...small, [], ['u', 'v'], ['p', 1], ['q', 2]] };
    const { info, rows } = await read([sheet]);
    expect(rows).toHaveLength(3);
    expect(info.decisions[0]).toMatchObject({ id: 'sheet', chosen: 'My data' });
    expect(info.decisions[0].alternatives.map(({ value }) => value)).toEqual(['My data!A6:B8']);
    expect(info.rejected.count).toBe(3);
    const other = await read([sheet], { sheet: 'My data!A6:B8' });
    expect(other.names).toEqual(['u', 'v']);
    expect(other.rows).toEqual([
      ['p', '1'],
      ['q', '2'],
    ]);
    expect(other.info.dialect.sheet).toBe('My data!A6:B8');
  });

  test('of two tables side by side the wider is read and the other is offered', async () => {
    const rows: Cell[][] = [
      ['a', 'b', 'c', null, 'k', 'v'],
      [1, 2, 3, null, 'x', 1],
      [4, 5, 6, null, 'y', 2],
      [7, 8, 9, null, null, null],
    ];
    const { names, rows: cells, info } = await read([{ name: 'S', rows }]);
    expect(names).toEqual(['a', 'b', 'c']);
    expect(cells).toHaveLength(3);
    expect(info.warnings.join()).toContain('another table in E1:F4');
    const other = await read([{ name: 'S', rows }], { sheet: 'S!E1:F3' });
    expect(other.names).toEqual(['k', 'v']);
    expect(other.rows).toEqual([
      ['x', '1'],
      ['y', '2'],
    ]);
  });

  test('an empty column within a table is only that, and said', async () => {
    const rows: Cell[][] = [
      ['a', null, 'b'],
      [1, null, 2],
      [3, null, 4],
    ];
    const { rows: cells, info } = await read([{ name: 'S', rows }]);
    expect(cells).toEqual([
      ['1', null, '2'],
      ['3', null, '4'],
    ]);
    expect(info.warnings.join()).toContain('Column B of the sheet is empty');
  });
});

describe('the sheet', () => {
  const two = [
    { name: 'Notes', rows: [['What this is'], ['by somebody']] },
    { name: 'Data', rows: small },
    { name: 'Secret', rows: [...small, ...small.slice(1)], hidden: true },
  ];

  test('the one with the numbers is read, with the others as alternatives', async () => {
    const { info } = await read(two);
    expect(info.decisions[0]).toMatchObject({ id: 'sheet', chosen: 'Data', byHand: false });
    expect(info.decisions[0].because).toBe('3 rows of 3 columns in A1:C4');
    expect(info.decisions[0].alternatives).toEqual([
      { value: 'Notes', label: 'Notes', because: '1 row of 1 column in A1:A2 without a number' },
      { value: 'Secret', label: 'Secret', because: 'hidden; 6 rows of 3 columns in A1:C7' },
    ]);
    expect(info.decisions.map(({ id }) => id)).toEqual(['sheet', 'header', 'skip', 'missing']);
    expect(info.warnings).toEqual([]);
  });

  test('among sheets alike the first is read, and a warning says so', async () => {
    const { info } = await read([
      { name: 'March', rows: small },
      { name: 'April', rows: small },
    ]);
    expect(info.dialect.sheet).toBe('March');
    expect(info.warnings.join()).toContain('2 sheets of the workbook hold tables and “March” was read');
  });

  test('it can be chosen by name, in any case, or by number, a hidden one too', async () => {
    for (const sheet of ['Secret', 'secret', '#3']) {
      const { info } = await read(two, { sheet });
      expect(info.dialect.sheet).toBe('Secret');
      expect(info.rows).toBe(6);
      expect(info.decisions[0].byHand).toBe(true);
      expect(info.warnings).toEqual([]);
    }
  });

  test('one that is not there, and an empty one, are sentences', async () => {
    expect(await attempt(workbookFile(two), { sheet: 'Dada' }, 'b.xlsx')).toMatchObject({
      ok: false,
      error: {
        code: 'xlsx/no-such-sheet',
        message: '“b.xlsx” has no sheet “Dada”: choose one of “Notes”, “Data”, “Secret”.',
      },
    });
    expect(await attempt(workbookFile([{ name: 'S', rows: [] }]), {}, 'b.xlsx')).toMatchObject({
      ok: false,
      error: { code: 'xlsx/empty' },
    });
    expect(await attempt(workbookFile([{ name: 'S', rows: [['a', 'b']] }]), {}, 'b.xlsx')).toMatchObject({
      ok: false,
      error: { code: 'csv/header-only' },
    });
  });

  test('what is no question for a workbook cannot be chosen', async () => {
    expect(await attempt(workbookFile(two), { delimiter: ';' }, 'b.xlsx')).toMatchObject({
      ok: false,
      error: {
        code: 'file/no-such-choice',
        message: '“b.xlsx” is a workbook, which has no delimiter to choose: leave that out.',
      },
    });
    expect(await attempt('a,b\n1,2\n', { sheet: 'S' })).toMatchObject({
      ok: false,
      error: { code: 'file/no-such-choice' },
    });
  });
});

test('the file the table is of is the workbook, not the text that was made of it', async () => {
  const bytes = workbookFile([{ name: 'S', rows: small }]);
  const { file, lines } = (await open(bytes)).info;
  expect(file.bytes).toBe(bytes.length);
  expect(lines).toBe(4);
});

test('a workbook can be looked at line by line, as its sheet has rows', async () => {
  const table = await open(workbookFile([{ name: 'S', rows: [['Title'], ...small] }]));
  expect((await table.raw(2)).ok).toBe(true);
  expect(await table.raw(1, 3)).toMatchObject({ ok: true, value: [{ text: '0.1,1,a', cells: ['0.1', '1', 'a'] }] });
});
