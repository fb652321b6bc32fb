import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Params } from '../../../core/protocol';
import { createSession, type Session } from '../../../core/service/session';
import { inlinePool } from '../../../core/work';

const folder = mkdtempSync(join(tmpdir(), 'moe-lab-views-'));
const opened = {} as { session: Session; tableId: string };

/** 300 rows: y falls with x, with a gap in each, and a group that is known for all but one. */
const csv = [
  'x,y,group',
  ...Array.from({ length: 300 }, (_, i) => {
    const x = i === 7 ? '' : i;
    const y = i === 9 ? '?' : (100 - i / 10).toFixed(1);
    return `${x},${y},${i === 11 ? '' : i % 3 === 0 ? 'b' : 'a'}`;
  }),
].join('\n');

beforeAll(async () => {
  const path = join(folder, 'views.csv');
  writeFileSync(path, csv);
  const now = () => 0;
  const session = createSession(
    {
      grants: new Map([['file', { name: 'views.csv', path }]]),
      samples: { list: [], path: () => null },
      tempFolder: folder,
      pool: inlinePool(now),
      memory: { bytes: 1e9 },
      now,
      log: () => undefined,
    },
    () => undefined,
  );
  const table = await session.handlers['data/open']({ source: { kind: 'grant', id: 'file' }, dialect: {} });
  if (!table.ok) throw new Error(table.error.message);
  Object.assign(opened, { session, tableId: table.value.tableId });
});
afterAll(() => {
  opened.session.close();
  rmSync(folder, { recursive: true, force: true });
});

async function points(change: Partial<Params<'data/points'>>) {
  const { session, tableId } = opened;
  const reply = await session.handlers['data/points']({
    tableId,
    columns: ['x', 'y'],
    by: 'group',
    limit: 5000,
    ...change,
  });
  return reply.ok ? reply.value : Promise.reject(new Error(reply.error.message));
}

async function correlations(change: Partial<Params<'data/correlations'>>) {
  const { session, tableId } = opened;
  const reply = await session.handlers['data/correlations']({
    tableId,
    columns: ['x', 'y'],
    kind: 'pearson',
    ...change,
  });
  return reply.ok ? reply.value : Promise.reject(new Error(reply.error.message));
}

test('points are the rows with a value on both axes; a category is told by its levels, the most frequent first', async () => {
  const { total, of, row, columns, by, levels } = await points({});
  expect({ total, of, drawn: row.length, levels }).toEqual({ total: 300, of: 298, drawn: 298, levels: [null, null] });
  expect([...row]).not.toContain(7);
  expect([...row]).not.toContain(9);
  const at = row.indexOf(12);
  expect([columns[0][at], columns[1][at]]).toEqual([12, 98.8]);
  expect(by!.levels).toEqual(['a', 'b']);
  expect([by!.values[at], by!.values[row.indexOf(13)], by!.values[row.indexOf(11)]]).toEqual([1, 0, Number.NaN]);
});

test('of many rows as many as asked for are drawn, the same ones each time', async () => {
  const first = await points({ limit: 40 });
  expect([first.of, first.row.length]).toEqual([298, 40]);
  expect((await points({ limit: 40 })).row).toEqual(first.row);
});

test('points and correlations keep to the rows that a filter shows', async () => {
  const filter = [{ column: 'x', kind: 'range' as const, min: 0, max: 19 }];
  const { total, of } = await points({ filter });
  expect([total, of]).toEqual([19, 18]);
  const { rows, counts } = await correlations({ filter });
  expect([rows, ...counts]).toEqual([19, 19, 18, 18, 18]);
});

test('correlations are over the rows that have both, and say how many', async () => {
  const { rows, values, counts } = await correlations({});
  expect(rows).toBe(300);
  expect([...counts]).toEqual([299, 298, 298, 299]);
  expect(values[1]).toBeCloseTo(-1, 12);
  expect((await correlations({ kind: 'spearman' })).values[1]).toBeCloseTo(-1, 12);
});

test('a column that is not there, and a correlation of texts, are refused in a sentence', async () => {
  await expect(points({ columns: ['z'] })).rejects.toThrow('The table has no column “z” to draw.');
  await expect(correlations({ columns: ['x', 'group'] })).rejects.toThrow('“group” is not a column of numbers');
});
