import { mount } from '@vue/test-utils';
import { expect, test } from 'vitest';
import type { ColumnInfo } from '../../../core/data/types';
import ColumnHistogram from '../../../renderer/views/data/ColumnHistogram.vue';
import { table } from '../runs/harness';

/** Where the labels stand, in percent of the plot's width. */
function labels(edges: number[], integer: boolean): Record<string, number> {
  const [column] = table.columns.filter(({ type }) => type === 'number');
  const shown = {
    ...column,
    summary: { ...column.summary!, integer },
    histogram: { edges, counts: edges.slice(1).map((_, i) => i + 1) },
  } satisfies ColumnInfo;
  const ticks = mount(ColumnHistogram, { props: { column: shown } }).findAll('.ticks span');
  return Object.fromEntries(
    ticks.map((tick) => [tick.text(), Number.parseFloat((tick.element as HTMLElement).style.left)]),
  );
}

test('the bar of a whole number carries its label in its middle, and halves are not labelled', () => {
  const found = labels([0.5, 1.5, 2.5, 3.5], true);
  expect(Object.keys(found)).toEqual(['1', '2', '3']);
  expect(found['1']).toBeCloseTo(100 / 6, 3);
  expect(found['3']).toBeCloseTo(500 / 6, 3);
});

test('other numbers stand where they are between the edges', () => {
  expect(labels([0, 0.5, 1], false)).toMatchObject({ '0': 0, '1': 100 });
});
