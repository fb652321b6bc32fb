import { describe, expect, test } from 'vitest';
import { scratch } from '../../corpora/open-text';

const { open } = scratch();
const rows = (n: number, line: (i: number) => string) => Array.from({ length: n }, (_, i) => line(i)).join('\n') + '\n';
const warnings = (table: Awaited<ReturnType<typeof open>>) => table.info.warnings.join('\n');
const chosen = (table: Awaited<ReturnType<typeof open>>, id: string) =>
  table.info.decisions.find((decision) => decision.id === id)!;

describe('thousands marks', () => {
  test.each([
    ['commas with decimal points', `"${'1,234.5'}"`, ',', 1234.5, ','],
    ['points with decimal commas', '1.234,5', ';', 1234.5, '.'],
    ['commas twice', '"1,234,567"', ',', 1234567, ','],
    ['apostrophes', "1'234", ';', 1234, "'"],
    ['curved apostrophes', '1’234.25', ';', 1234.25, "'"],
    ['narrow blanks that do not break', '1\u202f234,5', ';', 1234.5, ' '],
    ['blanks that do not break', '-1\u00a0234\u00a0567', ';', -1234567, ' '],
    ['blanks with a decimal comma', '12 345,5', ';', 12345.5, ' '],
  ])('%s are found out and left out of the numbers', async (_, cell, delimiter, value, mark) => {
    const table = await open(`a${delimiter}b\n${rows(30, (i) => `${cell}${delimiter}${i}`)}`);
    expect(await table.numbers('a')).toEqual(new Float64Array(30).fill(value));
    expect(table.info.dialect.thousands).toBe(mark);
    expect(chosen(table, 'thousands').because).toMatch(/^30 of the cells looked at are like/);
    expect(warnings(table)).toBe('');
  });

  test('a comma that only the decimal points elsewhere explain is read with a warning that tells both ways', async () => {
    const table = await open(`a,b\n${rows(30, (i) => `"1,${100 + i}",${i}.25`)}`);
    expect((await table.numbers('a'))[5]).toBe(1105);
    expect(warnings(table)).toMatch(
      /^“a” could be read two ways: cells such as “1,100” were read with a comma between thousands \(1100\)/,
    );
    const other = await open(`a,b\n${rows(30, (i) => `"1,${100 + i}",${i}.25`)}`, { thousands: '' });
    expect(other.info.columns[0].type).toBe('text');
  });

  test('a mark that nothing proves is not believed in a column that contradicts it', async () => {
    const table = await open(`a;b;c\n${rows(40, (i) => `${i % 2 ? '0.5' : `1.${100 + i}`};${i},25;1.${100 + i}`)}`);
    expect(table.info.dialect).toMatchObject({ decimal: ',', thousands: '.' });
    expect(table.info.columns.map(({ type }) => type)).toEqual(['text', 'number', 'number']);
    expect(warnings(table)).toMatch(/“a” holds numbers with a sign or thousands marks/);
    expect(warnings(table)).toMatch(/“c” could be read two ways/);
  });

  test('marks set by hand are kept, and one is never both', async () => {
    const text = `a;b\n${rows(30, (i) => `1.${100 + i};${i}`)}`;
    expect((await (await open(text, { thousands: '.' })).numbers('a'))[1]).toBe(1101);
    expect(await (await open(text, { thousands: '.' })).info.dialect.decimal).toBe(',');
    expect((await (await open(text, { decimal: '.' })).numbers('a'))[1]).toBe(1.101);
  });
});

describe("a unit's sign", () => {
  test('is left out of the numbers when every cell has it, and said', async () => {
    const table = await open(`gain,price\n${rows(30, (i) => `${i}.80%,$${i + 1}.50`)}`);
    expect((await table.numbers('gain'))[13]).toBe(13.8);
    expect((await table.numbers('price'))[2]).toBe(3.5);
    expect(table.info.columns.map(({ unit, type }) => [unit, type])).toEqual([
      ['%', 'number'],
      ['$', 'number'],
    ]);
    expect(table.info.columns[0].cells).toEqual({ numbers: 30, texts: 0, missing: 0, failed: 0 });
    expect(warnings(table)).toContain('The % in the cells of “gain” was taken for the unit: 12.5% is read as 12.5.');
  });

  test('that only some cells have is not guessed away', async () => {
    const table = await open(`gain,x\n${rows(30, (i) => `${i % 2 ? `${i}%` : `0.${i}`},${i}`)}`);
    expect(table.info.columns[0].type).not.toBe('number');
    expect(warnings(table)).toMatch(/“gain” was read as text/);
    const mostly = await open(`gain,x\n${rows(60, (i) => `${i === 7 ? '0.5' : `${i}%`},${i}`)}`);
    expect(mostly.info.columns[0]).toMatchObject({ type: 'number', failed: 1 });
    expect((await mostly.numbers('gain'))[7]).toBeNaN();
    expect(warnings(mostly)).toMatch(/1 cell of “gain” is not a number/);
  });

  test('goes with thousands marks, missing values and a decimal comma', async () => {
    const table = await open(`a;b\n${rows(40, (i) => `${i === 3 ? 'NA' : `1.${100 + i},50 €`};${i},5 %`)}`);
    expect((await table.numbers('a'))[4]).toBe(1104.5);
    expect(table.info.columns[0]).toMatchObject({ missing: 1, failed: 0, unit: '€' });
    expect((await table.numbers('b'))[4]).toBe(4.5);
  });
});
