import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTable, type Table } from '../../core/data/table';

/** Published tables as they are met, beside the checkout; the product does not depend on them. */
const folder = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
const temp = join(tmpdir(), `moe-lab-real-${process.pid}`);
const tables: Table[] = [];
beforeAll(() => void mkdirSync(temp));
afterAll(async () => {
  for (const table of tables) await table.close();
  rmSync(temp, { recursive: true, force: true });
});

/** Types of the columns in one letter each: number, category, text, date, boolean. */
const letter = { number: 'n', category: 'c', text: 't', date: 'd', boolean: 'b' } as const;

/** File, rows, types, dialect, missing cells. */
const files: [string, number, string, object, number][] = [
  ['concrete.csv', 1030, 'n'.repeat(9), { delimiter: ',', header: true }, 0],
  ['airfoil_self_noise.dat', 1503, 'n'.repeat(6), { delimiter: '\t', header: false }, 0],
  ['airfoil.csv', 1503, 'n'.repeat(6), { delimiter: ',', header: true }, 0],
  ['auto-mpg.data', 398, `${'n'.repeat(8)}t`, { delimiter: 'spaces', header: false, missing: ['NaN'] }, 6],
  ['stock_portfolio.csv', 63, 'n'.repeat(19), { delimiter: ',', header: true }, 0],
  ['ugly/wine_red_semicolon_quoted.csv', 1599, 'n'.repeat(12), { delimiter: ';', quote: '"', header: true }, 0],
  [
    'ugly/synchronous_machine_semicolon_decimal_comma_crlf.csv',
    557,
    'n'.repeat(5),
    { delimiter: ';', decimal: ',' },
    0,
  ],
  ['ugly/energy_bom_trailing_empty_columns_crlf.csv', 768, 'n'.repeat(10), { delimiter: ',', encoding: 'utf-8' }, 0],
  // Its header and its rows have 18 cells.
  ['ugly/stock_bom_percent_values_duplicate_columns.csv', 63, 'n'.repeat(18), { delimiter: ',', header: true }, 0],
  ['ugly/skillcraft1_quoted_header_qmark.csv', 3395, 'n'.repeat(20), { delimiter: ',', missing: ['?'] }, 168],
  ['ugly/airfoil_tab_header_crlf.dat', 1503, 'n'.repeat(6), { delimiter: '\t', header: true }, 0],
  ['ugly/servo_categorical_space_after_comma.data', 167, 'ccnnn', { delimiter: ',', header: false }, 0],
  ['ugly/abalone_categorical_noheader.data', 4177, `c${'n'.repeat(8)}`, { delimiter: ',', header: false }, 0],
  ['ugly/forestfires_month_day_categorical.csv', 517, `nncc${'n'.repeat(9)}`, { delimiter: ',', header: true }, 0],
  ['ugly/bike_hour_us_dates_no_final_newline.csv', 17379, `nd${'n'.repeat(15)}`, { delimiter: ',', header: true }, 0],
];

describe.skipIf(!existsSync(folder))('published files open without a click', () => {
  test.each(files)('%s: %i rows', async (file, rows, types, dialect, missing) => {
    const opened = await openTable(join(folder, file), file, {}, { tempFolder: temp });
    if (!opened.ok) throw new Error(opened.error.message);
    const table = opened.value;
    tables.push(table);
    const { columns, rejected, proposals } = table.info;
    expect(table.info).toMatchObject({ rows, rejected: { count: 0 }, dialect });
    expect(columns.map(({ type }) => letter[type]).join('')).toBe(types);
    expect(columns.reduce((sum, column) => sum + column.missing, 0)).toBe(missing);
    expect(columns.reduce((sum, column) => sum + column.failed, 0)).toBe(0);
    expect({ rejected: rejected.first, proposals }).toEqual({ rejected: [], proposals: [] });
    await everyNumberAsWritten(table);
  });

  test('per cents and repeated names are read with a word about each', async () => {
    const file = 'ugly/stock_bom_percent_values_duplicate_columns.csv';
    const opened = await openTable(join(folder, file), file, {}, { tempFolder: temp });
    if (!opened.ok) throw new Error(opened.error.message);
    tables.push(opened.value);
    const { columns, warnings } = opened.value.info;
    expect(columns.filter(({ unit }) => unit === '%').length).toBeGreaterThan(3);
    expect((await opened.value.numbers('Annual Return'))[0]).toBe(13.9);
    expect((await opened.value.numbers('Annual Return (2)'))[0]).toBe(0.532);
    expect(warnings.join()).toMatch(/was taken for the unit/);
    expect(warnings.join()).toMatch(/repeated/);
  });
});

/** Each number is the double nearest to the text of its cell; marks and signs aside. */
async function everyNumberAsWritten(table: Table): Promise<void> {
  const { columns, rows, dialect } = table.info;
  const page = await table.page(0, rows);
  if (!page.ok) throw new Error(page.error.message);
  for (const [at, { name, type }] of columns.entries()) {
    if (type !== 'number') continue;
    const numbers = await table.numbers(name);
    const wrong = page.value.rows.filter(({ row, cells }) => {
      const text = (cells[at] ?? '').trim();
      const missing = text === '' || dialect.missing.includes(text);
      const plain = text.replace('%', '').replace(dialect.decimal, '.');
      return missing ? !Number.isNaN(numbers[row]) : Number(plain) !== numbers[row];
    });
    expect(wrong).toEqual([]);
  }
}
