import type { FileRows, MemoryRows, Rows } from './problem';
import { BYTES, openRows, type RowFile, type RowFrame, type RowNumbers } from './row-file';

/** The rows from (included) to to (excluded), of which `first` is the one that x, y and weights begin with. */
export interface RowWindow extends RowNumbers {
  readonly first: number;
  readonly from: number;
  readonly to: number;
}

export const isInMemory = (rows: Rows): rows is MemoryRows => !('file' in rows);

/** Rows of a window of a file: as many whole steps as it has room for. */
export const windowRows = (bytes: number, d: number, step = 1): number =>
  step * Math.max(1, Math.floor(bytes / ((d + 2) * BYTES * step)));

/**
 * Rows in their order, window by window: rows in memory in one, rows in a file as they are read. What a window holds is overwritten by
 * the next.
 *
 * @param step  windows are cut at multiples of it from the first row, so that what goes over them in steps is cut nowhere else
 */
export function* windows(rows: Rows, d: number, from = 0, to = rows.n, step = 1): Generator<RowWindow, void, void> {
  if (isInMemory(rows)) {
    const { x, y, weights } = rows;
    return yield { first: 0, from, to, x, y, weights };
  }
  const size = Math.min(windowRows(rows.file.window, d, step), to - from);
  const numbers = roomFor(rows, d, size);
  const reader = openRows(rows.file, d);
  try {
    for (let first = from; first < to; first += size) {
      const end = Math.min(first + size, to);
      reader.read(first, end, numbers);
      yield { first, from: first, to: end, ...numbers };
    }
  } finally {
    reader.close();
  }
}

const roomFor = ({ file }: FileRows, d: number, size: number) => ({
  x: new Float64Array(size * d),
  y: new Float64Array(size),
  weights: hasWeights(file) ? new Float64Array(size) : null,
});

/** Σ w of the rows, each of weight 1 where they have none. */
export function weightOf(rows: Rows, d: number): number {
  if (isInMemory(rows)) return rows.weights === null ? rows.n : rows.weights.reduce((sum, w) => sum + w, 0);
  if (!isWeighted(rows)) return rows.n;
  if (rows.facts !== null) return rows.facts.weight;
  let sum = 0;
  for (const { first, to, weights } of columnWindows(rows, d, d))
    for (let r = 0; r < to - first; r++) sum += weights![r];
  return sum;
}

export const isWeighted = (rows: Rows): boolean => (isInMemory(rows) ? rows.weights !== null : hasWeights(rows.file));

const hasWeights = ({ weighted, only }: RowFile): boolean => weighted || only !== undefined;

/** The rows of one group, the others of weight 0. */
export function rowsOfGroup(rows: Rows, labels: Int32Array, group: number): Rows {
  if (!isInMemory(rows)) return { ...rows, file: { ...rows.file, only: { labels, group } }, facts: null };
  const { weights } = rows;
  return {
    ...rows,
    weights: Float64Array.from(labels, (label, row) => (label === group ? (weights?.[row] ?? 1) : 0)),
  };
}

/** Some rows of one column in a row: `first` is the one that values and weights begin with. */
export interface ColumnWindow {
  readonly first: number;
  readonly to: number;
  readonly values: Float64Array;
  readonly weights: Float64Array | null;
}

/** Column j of x, or the target where j is d, window by window as `windows` does; of a file nothing else is read where that can be. */
export function* columnWindows(rows: Rows, d: number, j: number): Generator<ColumnWindow, void, void> {
  if (isInMemory(rows)) {
    const { n, x, y, weights } = rows;
    const values = j === d ? y : new Float64Array(n);
    if (j < d) for (let r = 0; r < n; r++) values[r] = x[r * d + j];
    return yield { first: 0, to: n, values, weights };
  }
  const { n, file } = rows;
  if (j < d && file.order === 'rows') {
    const values = new Float64Array(Math.min(n, windowRows(file.window, d)));
    for (const { first, to, x, weights } of windows(rows, d)) {
      for (let r = 0; r < to - first; r++) values[r] = x[r * d + j];
      yield { first, to, values, weights };
    }
    return;
  }
  const size = Math.min(n, windowRows(file.window, 0));
  const values = new Float64Array(size);
  const weights = hasWeights(file) ? new Float64Array(size) : null;
  const reader = openRows(file, d);
  try {
    for (let first = 0; first < n; first += size) {
      const to = Math.min(n, first + size);
      reader.readColumn(j, first, to, values);
      if (weights !== null) reader.readWeights(first, to, weights);
      yield { first, to, values, weights };
    }
  } finally {
    reader.close();
  }
}

