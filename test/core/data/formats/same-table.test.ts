import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratch } from '../../../corpora/open-text';

const { attempt, open } = scratch();
/** Tables that are not part of the project. */
const data = join(import.meta.dirname, '../../../../../shared/data');
const bytes = (name: string) => readFileSync(join(data, name));

test.skipIf(!existsSync(data))('a real workbook and its CSV hold the same numbers', async () => {
  const csv = await open(bytes('stock_portfolio.csv'));
  const book = await open(bytes('stock_portfolio.xlsx'), { sheet: 'all period' });
  expect([book.info.rows, book.info.columns.length]).toEqual([63, 19]);
  expect(csv.info.columns.map(({ type }) => type)).toEqual(book.info.columns.map(({ type }) => type));
  for (const [i, column] of csv.info.columns.entries())
    expect(await book.numbers(book.info.columns[i].name), column.name).toEqual(await csv.numbers(column.name));
});

test.skipIf(!existsSync(data))('a real old workbook is refused with a way out', async () => {
  expect(await attempt(bytes('Concrete_Data.xls'), {}, 'Concrete_Data.xls')).toMatchObject({
    error: {
      code: 'file/excel-old',
      message:
        '“Concrete_Data.xls” is an old Excel workbook (.xls): open it in Excel or LibreOffice, save the sheet as .xlsx or .csv and open that file.',
    },
  });
});
