import { STRIDE } from '../../kernels/lines';
import { type Kernel, Cancelled } from '../../kernels/pass';
import { threadLines } from '../../kernels/thread-lines';
import type { MemoryRows, Rows } from '../../model/problem';
import { isInMemory, isWeighted, takenRows, takeRows, windows } from '../../model/row-windows';
import { permutation, type Random } from '../../random';

/** Rows in random order, a few at a time: every row once a pass, in a new order each pass. */
export interface MiniBatches {
  /** The next rows; overwritten by the one after. All rows, as they stand, where a batch holds as many. */
  next(): MemoryRows;
}

export function miniBatches(rows: Rows, d: number, size: number, random: Random): MiniBatches {
  const { n } = rows;
  if (size >= n) {
    const all = isInMemory(rows)
      ? rows
      : takenRows(
          rows,
          d,
          Uint32Array.from({ length: n }, (_, row) => row),
        );
    return { next: () => all };
  }
  const batch = {
    n: size,
    x: new Float64Array(size * d),
    y: new Float64Array(size),
    weights: isWeighted(rows) ? new Float64Array(size) : null,
  };
  let order = permutation(n, random);
  let at = 0;
  return {
    next() {
      // What is left of a pass when no whole batch is goes unseen: the next pass has another order.
      if (at + size > n) {
        order = permutation(n, random);
        at = 0;
      }
      takeRows(rows, d, order.subarray(at, at + size), batch);
      at += size;
      return batch;
    },
  };
}

/** The kernel's sums over a few rows, in blocks from the first to the last: a pass without the shards that spread it over threads. */
export function batchSums<P, S>(
  kernel: Kernel<P, S>,
  rows: Rows,
  d: number,
  parameters: P,
  cancel: Int32Array,
): Float64Array {
  const lines = threadLines();
  const { scratch, sums } = lines.arrays(() => ({
    scratch: kernel.scratch(lines, parameters, d),
    sums: lines.array(kernel.length(parameters, d)),
  }));
  for (const window of windows(rows, d, 0, rows.n, STRIDE)) {
    for (let from = window.from; from < window.to; from += STRIDE) {
      if (Atomics.load(cancel, 0) !== 0) throw new Cancelled();
      kernel.block(lines, window, d, from, Math.min(from + STRIDE, window.to), parameters, scratch, sums);
    }
  }
  return sums.slice();
}
