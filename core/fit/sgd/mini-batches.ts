import { type Kernel, Cancelled } from '../../kernels/pass';
import type { Rows } from '../../model/problem';
import { permutation, type Random } from '../../random';

/** Rows in random order, a few at a time: every row once a pass, in a new order each pass. */
export interface MiniBatches {
  /** The next rows; overwritten by the one after. All rows, as they stand, where a batch holds as many. */
  next(): Rows;
}

export function miniBatches(rows: Rows, d: number, size: number, random: Random): MiniBatches {
  const { n, x, y, weights } = rows;
  if (size >= n) return { next: () => rows };
  const batch = {
    n: size,
    x: new Float64Array(size * d),
    y: new Float64Array(size),
    weights: weights && new Float64Array(size),
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
      for (let b = 0; b < size; b++) {
        const row = order[at + b];
        for (let j = 0; j < d; j++) batch.x[b * d + j] = x[row * d + j];
        batch.y[b] = y[row];
        if (batch.weights && weights) batch.weights[b] = weights[row];
      }
      at += size;
      return batch;
    },
  };
}

const BLOCK_ROWS = 128;

/** The kernel's sums over a few rows, in blocks from the first to the last: a pass without the shards that spread it over threads. */
export function batchSums<P, S>(
  kernel: Kernel<P, S>,
  rows: Rows,
  d: number,
  parameters: P,
  cancel: Int32Array,
): Float64Array {
  const sums = new Float64Array(kernel.length(parameters, d));
  const scratch = kernel.scratch(parameters, d, BLOCK_ROWS);
  for (let from = 0; from < rows.n; from += BLOCK_ROWS) {
    if (Atomics.load(cancel, 0) !== 0) throw new Cancelled();
    kernel.block(rows, d, from, Math.min(from + BLOCK_ROWS, rows.n), parameters, scratch, sums);
  }
  return sums;
}
