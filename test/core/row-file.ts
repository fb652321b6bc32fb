import { writeFileSync } from 'node:fs';
import type { FileRows, MemoryRows } from '../../core/model/problem';
import { WINDOW_BYTES } from '../../core/model/row-file';

/** Rows in memory as a file of rows, at a path of the test's own. */
export function rowFile(
  path: string,
  { n, x, y, weights }: MemoryRows,
  d: number,
  order: 'rows' | 'columns' = 'rows',
  room = n,
): FileRows {
  const numbers = new Float64Array((d + 2) * room).fill(Number.NaN);
  for (let r = 0; r < n; r++)
    for (let j = 0; j < d; j++) numbers[order === 'rows' ? r * d + j : j * room + r] = x[r * d + j];
  numbers.set(y, d * room);
  if (weights) numbers.set(weights, (d + 1) * room);
  writeFileSync(path, new Uint8Array(numbers.buffer));
  return { n, file: { path, room, order, weighted: weights !== null, window: WINDOW_BYTES, frames: [] }, facts: null };
}
