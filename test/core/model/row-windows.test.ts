import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { MemoryRows } from '../../../core/model/problem';
import { UnreadableRows, WINDOW_BYTES } from '../../../core/model/row-file';
import {
  framedRows,
  rowsOfGroup,
  takenRows,
  weightOf,
  weightsOf,
  windowRows,
  windows,
} from '../../../core/model/row-windows';
import { random } from '../../../core/random';
import { privateTempFolder } from '../../../core/temp-folder';
import { rowFile } from '../row-file';

const temp = privateTempFolder();
afterAll(temp.remove);

const d = 3;

function rowsOf(n: number, weighted: boolean): MemoryRows {
  const draw = random(n);
  return {
    n,
    x: Float64Array.from({ length: n * d }, () => draw.normal()),
    y: Float64Array.from({ length: n }, () => draw.normal()),
    weights: weighted ? Float64Array.from({ length: n }, () => draw.uniform()) : null,
  };
}

/** All that the windows show, one after the other. */
function shown(rows: Parameters<typeof windows>[0], from = 0, to = rows.n, step = 1) {
  const all = { x: [] as number[], y: [] as number[], weights: [] as number[], cuts: [] as number[] };
  for (const window of windows(rows, d, from, to, step)) {
    const [begin, end] = [window.from - window.first, window.to - window.first];
    window.x.subarray(begin * d, end * d).forEach((value) => all.x.push(value));
    window.y.subarray(begin, end).forEach((value) => all.y.push(value));
    window.weights?.subarray(begin, end).forEach((value) => all.weights.push(value));
    all.cuts.push(window.from);
  }
  return all;
}

describe.each([
  ['rows', true],
  ['rows', false],
  ['columns', true],
  ['columns', false],
] as const)('a file by %s, with weights: %s', (order, weighted) => {
  test('shows the numbers of the rows in memory, whatever range is asked for', () => {
    const rows = rowsOf(500, weighted);
    const file = rowFile(join(temp.path, `${order}-${weighted}`), rows, d, order, 640);
    for (const [from, to] of [
      [0, 500],
      [17, 18],
      [100, 403],
    ]) {
      expect(shown(file, from, to)).toEqual(shown(rows, from, to));
    }
    expect(weightOf(file, d)).toBe(weightOf(rows, d));
    expect(takenRows(file, d, [7, 3, 3, 499])).toEqual(takenRows(rows, d, [7, 3, 3, 499]));
  });
});

test('more rows than a window holds come in several, cut at whole steps from the first row', () => {
  const n = windowRows(WINDOW_BYTES, d, 128) + 1000;
  const rows = rowsOf(n, false);
  const file = rowFile(join(temp.path, 'long'), rows, d);
  const found = shown(file, 5, n, 128);
  expect(found.cuts).toEqual([5, 5 + windowRows(WINDOW_BYTES, d, 128)]);
  expect((found.cuts[1] - found.cuts[0]) % 128).toBe(0);
  expect(found.y).toEqual([...rows.y.subarray(5)]);
  expect(shown(rows).cuts).toEqual([0]);
});

test('a frame gives the same digits where rows are read as where they are copied, and frames follow one another', () => {
  const rows = rowsOf(50, true);
  const file = rowFile(join(temp.path, 'framed'), rows, d, 'columns');
  const first = { centers: Float64Array.of(1, 0, -2, 0), scales: Float64Array.of(3, 1, 0.7, 1) };
  const second = { centers: Float64Array.of(0, 0, 0, 5), scales: Float64Array.of(1, 1.3, 1, 11) };
  const both = (of: Parameters<typeof framedRows>[0]) => framedRows(framedRows(of, d, first), d, second);
  expect(shown(both(file))).toEqual(shown(both(rows)));
  expect(shown(both(rows)).x[0]).not.toBe(rows.x[0]);
});

test('a file that is gone or cut short is told with its path and what to do', () => {
  const rows = rowsOf(20, false);
  const file = rowFile(join(temp.path, 'short'), rows, d);
  truncateSync(file.file.path, 100);
  expect(() => shown(file)).toThrow(UnreadableRows);
  expect(() => shown(file)).toThrow(/short.*ends too early.*run the fit again/);
  const gone = { ...file, file: { ...file.file, path: join(temp.path, 'gone') } };
  expect(() => takenRows(gone, d, [0])).toThrow(/ENOENT/);
});

test.each([true, false])('the rows of a group are all rows, those of others of weight 0: weighted %s', (weighted) => {
  const rows = rowsOf(50, weighted);
  const file = rowFile(join(temp.path, `group-${weighted}`), rows, d);
  const labels = Int32Array.from({ length: 50 }, (_, r) => r % 3);
  const [there, here] = [rowsOfGroup(file, labels, 1), rowsOfGroup(rows, labels, 1)];
  expect(shown(there)).toEqual(shown(here));
  expect(weightOf(there, d)).toBe(weightOf(here, d));
  expect(takenRows(there, d, [4, 5])).toEqual(takenRows(here, d, [4, 5]));
  expect(weightsOf(there, d)?.slice(0, 5)).toEqual(
    Float64Array.of(0, rows.weights?.[1] ?? 1, 0, 0, rows.weights?.[4] ?? 1),
  );
});
