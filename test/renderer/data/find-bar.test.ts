import { mount } from '@vue/test-utils';
import { getActivePinia } from 'pinia';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { coreKey } from '../../../renderer/core';
import { useData } from '../../../renderer/stores/data';
import { useSight } from '../../../renderer/stores/sight';
import FindBar from '../../../renderer/views/data/grid/FindBar.vue';
import { scripted, table } from '../runs/harness';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a search that was on its way when rows were put in another order is made again', async () => {
  const found = { position: 4, column: 1, row: 4, nth: 1 };
  // The first answer never comes.
  const page = scripted({
    'data/find': () => (page.asked.length === 1 ? null : { ok: true, value: { found, count: 2 } }),
  });
  page.inApp(() => (useData().table = table));
  const bar = mount(FindBar, {
    global: { plugins: [getActivePinia()!], provide: { [coreKey as symbol]: page.core } },
  });
  await bar.get('input').setValue('USA');
  await vi.advanceTimersByTimeAsync(300);
  expect(page.asked.map(({ params }) => params.sort)).toEqual([null]);
  expect(bar.get('[role=status]').text()).toBe('Searching…');

  const [{ name: column }] = table.columns;
  page.inApp(useSight).sortBy(column);
  await vi.advanceTimersByTimeAsync(300);
  expect(page.asked.map(({ params }) => params.sort)).toEqual([null, { column, descending: false }]);
  expect(bar.get('[role=status]').text()).toBe('1 of 2');
});
