import { describe, expect, test } from 'vitest';
import type { Reply } from '../../../core/protocol';
import type { Result } from '../../../core/result';
import { cellState } from '../../../renderer/views/data/grid/cell';
import { moved } from '../../../renderer/views/data/grid/cursor';
import { createPageCache, PAGE } from '../../../renderer/views/data/grid/page-cache';
import { columnWidths } from '../../../renderer/views/data/grid/widths';
import { table } from '../runs/harness';

describe('cells', () => {
  const point = { missing: ['', '?'], decimal: '.' as const };
  const comma = { missing: [''], decimal: ',' as const };

  test('a cell is missing when it is blank or a code for no value', () => {
    expect(cellState(null, 'number', point)).toBe('missing');
    expect(cellState('  ', 'text', point)).toBe('missing');
    expect(cellState(' ? ', 'number', point)).toBe('missing');
    expect(cellState('?', 'number', comma)).toBe('failed');
  });

  test('a number is read with the table’s decimal mark only', () => {
    for (const text of ['1', '-1.5', '+.5', '2.', '1e-3']) expect(cellState(text, 'number', point)).toBe('value');
    for (const text of ['1,5', '12 kg', '1.2.3', 'e5', '.']) expect(cellState(text, 'number', point)).toBe('failed');
    expect(cellState('1,5', 'number', comma)).toBe('value');
    expect(cellState('1.5', 'number', comma)).toBe('failed');
  });

  test('zeros are told apart, and in a column of text every value is a value', () => {
    expect(cellState('0.00', 'number', point)).toBe('zero');
    expect(cellState('-0,0', 'number', comma)).toBe('zero');
    expect(cellState('0', 'text', point)).toBe('value');
  });
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

describe('the page cache', () => {
  type Page = Result<Reply<'data/page'>>;
  const page = (offset: number): Page => ({
    ok: true,
    value: {
      total: 1e6,
      rows: Array.from({ length: PAGE }, (_, i) => ({ row: offset + i, cells: [`${offset + i}`] })),
    },
  });
  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

  test('fetches the pages in sight once and gives their rows', async () => {
    const asked: number[] = [];
    const cache = createPageCache(async (offset) => {
      asked.push(offset);
      return page(offset);
    });
    cache.need(PAGE - 5, PAGE + 5);
    cache.need(PAGE - 5, PAGE + 5);
    expect(cache.row(PAGE)).toBeNull();
    await settled();
    expect(asked).toEqual([0, PAGE]);
    expect(cache.row(PAGE + 3)?.row).toBe(PAGE + 3);
  });

  test('forgets what was seen longest ago, so that a long scroll does not fill the memory', async () => {
    const cache = createPageCache(async (offset) => page(offset));
    for (let at = 0; at < 60; at++) {
      cache.need(at * PAGE, at * PAGE);
      await settled();
    }
    expect(cache.row(0)).toBeNull();
    expect(cache.row(59 * PAGE)?.row).toBe(59 * PAGE);
  });

  test('an answer about another table or order is dropped', async () => {
    const answers: ((page: Page) => void)[] = [];
    const cache = createPageCache(() => new Promise((resolve) => answers.push(resolve)));
    cache.need(0, 0);
    cache.clear();
    answers[0](page(0));
    await settled();
    expect(cache.row(0)).toBeNull();
    cache.need(0, 0);
    expect(answers).toHaveLength(2);
  });
});

describe('column widths', () => {
  test('columns share the room that is left exactly, and keep their width when there is none', () => {
    const wide = columnWidths(table.columns, 900);
    expect(wide.reduce((sum, width) => sum + width, 0)).toBe(900);
    const narrow = columnWidths(table.columns, 100);
    expect(Math.min(...narrow)).toBeGreaterThanOrEqual(84);
  });
});
