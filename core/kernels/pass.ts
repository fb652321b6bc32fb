import type { Rows } from '../model/problem';
import { type RowWindow, windows } from '../model/row-windows';
import type { Lines } from './lines';
import { threadLines } from './thread-lines';

/**
 * A computation over rows that ends in a vector of sums. Plain functions over a range of rows, so that any thread can do any range;
 * their arithmetic is that of the `Lines` they are given.
 */
export interface Kernel<P, S = unknown> {
  readonly name: string;
  /** How many sums. */
  length(parameters: P, d: number): number;
  /** Multiplications a row, roughly: how many rows fit between two looks at the cancel flag. */
  work(parameters: P, d: number): number;
  /** Whether rows are written to besides, which only the thread that asks can. */
  writes?(parameters: P): boolean;
  /** What one thread needs beside the sums, made once a pass. */
  scratch(lines: Lines, parameters: P, d: number): S;
  /** Adds the rows from (included) to to (excluded), at most a block of them and all in the window, to the sums. */
  block(
    lines: Lines,
    rows: RowWindow,
    d: number,
    from: number,
    to: number,
    parameters: P,
    scratch: S,
    sums: Float64Array,
  ): void;
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

const LARGEST_BLOCK = 128;
const MOST_SHARDS = 64;

/**
 * The rows are cut into this many ranges, whatever the number of threads, and the ranges' sums added in order: a function of n alone,
 * so that digits do not depend on who does what. Few rows are not cut into pieces smaller than a block.
 */
export const shardsOf = (n: number): number => Math.min(MOST_SHARDS, Math.max(1, Math.ceil(n / LARGEST_BLOCK)));

/** The first row of a shard; shard s holds the rows shardStart(n, s) to shardStart(n, s + 1), excluded. Depends on n alone. */
export const shardStart = (n: number, shard: number): number => Math.floor((n * shard) / shardsOf(n));

/** Shards from (included) to to (excluded). */
export interface ShardRange {
  readonly from: number;
  readonly to: number;
}

export const allShards = (n: number): ShardRange => ({ from: 0, to: shardsOf(n) });

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
 * @param lines   the arithmetic: the thread's own unless another is to be compared with it
 * @param range   the shards whose rows are summed: all unless only some are meant
 * @returns a new array of the kernel's length
 */
export function pass<P, S>(
  kernel: Kernel<P, S>,
  rows: Rows,
  d: number,
  parameters: P,
  cancel: Int32Array,
  lines: Lines = threadLines(),
  range: ShardRange = allShards(rows.n),
): Float64Array {
  const shared = rows.team?.pass(kernel, rows, d, parameters, cancel, lines, range);
  if (shared) return shared;
  const length = kernel.length(parameters, d);
  const { scratch, shard } = lines.arrays(() => ({
    scratch: kernel.scratch(lines, parameters, d),
    shard: lines.array(length),
  }));
  const total = new Float64Array(length);
  for (let s = range.from; s < range.to; s++) {
    addShard(kernel, rows, d, s, parameters, cancel, lines, scratch, shard);
    for (let j = 0; j < length; j++) total[j] += shard[j];
    shard.fill(0);
  }
  return total;
}

/** Adds the rows of one shard to `sums`. */
export function addShard<P, S>(
  kernel: Kernel<P, S>,
  rows: Rows,
  d: number,
  shard: number,
  parameters: P,
  cancel: Int32Array,
  lines: Lines,
  scratch: S,
  sums: Float64Array,
): void {
  const size = blockRows(kernel.work(parameters, d));
  // Windows of whole blocks: rows in a file are cut where rows in memory are, and have the same digits.
  for (const window of windows(rows, d, shardStart(rows.n, shard), shardStart(rows.n, shard + 1), size)) {
    for (let from = window.from; from < window.to; from += size) {
      if (Atomics.load(cancel, 0) !== 0) throw new Cancelled();
      kernel.block(lines, window, d, from, Math.min(from + size, window.to), parameters, scratch, sums);
    }
  }
}
