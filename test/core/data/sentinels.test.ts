import { describe, expect, test } from 'vitest';
import { random } from '../../../core/random';
import { scratch } from '../../corpora/open-text';

const { open } = scratch();
const stream = random(9);
const values = Array.from({ length: 200 }, () => (20 + 5 * stream.normal()).toFixed(1));
/** A column of temperatures in which every tenth cell holds the code, beside one without. */
const withCode = (code: string) =>
  `t,x\n${values.map((value, i) => `${i % 10 === 3 ? code : value},${i}`).join('\n')}\n`;

describe('codes for “no value” that are numbers', () => {
  test.each(['-999', '-9999', '-200', '9999', '999', '-99.9', '-999.0', '-1'])(
    '%s is proposed with its evidence and read as it stands',
    async (code) => {
      const table = await open(withCode(code));
      expect(table.info.proposals).toEqual([{ column: 't', token: code, count: 20, because: expect.any(String) }]);
      expect(table.info.proposals[0].because).toMatch(/^20 cells have it, the other values go from \d/);
      expect(table.info.warnings.join()).toContain(`“${code}” in “t” may stand for “no value”`);
      expect((await table.numbers('t'))[3]).toBe(Number(code));
    },
  );

  test('two codes in one column are both proposed', async () => {
    const table = await open(
      withCode('-9999').replaceAll('-9999,13\n', '-999,13\n').replaceAll('-9999,23\n', '-999,23\n'),
    );
    expect(table.info.proposals.map(({ token, count }) => [token, count])).toEqual([
      ['-9999', 18],
      ['-999', 2],
    ]);
  });

  test('ordinary columns have none: zeros, outliers, negative numbers, ages of 99, counts', async () => {
    const lines = Array.from({ length: 300 }, (_, i) => {
      const normal = stream.normal();
      return [
        i % 5 === 0 ? 0 : i,
        (normal * 100).toFixed(2),
        i === 7 ? 1e6 : i,
        i % 100,
        -1 - (i % 9),
        (normal - 1).toFixed(3),
      ].join();
    });
    const table = await open(`zero,normal,outlier,age,negative,shifted\n${lines.join('\n')}\n`);
    expect(table.info.proposals).toEqual([]);
  });

  test('one that is chosen means “no value” in its column only, and is no proposal any more', async () => {
    const text = `t,u\n${values.map((value, i) => `${i % 10 === 3 ? '-200' : value},${i === 0 ? '-200' : i}`).join('\n')}\n`;
    const table = await open(text, { missingIn: { t: ['-200'] } });
    expect(table.info.columns[0]).toMatchObject({ missing: 20, failed: 0, cells: { numbers: 180, missing: 20 } });
    expect((await table.numbers('t'))[3]).toBeNaN();
    expect((await table.numbers('u'))[0]).toBe(-200);
    expect(table.info.dialect.missingIn).toEqual({ t: ['-200'] });
    expect(table.info.proposals.map(({ column }) => column)).not.toContain('t');
  });

  test('one that is chosen and not there is said, and so is a column that is not there', async () => {
    const { info } = await open(withCode('-200'), { missingIn: { t: ['-999'], z: ['-1'] } });
    expect(info.warnings.join()).toContain('No cell of “t” is “-999”');
    expect(info.warnings.join()).toContain('There is no column “z”');
  });
});
