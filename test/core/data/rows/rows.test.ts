import { describe, expect, test } from 'vitest';
import type { Sight, Table } from '../../../../core/data/table';
import type { RowFilter, Sought } from '../../../../core/data/rows/types';
import { scratch } from '../../../corpora/open-text';

const { open } = scratch();

const people = `name,age,city
Ann,31,Köln
Bob,?,Berlin
Cy,28,köln
Dan,old,Bonn
Eve,,Berlin
Fay,40.5,
Gus,12,Berlin
Hal,33,Köln
Ida,29,Bonn
Jan,30,Bonn
Kit,27,Bonn
Lea,26,Bonn
Max,25,Bonn
Ned,24,Bonn
Ole,23,Bonn
Pia,22,Bonn
Quin,21,Bonn
Ria,20,Bonn
Sam,19,Bonn
Tim,18,Bonn
Una,17,Bonn
Vic,16,Bonn
`;

async function rows(table: Table, sight: Sight): Promise<{ rows: number[]; total: number }> {
  const page = await table.page(0, 100, sight);
  if (!page.ok) throw new Error(page.error.message);
  return { rows: page.value.rows.map(({ row }) => row), total: page.value.total };
}

describe('filters', () => {
  test('each shows the rows it names and no others', async () => {
    const table = await open(people);
    const seen = async (...filter: RowFilter[]) => (await rows(table, { filter })).rows;
    expect(await seen({ column: 'age', kind: 'range', min: 30, max: null })).toEqual([0, 5, 7, 9]);
    expect(await seen({ column: 'age', kind: 'range', min: 30, max: 31 })).toEqual([0, 9]);
    expect(await seen({ column: 'age', kind: 'range', min: null, max: 17 })).toEqual([6, 20, 21]);
    expect(await seen({ column: 'city', kind: 'values', values: ['Köln', 'Berlin'] })).toEqual([0, 1, 4, 6, 7]);
    expect(await seen({ column: 'city', kind: 'values', values: [] })).toEqual([]);
    expect(await seen({ column: 'age', kind: 'missing' })).toEqual([1, 4]);
    expect(await seen({ column: 'age', kind: 'failed' })).toEqual([3]);
    expect(await seen({ column: 'city', kind: 'failed' })).toEqual([]);
    expect(await seen({ column: 'city', kind: 'contains', text: 'KÖL' })).toEqual([0, 2, 7]);
    expect(
      await seen(
        { column: 'city', kind: 'values', values: ['Berlin'] },
        { column: 'age', kind: 'range', min: null, max: null },
      ),
    ).toEqual([6]);
  });

  test('a filtered table is sorted and paged like the whole one, and counts its own rows', async () => {
    const table = await open(people);
    const filter: RowFilter[] = [{ column: 'city', kind: 'values', values: ['Köln', 'Berlin'] }];
    expect(await rows(table, { filter, sort: { column: 'age', descending: true } })).toEqual({
      rows: [1, 4, 7, 0, 6],
      total: 5,
    });
    expect(await table.page(3, 10, { filter })).toMatchObject({ value: { total: 5, rows: [{ row: 6 }, { row: 7 }] } });
    expect(await table.page(9, 10, { filter })).toMatchObject({ value: { total: 5, rows: [] } });
  });

  test('a text of the user is never more than a text, and an unknown column is told', async () => {
    const table = await open(people);
    const hostile = `'); drop table cells; --`;
    expect((await rows(table, { filter: [{ column: 'name', kind: 'contains', text: hostile }] })).rows).toEqual([]);
    expect((await rows(table, { filter: [{ column: 'name', kind: 'values', values: [hostile] }] })).rows).toEqual([]);
    expect((await rows(table, {})).total).toBe(22);
    expect(await table.page(0, 1, { filter: [{ column: 'none', kind: 'missing' }] })).toMatchObject({
      error: { code: 'data/unknown-column' },
    });
  });
});

test('a page says what each cell is to its column', async () => {
  const table = await open('n,t,p\n0,0,"1,234"\n?,?,\n1e3,x,"5,678"\nold,y,"1,111,222"\n' + '7,z,"1,000"\n'.repeat(20));
  const page = await table.page(0, 4);
  expect(page.ok && page.value.rows.map(({ states }) => states)).toEqual(['0vv', 'mmm', 'vvv', 'fvv']);
});

