import { expect, test } from 'vitest';
import type { Result } from '../../core/result';
import { createPageCache, PAGE, pageRows } from '../../renderer/page-cache';

interface Row {
  readonly row: number;
}
type Page = Result<{ total: number; rows: readonly Row[] }>;
const page = (offset: number): Page => ({
  ok: true,
  value: {
    total: 1e6,
    rows: Array.from({ length: PAGE }, (_, i) => ({ row: offset + i })),
  },
});
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

test('fetches the pages in sight once and gives their rows', async () => {
  const asked: number[] = [];
  const cache = createPageCache<Row>(async (offset) => {
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
  const cache = createPageCache<Row>(async (offset) => page(offset));
  for (let at = 0; at < 60; at++) {
    cache.need(at * PAGE, at * PAGE);
    await settled();
  }
  expect(cache.row(0)).toBeNull();
  expect(cache.row(59 * PAGE)?.row).toBe(59 * PAGE);
});

test('an answer about another table or order is dropped', async () => {
  const answers: ((page: Page) => void)[] = [];
  const cache = createPageCache<Row>(() => new Promise((resolve) => answers.push(resolve)));
  cache.need(0, 0);
  cache.clear();
  answers[0](page(0));
  await settled();
  expect(cache.row(0)).toBeNull();
  cache.need(0, 0);
  expect(answers).toHaveLength(2);
});

test('a page that could not be fetched says why, and is asked for again when it is next in sight', async () => {
  const error = { code: 'table/closed', message: 'The table is no longer open.' };
  let fails = true;
  const cache = createPageCache<Row>(async (offset) => (fails ? { ok: false, error } : page(offset)));
  cache.need(0, 0);
  await settled();
  expect(cache.error.value).toEqual(error);
  fails = false;
  cache.need(0, 0);
  await settled();
  expect(cache.error.value).toBeNull();
  expect(cache.total.value).toBe(1e6);
});

test('a page of a wide table has fewer rows, so that an answer is read in a moment', async () => {
  expect([pageRows(1), pageRows(12), pageRows(24), pageRows(500)]).toEqual([PAGE, PAGE, 100, 8]);
  const asked: [number, number][] = [];
  const cache = createPageCache<Row>(
    async (offset, limit) => {
      asked.push([offset, limit]);
      return page(offset);
    },
    () => pageRows(500),
  );
  cache.need(10, 20);
  await settled();
  expect(asked).toEqual([
    [8, 8],
    [16, 8],
  ]);
  expect([cache.row(8)?.row, cache.row(20)?.row]).toEqual([8, 20]);
});