/** The rows with their targets alone, as `windows` has them: x is empty. */
export function* targetWindows(rows: Rows, d: number): Generator<RowWindow, void, void> {
  const x = new Float64Array(0);
  for (const { first, to, values, weights } of columnWindows(rows, d, d))
    yield { first, from: first, to, x, y: values, weights };
}

/**
 * n numbers of all rows: column j of x, or the target where j is d.
 *
 * @param column  n, overwritten and returned where they are not there already
 */
export function columnOf(
  rows: Rows,
  d: number,
  j: number,
  column: Float64Array = new Float64Array(isInMemory(rows) && j === d ? 0 : rows.n),
): Float64Array {
  if (isInMemory(rows) && j === d) return rows.y;
  for (const { first, to, values } of columnWindows(rows, d, j)) column.set(values.subarray(0, to - first), first);
  return column;
}

/** n weights, or null where every row counts as one. */
export function weightsOf(rows: Rows, d: number): Float64Array | null {
  if (isInMemory(rows)) return rows.weights;
  if (!isWeighted(rows)) return null;
  const weights = new Float64Array(rows.n);
  const reader = openRows(rows.file, d);
  try {
    reader.readWeights(0, rows.n, weights);
    return weights;
  } finally {
    reader.close();
  }
}

/** Copies of some rows, as they are named. */
export function takenRows(rows: Rows, d: number, named: ArrayLike<number>): MemoryRows {
  const n = named.length;
  const taken = {
    n,
    x: new Float64Array(n * d),
    y: new Float64Array(n),
    weights: isWeighted(rows) ? new Float64Array(n) : null,
  };
  takeRows(rows, d, named, taken);
  return taken;
}

/** The same into arrays that are there. */
export function takeRows(rows: Rows, d: number, named: ArrayLike<number>, { x, y, weights }: RowNumbers): void {
  const put = (at: number, from: RowNumbers, row: number) => {
    for (let j = 0; j < d; j++) x[at * d + j] = from.x[row * d + j];
    y[at] = from.y[row];
    if (weights !== null) weights[at] = from.weights === null ? 1 : from.weights[row];
  };
  if (isInMemory(rows)) {
    for (let at = 0; at < named.length; at++) put(at, rows, named[at]);
    return;
  }
  // In the order of the file, whatever order they are asked for in: the reading then goes one way.
  const order = Uint32Array.from(named, (_, at) => at).sort((a, b) => named[a] - named[b]);
  const one = roomFor(rows, d, 1);
  const reader = openRows(rows.file, d);
  try {
    for (const at of order) {
      reader.read(named[at], named[at] + 1, one);
      put(at, one, 0);
    }
  } finally {
    reader.close();
  }
}

/** The rows with each number as (number − center) / scale: copied where they are in memory, as they are read where they are in a file. */
export function framedRows(rows: Rows, d: number, frame: RowFrame): Rows {
  const { centers, scales } = frame;
  const keepsTarget = centers[d] === 0 && scales[d] === 1;
  if (!isInMemory(rows))
    return {
      ...rows,
      file: { ...rows.file, frames: [...rows.file.frames, frame] },
      facts: keepsTarget ? rows.facts : null,
    };
  return {
    ...rows,
    x: rows.x.map((value, at) => (value - centers[at % d]) / scales[at % d]),
    y: keepsTarget ? rows.y : rows.y.map((value) => (value - centers[d]) / scales[d]),
  };
}