describe('find', () => {
  const text = (value: string): Sought => ({ kind: 'text', text: value });
  async function find(table: Table, what: Sought, from: [number, number], backwards = false, sight: Sight = {}) {
    const reply = await table.find(what, sight, { position: from[0], column: from[1] }, backwards);
    if (!reply.ok) throw new Error(reply.error.message);
    const { found, count } = reply.value;
    return found ? [found.position, found.column, found.row, found.nth, count] : count;
  }

  test('goes from match to match in reading order, both ways, and round the end', async () => {
    const table = await open('a,b,c\nx,y,X\nz,z,z\nz,ax,z\n');
    const places = [
      [0, 0, 0, 1, 3],
      [0, 2, 0, 2, 3],
      [2, 1, 2, 3, 3],
    ];
    expect(await find(table, text('x'), [0, -1])).toEqual(places[0]);
    expect(await find(table, text('x'), [0, 0])).toEqual(places[1]);
    expect(await find(table, text('X'), [0, 2])).toEqual(places[2]);
    expect(await find(table, text('x'), [2, 1])).toEqual(places[0]);
    expect(await find(table, text('x'), [0, 0], true)).toEqual(places[2]);
    expect(await find(table, text('x'), [2, 1], true)).toEqual(places[1]);
    expect(await find(table, text('x'), [0, 2], true)).toEqual(places[0]);
    expect(await find(table, text('nowhere'), [1, 1])).toBe(0);
  });

  test('a single match is found again from itself', async () => {
    const table = await open('a,b\n1,x\n2,y\n3,z\n');
    for (const backwards of [false, true])
      expect(await find(table, text('y'), [1, 1], backwards)).toEqual([1, 1, 1, 1, 1]);
  });

  test('looks only at what is in sight, in its order', async () => {
    const table = await open(people);
    const sight: Sight = {
      filter: [{ column: 'city', kind: 'contains', text: 'köln' }],
      sort: { column: 'age', descending: true },
    };
    // In sight: Hal 33, Ann 31, Cy 28.
    expect(await find(table, text('a'), [0, -1], false, sight)).toEqual([0, 0, 7, 1, 2]);
    expect(await find(table, text('a'), [0, 0], false, sight)).toEqual([1, 0, 0, 2, 2]);
    expect(await find(table, { kind: 'row', row: 2 }, [0, 1], false, sight)).toEqual([2, 1, 2, 3, 3]);
    expect(await find(table, { kind: 'row', row: 1 }, [0, 1], false, sight)).toBe(3);
    expect(await find(table, { kind: 'row', row: 1 }, [0, 1])).toEqual([1, 1, 1, 2, 22]);
    expect(await find(table, { kind: 'row', row: 22 }, [0, 1])).toBe(22);
  });

  test('the receipt’s counts are the numbers of cells that a jump finds', async () => {
    const table = await open(people);
    for (const { name, cells } of table.info.columns) {
      const counts = { number: cells.numbers, text: cells.texts, missing: cells.missing, failed: cells.failed };
      for (const [state, count] of Object.entries(counts)) {
        const what = { kind: 'cells', column: name, state: state as keyof typeof counts } as const;
        expect(await table.find(what, {}, { position: 0, column: -1 }, false)).toMatchObject({ value: { count } });
      }
    }
    expect(await find(table, { kind: 'cells', column: 'age', state: 'failed' }, [0, -1])).toEqual([3, 1, 3, 1, 1]);
  });
});

describe('values of a column', () => {
  test('come with their counts, the most frequent first, page by page', async () => {
    const table = await open(people);
    expect(await table.levels('city', '', 0, 2)).toEqual({
      ok: true,
      value: {
        total: 4,
        levels: [
          { value: 'Bonn', count: 15 },
          { value: 'Berlin', count: 3 },
        ],
      },
    });
    expect(await table.levels('city', 'kö', 1, 5)).toEqual({
      ok: true,
      value: { total: 2, levels: [{ value: 'köln', count: 1 }] },
    });
    expect(await table.levels('city', '', 9, 5)).toEqual({ ok: true, value: { total: 4, levels: [] } });
    expect(await table.levels('city', 'zebra', 0, 5)).toEqual({ ok: true, value: { total: 0, levels: [] } });
    expect(await table.levels('none', '', 0, 1)).toMatchObject({ error: { code: 'data/unknown-column' } });
  });
});
