import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { blockRows, type Kernel, neverCancelled, pass, shardsOf } from '../../../core/kernels/pass';
import { windowRows } from '../../../core/model/row-windows';
import { WINDOW_BYTES } from '../../../core/model/row-file';
import { random } from '../../../core/random';
import { privateTempFolder } from '../../../core/temp-folder';
import { rowFile } from '../row-file';

const temp = privateTempFolder();
afterAll(temp.remove);

/** The last digits of its sums say how the rows were cut into blocks. */
const blockwise: Kernel<null> = {
  name: 'blockwise',
  length: () => 2,
  work: () => 3e6,
  scratch: () => null,
  block(_lines, rows, d, from, to, _parameters, _scratch, sums) {
    let own = 0;
    for (let r = from - rows.first; r < to - rows.first; r++)
      own += (rows.weights?.[r] ?? 1) * rows.x[r * d] * rows.y[r];
    sums[0] += own;
    sums[1] += Math.sin(own + from);
  },
};

test('a shard of several windows has the blocks, and so the digits, of the same rows in memory', () => {
  const [n, d] = [256, 3000];
  const stream = random(2);
  const rows = {
    n,
    x: Float64Array.from({ length: n * d }, () => stream.normal()),
    y: Float64Array.from({ length: n }, () => 1e5 * stream.normal()),
    weights: Float64Array.from({ length: n }, () => stream.uniform()),
  };
  expect(windowRows(WINDOW_BYTES, d, blockRows(3e6))).toBeLessThan(n / shardsOf(n));
  const file = rowFile(join(temp.path, 'wide'), rows, d);
  expect(pass(blockwise, file, d, null, neverCancelled())).toEqual(pass(blockwise, rows, d, null, neverCancelled()));
});
