import { beforeEach, describe, expect, test } from 'vitest';
import type { TableInfo } from '../../../core/data/types';
import type { Reply } from '../../../core/protocol';
import { useData } from '../../../renderer/stores/data';
import { useSight } from '../../../renderer/stores/sight';
import { scripted, table } from '../runs/harness';

/** One match for each text, and every record where it stands: a core that answers as the real one does. */
function answer({ what, filter }: Record<string, unknown>): { ok: true; value: Reply<'data/find'> } {
  const sought = what as { kind: string; row?: number; text?: string };
  const hidden = (filter as unknown[]).length > 0;
  const nothing = { ok: true, value: { found: null, count: 0 } } as const;
  if (sought.kind === 'row') {
    const row = sought.row!;
    return hidden ? nothing : { ok: true, value: { found: { position: row, column: 0, row, nth: row + 1 }, count: 9 } };
  }
  return sought.text === 'nowhere' || (hidden && sought.kind === 'cells')
    ? nothing
    : { ok: true, value: { found: { position: 4, column: 1, row: 4, nth: 1 }, count: 2 } };
}

describe('the rows in sight', () => {
  let page: ReturnType<typeof scripted>;
  let sight: ReturnType<typeof useSight>;
  const [first, second] = table.columns.map(({ name }) => name);

  beforeEach(() => {
    page = scripted({ 'data/find': answer });
    page.inApp(() => {
      useData().table = table;
      sight = useSight();
    });
  });

  test('a column has one filter at a time, and sorting goes up, down and away', () => {
    sight.setFilter(first, { column: first, kind: 'missing' });
    sight.setFilter(second, { column: second, kind: 'missing' });
    sight.setFilter(first, { column: first, kind: 'range', min: 1, max: null });
    expect(sight.filters).toEqual([
      { column: second, kind: 'missing' },
      { column: first, kind: 'range', min: 1, max: null },
    ]);
    sight.setFilter(second, null);
    expect(sight.filters).toHaveLength(1);
    const seen = [1, 2, 3].map(() => {
      sight.sortBy(first);
      return sight.sort?.descending;
    });
    expect(seen).toEqual([false, true, undefined]);
  });

  test('a table read again keeps filters of columns that are still there; another table has none', () => {
    sight.setFilter(first, { column: first, kind: 'missing' });
    sight.setFilter(second, { column: second, kind: 'missing' });
    useData().table = { ...table, tableId: 'again', columns: table.columns.slice(1) } as TableInfo;
    expect(sight.filters.map(({ column }) => column)).toEqual([second]);
    useData().table = { ...table, file: { ...table.file, sha256: 'another' } };
    expect(sight.filters).toEqual([]);
  });

  test('what is looked for anew may be at the cursor; the next one is behind it', async () => {
    sight.show({ row: 2, column: 1 });
    expect(await sight.seek({ kind: 'text', text: 'x' })).toBe(true);
    expect(sight.cursor).toEqual({ row: 4, column: 1 });
    expect(sight.hit).toMatchObject({ count: 2, at: { nth: 1 } });
    await sight.seek({ kind: 'text', text: 'x' }, true);
    expect(page.asked.map(({ params }) => [params.from, params.backwards])).toEqual([
      [{ position: 2, column: 0 }, false],
      [{ position: 4, column: 1 }, true],
    ]);
  });

  test('steps that come faster than their answers are each taken', async () => {
    await Promise.all([1, 2, 3].map(() => sight.seek({ kind: 'text', text: 'x' })));
    expect(page.asked.map(({ params }) => params.from)).toEqual([
      { position: 0, column: -1 },
      { position: 4, column: 1 },
      { position: 4, column: 1 },
    ]);
  });

  test('an answer that nobody waits for any more moves nothing', async () => {
    const slow = sight.seek({ kind: 'text', text: 'x' });
    const fast = sight.seek({ kind: 'text', text: 'nowhere' });
    expect(await slow).toBe(false);
    expect(await fast).toBe(false);
    expect(sight.cursor).toEqual({ row: 0, column: 0 });
    expect(sight.hit).toMatchObject({ what: { text: 'nowhere' }, at: null, count: 0 });
  });

  test('a jump to what is known to be there takes away the filters that hide it; a search does not', async () => {
    const filter = { column: first, kind: 'missing' } as const;
    sight.setFilter(first, filter);
    expect(await sight.seek({ kind: 'row', row: 7 })).toBe(false);
    expect(sight.filters).toEqual([filter]);
    await sight.reveal(7, second);
    expect(sight.filters).toEqual([]);
    expect(sight.cursor.row).toBe(7);
    sight.setFilter(first, filter);
    expect(await sight.jump({ kind: 'cells', column: first, state: 'failed' })).toBe(true);
    expect(sight.filters).toEqual([]);
  });
});
