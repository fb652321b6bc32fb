import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connected, openDatabase } from '../../../../core/data/database';
import { scratch } from '../../../corpora/open-text';

const { attempt, folder, open, tempFolder } = scratch();

/** A Parquet file of a query. */
async function parquet(query: string): Promise<Buffer> {
  const path = join(folder, 'written.parquet');
  const database = await openDatabase(tempFolder);
  await connected(database, (connection) => connection.run(`copy (${query}) to '${path}' (format parquet)`));
  database.closeSync();
  return readFileSync(path);
}

async function cells(query: string) {
  const table = await open(await parquet(query));
  const page = await table.page(0, 100);
  if (!page.ok) throw new Error(page.error.message);
  return { table, info: table.info, rows: page.value.rows.map((row) => row.cells) };
}

test('every type of single values is text that loses nothing', async () => {
  const { rows, table } = await cells(`select * from (values
    (0.1::double, 0.1::float, 1::tinyint, 9007199254740993::bigint, 12.50::decimal(9, 3), true, date '2020-02-29', timestamp '2020-02-29 12:30:00.5',
     timestamptz '2020-02-29 12:30:00+02', time '10:11:12', 'ä, "b"', 'x'::enum('x', 'y[]'), '') ,
    (1e300, -0.5, -1, 0, 0, false, date '1999-12-31', timestamp '2020-01-01', timestamptz '2020-01-01 00:00:00+00', time '00:00:00', 'NA', 'y[]', null))
    as t(d, f, i, b, m, o, day, moment, zoned, clock, word, e, nothing)`);
  expect(rows).toEqual([
    [
      '0.1',
      '0.10000000149011612',
      '1',
      '9007199254740993',
      '12.500',
      'true',
      '2020-02-29',
      '2020-02-29 12:30:00.5',
      '2020-02-29 10:30:00',
      '10:11:12',
      'ä, "b"',
      'x',
      null,
    ],
    [
      '1e+300',
      '-0.5',
      '-1',
      '0',
      '0.000',
      'false',
      '1999-12-31',
      '2020-01-01 00:00:00',
      '2020-01-01 00:00:00',
      '00:00:00',
      'NA',
      'y[]',
      null,
    ],
  ]);
  expect([...(await table.numbers('d'))]).toEqual([0.1, 1e300]);
  expect([...(await table.numbers('f'))]).toEqual([Math.fround(0.1), -0.5]);
});

test('doubles of every size come back bit for bit', async () => {
  const { table } = await cells('select sin(i) * pow(10, i % 600 - 300) as x, i as y from range(5000) t(i)');
  const expected = await open(`x,y\n${[...(await table.numbers('x'))].map((x, i) => `${x},${i}`).join('\n')}\n`);
  expect(await table.numbers('x')).toEqual(await expected.numbers('x'));
  const database = await openDatabase(tempFolder);
  const direct = await connected(
    database,
    async (connection) =>
      (await connection.runAndReadAll('select sin(i) * pow(10, i % 600 - 300) from range(5000) t(i)')).getColumns()[0],
  );
  database.closeSync();
  expect([...(await table.numbers('x'))]).toEqual(direct);
});

test('nulls are missing, types are found as in text, and there is nothing to decide but missing values', async () => {
  const { info } = await cells(
    "select i % 3 as small, case when i % 2 = 0 then i end as half, 'g' || (i % 2) as g from range(40) t(i)",
  );
  expect(info.columns.map(({ name, type, missing }) => [name, type, missing])).toEqual([
    ['small', 'number', 0],
    ['half', 'number', 20],
    ['g', 'category', 0],
  ]);
  expect(info.decisions.map(({ id }) => id)).toEqual(['missing']);
  expect(info).toMatchObject({ rows: 40, lines: 40 });
});

test('columns with several values in a cell are left out, and said', async () => {
  const { info } = await cells("select i as x, [i, i] as l, {'a': i} as s, i as y from range(9) t(i)");
  expect(info.columns.map(({ name }) => name)).toEqual(['x', 'y']);
  expect(info.warnings).toContain(
    '2 columns hold several values in a cell, and were left out: “l” (lists), “s” (values with members).',
  );
  expect(await attempt(await parquet('select [1, 2] as l'), {}, 'l.parquet')).toMatchObject({
    error: { code: 'parquet/no-columns' },
  });
});

test('names are data, whatever is in them', async () => {
  const { info } = await cells(`select 1 as "a""; drop table cells; --", 2 as "p0", 3 as "b, c"`);
  expect(info.columns.map(({ name }) => name)).toEqual(['a"; drop table cells; --', 'p0', 'b, c']);
});

test('its first rows can be looked at, its lines cannot: there are none', async () => {
  const { table } = await cells("select i as x, 'a,b' as y from range(3) t(i)");
  expect(await table.raw(2)).toMatchObject({ ok: true, value: [{ cells: ['x', 'y'] }, { cells: ['0', 'a,b'] }] });
  expect(await table.raw(2, 2)).toMatchObject({ ok: false, error: { code: 'data/no-lines' } });
});

test('a damaged one, one without rows and a choice it does not have are sentences', async () => {
  const whole = await parquet('select i as x from range(1000) t(i)');
  expect(await attempt(whole.subarray(0, whole.length - 20))).toMatchObject({ ok: false });
  const damaged = Buffer.from(whole);
  damaged.fill(0xff, whole.length - 60, whole.length - 20);
  expect(await attempt(damaged, {}, 'd.parquet')).toMatchObject({ error: { code: 'parquet/damaged' } });
  expect(await attempt(await parquet('select 1 as x where false'))).toMatchObject({
    error: { code: 'parquet/no-rows' },
  });
  expect(await attempt(whole, { decimal: ',' })).toMatchObject({ error: { code: 'file/no-such-choice' } });
});

const flights = join(import.meta.dirname, '../../../../node_modules/vega-datasets/data/flights-3m.parquet');
test.skipIf(!existsSync(flights))('a real table of three million rows opens', { timeout: 300_000 }, async () => {
  const { info } = await open(readFileSync(flights));
  expect(info.rows).toBe(3_000_000);
  expect(info.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
    'date date',
    'delay number',
    'distance number',
    'origin text',
    'destination text',
  ]);
});
