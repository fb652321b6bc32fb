import type { Rows } from '../model/problem';

/**
 * A computation over rows that ends in a vector of sums. Plain functions over a range of rows, so that another build of the same
 * kernel (WebAssembly) can stand in for it and any worker can do any range.
 */
export interface Kernel<P, S = unknown> {
  readonly name: string;
  /** How many sums. */
  length(parameters: P, d: number): number;
  /** Multiplications a row, roughly: how many rows fit between two looks at the cancel flag. */
  work(parameters: P, d: number): number;
  /** What one thread needs beside the sums, made once a pass. Blocks have at most `blockRows` rows, a multiple of 4. */
  scratch(parameters: P, d: number, blockRows: number): S;
  /** Adds the rows from (included) to to (excluded), at most `blockRows` of them, to the sums. */
  block(rows: Rows, d: number, from: number, to: number, parameters: P, scratch: S, sums: Float64Array): void;
}

/** Thrown by a pass when the cancel flag is up; the driver of the fit turns it into an outcome. */
export class Cancelled extends Error {
  constructor() {
    super('The fit was cancelled.');
    this.name = 'Cancelled';
  }
}

/** A flag nobody raises: for the last, short passes after a cancel. */
export const neverCancelled = (): Int32Array => new Int32Array(1);

/** The rows are cut into this many ranges, whatever the number of workers, and the ranges' sums added in order. */
export const SHARDS = 64;

/** The first row of a shard; shard s holds the rows shardStart(n, s) to shardStart(n, s + 1), excluded. Depends on n alone. */
export const shardStart = (n: number, shard: number): number => Math.floor((n * shard) / SHARDS);

const LARGEST_BLOCK = 128;

/** About 10 ms of plain JavaScript. */
const WORK_BETWEEN_POLLS = 1e7;

/** Rows a block, a multiple of 4; a function of the kernel's shape alone, so that it never changes a digit. */
export function blockRows(work: number): number {
  const rows = Math.floor(WORK_BETWEEN_POLLS / Math.max(work, 1));
  return Math.min(LARGEST_BLOCK, Math.max(4, rows - (rows % 4)));
}

/**
 * The one way to touch the rows: the kernel's sums over all of them.
 *
 * @param cancel  looked at between blocks; when it is up the pass throws Cancelled
 * @returns a new array of the kernel's length
 */
export function pass<P, S>(
  kernel: Kernel<P, S>,
  rows: Rows,
  d: number,
  parameters: P,
  cancel: Int32Array,
): Float64Array {
  const length = kernel.length(parameters, d);
  const size = blockRows(kernel.work(parameters, d));
  const scratch = kernel.scratch(parameters, d, size);
  const total = new Float64Array(length);
  const shard = new Float64Array(length);
  for (let s = 0; s < SHARDS; s++) {
    const end = shardStart(rows.n, s + 1);
    shard.fill(0);
    for (let from = shardStart(rows.n, s); from < end; from += size) {
      if (Atomics.load(cancel, 0) !== 0) throw new Cancelled();
      kernel.block(rows, d, from, Math.min(from + size, end), parameters, scratch, shard);
    }
    for (let j = 0; j < length; j++) total[j] += shard[j];
  }
  return total;
}
