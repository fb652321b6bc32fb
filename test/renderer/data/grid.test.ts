import { describe, expect, test } from 'vitest';
import type { ColumnInfo } from '../../../core/data/types';
import { cellState } from '../../../renderer/views/data/grid/cell';
import { moved } from '../../../renderer/views/data/grid/cursor';
import { columnWidths, rowHeadWidth } from '../../../renderer/views/data/grid/widths';
import { table } from '../runs/harness';

test('a cell shows as what it was read as; a column used as a category has no numbers to fail', () => {
  const shown = (type: 'number' | 'category' | 'date') => ['v', '0', 'm', 'f'].map((letter) => cellState(letter, type));
  expect(shown('number')).toEqual(['value', 'zero', 'missing', 'failed']);
  expect(shown('category')).toEqual(['value', 'value', 'missing', 'value']);
  expect(shown('date')).toEqual(['value', 'value', 'missing', 'failed']);
});

describe('the cursor', () => {
  const extent = { rows: 1000, columns: 5, page: 20 };
  const at = (row: number, column: number) => ({ row, column });

  test('moves as the ARIA grid pattern says', () => {
    expect(moved(at(3, 2), 'ArrowDown', false, extent)).toEqual(at(4, 2));
    expect(moved(at(3, 2), 'PageDown', false, extent)).toEqual(at(23, 2));
    expect(moved(at(3, 2), 'Home', false, extent)).toEqual(at(3, 0));
    expect(moved(at(3, 2), 'End', false, extent)).toEqual(at(3, 4));
    expect(moved(at(3, 2), 'Home', true, extent)).toEqual(at(0, 0));
    expect(moved(at(3, 2), 'End', true, extent)).toEqual(at(999, 4));
    expect(moved(at(3, 2), 'ArrowUp', true, extent)).toEqual(at(-1, 2));
  });

  test('never leaves the grid; above the first row are the heads', () => {
    expect(moved(at(0, 0), 'ArrowUp', false, extent)).toEqual(at(-1, 0));
    expect(moved(at(-1, 0), 'ArrowUp', false, extent)).toEqual(at(-1, 0));
    expect(moved(at(-1, 0), 'ArrowLeft', false, extent)).toEqual(at(-1, 0));
    expect(moved(at(995, 4), 'PageDown', false, extent)).toEqual(at(999, 4));
    expect(moved(at(-1, 0), 'PageDown', false, extent)).toEqual(at(20, 0));
  });

  test('leaves other keys alone', () => {
    expect(moved(at(0, 0), 'a', false, extent)).toBeNull();
  });
});

describe('column widths', () => {
  test('columns share the room that is left exactly, and keep their width when there is none', () => {
    const wide = columnWidths(table.columns, 900);
    expect(wide.reduce((sum, width) => sum + width, 0)).toBe(900);
    const narrow = columnWidths(table.columns, 100);
    expect(Math.min(...narrow)).toBeGreaterThanOrEqual(84);
  });

  test('a table that nearly fits is made to fit: long values give way, names and short values do not', () => {
    const long = { min: 2.33, q25: 23.7071, median: 34.4427739999, q75: 46.1, max: 82.6 } as ColumnInfo['summary'];
    const columns = [...table.columns, { ...table.columns[0], name: 'long', label: 'Strength', summary: long }];
    const wanted = columnWidths(columns, 1).reduce((sum, width) => sum + width, 0);
    const widths = columnWidths(columns, wanted - 40);
    expect(widths.reduce((sum, width) => sum + width, 0)).toBe(wanted - 40);
    expect(widths.slice(0, 3)).toEqual(columnWidths(columns, 1).slice(0, 3));
  });

  test('a name has room for its longer line of two', () => {
    const named = (label: string) => ({ ...table.columns[0], label });
    const [short, long] = columnWidths([named('Blast Furnace Slag'), named('Blast Furnace Slag Sum')], 1);
    expect(short).toBeLessThan(long);
  });

  test('a date of ten characters is not cut, however many columns there are', () => {
    const date = { ...table.columns[0], label: 'on', summary: null, levels: [{ value: '1990-01-08', count: 3 }] };
    // 84.3 pixels in the browser, beside two paddings of 8 and a line.
    expect(columnWidths([date], 1)[0]).toBeGreaterThanOrEqual(84.3 + 17);
  });

  test('row numbers have room, up to the last', () => {
    expect(rowHeadWidth(12)).toBe(44);
    expect(rowHeadWidth(1_000_000)).toBeGreaterThan(rowHeadWidth(99_999));
  });
});
