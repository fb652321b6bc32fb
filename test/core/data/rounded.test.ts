import { describe, expect, test } from 'vitest';
import { scratch } from '../../corpora/open-text';

const { open } = scratch();

/** A column of plain numbers with some of its cells written so. */
const withCells = (...cells: string[]) =>
  open(`x;n\n${Array.from({ length: 40 }, (_, i) => `${cells[i] ?? i + 0.5};${i}`).join('\n')}\n`);

describe('a number with more digits than a double keeps is told', () => {
  test.each([
    '12345678901234567890',
    '9007199254740993',
    '0.12345678901234567890123',
    '-1234567890123456789.5',
    '1.2345678901234567890123e-30',
    '12345678901234567890e5',
    `0.1${'2'.repeat(3000)}`,
  ])('%s', async (text) => {
    const { info } = await withCells('1.5', '2.5', text);
    expect(info.columns[0]).toMatchObject({ type: 'number', failed: 0 });
    expect(info.warnings).toEqual([
      `1 number of “x” has more digits than are kept (about 16) and was rounded, “${text.slice(0, 60)}” in row 3.`,
    ]);
  });
});

test.each(['1e-400', '-2.5E-330', `0.${'0'.repeat(330)}5`])('%s is read as 0, and told', async (text) => {
  const { info } = await withCells('1.5', '0', text, '0e-400');
  expect(info.columns[0]).toMatchObject({ type: 'number', failed: 0 });
  expect(info.warnings).toEqual([
    `1 number of “x” is nearer to 0 than any that can be kept, and read as 0: “${text.slice(0, 60)}” in row 3.`,
  ]);
});

describe('a number that is kept as it is written is not told', () => {
  test.each([
    '9007199254740992',
    '12300000000000000000000',
    '0.1000000000000000000000000',
    '000000000000000000000001.5',
    '0.30000000000000004',
    '1.7976931348623157e308',
    // As C and NumPy write doubles with a fixed number of digits.
    '1.000000000000000056e-01',
    '0.1000000000000000055511151231257827021181583404541015625',
    '5.684341886080801486968994140625e-14',
    '5.684341886080801e-14',
    '12345678901234567168',
    '0.00000000000000000000',
  ])('%s', async (text) => {
    const table = await withCells(text);
    expect((await table.numbers('x'))[0]).toBe(Number(text));
    expect(table.info.warnings).toEqual([]);
  });
});

test('under a decimal comma, with marks and signs, digits are counted without them', async () => {
  const comma = await open(
    `a;b\n${Array.from({ length: 20 }, (_, i) => `${i},5;${i}`).join('\n')}\n1,23456789012345678901;3\n`,
  );
  expect(comma.info.warnings).toEqual([
    '1 number of “a” has more digits than are kept (about 16) and was rounded, “1,23456789012345678901” in row 21.',
  ]);
  const grouped = await open(
    `a;b\n${Array.from({ length: 20 }, (_, i) => `1,234,567.${i};${i}`).join('\n')}\n9,007,199,254,740,993;3\n9,007,199,254,740,992;3\n`,
  );
  expect(grouped.info.warnings).toEqual([
    '1 number of “a” has more digits than are kept (about 16) and was rounded, “9,007,199,254,740,993” in row 21.',
  ]);
});

test('whole numbers of that kind are taken for codes: left out, and every digit is there as a category', async () => {
  const code = (i: number) => `900719925474099${String(1000 + i)}`;
  const table = await open(`account,y\n${Array.from({ length: 40 }, (_, i) => `${code(i)},${i * 1.5}`).join('\n')}\n`);
  const [account] = table.info.columns;
  expect(account).toMatchObject({ type: 'number', suggestedRole: 'ignore' });
  expect(account.notes.join()).toContain('as a category it keeps every digit');
  expect(table.info.warnings.join()).toMatch(/numbers of “account” have more digits .* use the column as a category/);
  expect(await table.texts('account')).toEqual(Array.from({ length: 40 }, (_, i) => code(i)));
});

test('of many such columns five are told one by one, and the others by name', async () => {
  const names = Array.from({ length: 8 }, (_, j) => `x${j}`);
  const { info } = await open(
    `${names.join()}\n${`${names.map((_, j) => `0.1234567890123456${j}789`).join()}\n`.repeat(30)}`,
  );
  const told = info.warnings.filter((warning) => /more digits/.test(warning));
  expect(told.length).toBe(6);
  expect(told[5]).toBe('Numbers of “x5”, “x6” and “x7” have more digits than are kept as well, and were rounded.');
});
