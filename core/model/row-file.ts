import { closeSync, openSync, readSync } from 'node:fs';

/**
 * Rows in a file of doubles, three sections one after the other: x, y, weights. Plain data: a thread that is given it opens the file
 * itself.
 */
export interface RowFile {
  readonly path: string;
  /** Rows that each section has room for: at least as many as there are. */
  readonly room: number;
  /** Whether x stands row after row, as it is passed over, or column after column, as it is written. */
  readonly order: 'rows' | 'columns';
  /** Whether the rows have weights: without, each counts as one. */
  readonly weighted: boolean;
  /** Bytes that are read at once. */
  readonly window: number;
  /** What is done to the numbers as they are read, one after the other. */
  readonly frames: readonly RowFrame[];
  /** Rows of other groups than this have weight 0: the rows then are weighted, whether the file is or not. Absent: all as they are. */
  readonly only?: RowGroup;
}

/** Some of the rows. */
export interface RowGroup {
  /** The group of each row. */
  readonly labels: Int32Array;
  readonly group: number;
}

/** (number − center) / scale of each of the d columns of x and, last, of y. */
export interface RowFrame {
  readonly centers: Float64Array;
  readonly scales: Float64Array;
}

/** What every fit asks of all rows before it begins. */
export interface RowFacts {
  /** Σ w, and how many rows have a weight above 0. */
  readonly weight: number;
  readonly counted: number;
  /** Whether every number is finite, and no weight below 0. */
  readonly finite: boolean;
  /** Weighted mean and (maximum-likelihood) standard deviation of y. */
  readonly mean: number;
  readonly sd: number;
}

/** Some rows in a row: x is row-major. */
export interface RowNumbers {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly weights: Float64Array | null;
}

/** The file cannot be read any more: thrown from the midst of a pass, an error with a sentence where the pass was asked for. */
export class UnreadableRows extends Error {
  constructor(path: string, why: string) {
    super(
      `The rows of this fit are in the file ${path}, which cannot be read any more (${why}): run the fit again, and leave the folder for temporary files alone meanwhile.`,
    );
    this.name = 'UnreadableRows';
  }
}

/** An open file of rows. */
export interface RowReader {
  /** Reads the rows from (included) to to (excluded) to the beginning of `into`. */
  read(from: number, to: number, into: RowNumbers): void;
  /** These rows of a column alone (of y, where j is d), to the beginning of `into`; of x where it stands by columns only. */
  readColumn(j: number, from: number, to: number, into: Float64Array): void;
  /** The weights of these rows alone. */
  readWeights(from: number, to: number, into: Float64Array): void;
  close(): void;
}

export const BYTES = Float64Array.BYTES_PER_ELEMENT;

/** What is read of a file at once where there is room: enough for the reading to be as fast as the disk. */
export const WINDOW_BYTES = 2 ** 21;

/** Throws UnreadableRows, as reading does. */
export function openRows({ path, room, order, weighted, frames, only }: RowFile, d: number): RowReader {
  const fd = trying(path, () => openSync(path, 'r'));
  const numbers = (into: Float64Array, at: number, count: number, position: number): void => {
    const bytes = new Uint8Array(into.buffer, into.byteOffset + at * BYTES, count * BYTES);
    for (let done = 0; done < bytes.length;) {
      const read = trying(path, () => readSync(fd, bytes, done, bytes.length - done, position * BYTES + done));
      if (read === 0) throw new UnreadableRows(path, 'it ends too early');
      done += read;
    }
  };
  // A column of a window, before it is put among the others.
  let column = new Float64Array(0);
  const columns = (x: Float64Array, from: number, count: number): void => {
    if (column.length < count) column = new Float64Array(count);
    for (let j = 0; j < d; j++) {
      numbers(column, 0, count, j * room + from);
      for (let r = 0, at = j; r < count; r++, at += d) x[at] = column[r];
    }
  };
  const readWeights = (from: number, to: number, into: Float64Array): void => {
    if (weighted) numbers(into, 0, to - from, (d + 1) * room + from);
    else into.fill(1, 0, to - from);
    if (only) for (let r = from; r < to; r++) if (only.labels[r] !== only.group) into[r - from] = 0;
  };
  return {
    readWeights,
    readColumn(j, from, to, into) {
      numbers(into, 0, to - from, j * room + from);
      for (const { centers, scales } of frames)
        for (let r = 0; r < to - from; r++) into[r] = (into[r] - centers[j]) / scales[j];
    },
    read(from, to, { x, y, weights }) {
      const count = to - from;
      if (order === 'rows') numbers(x, 0, count * d, from * d);
      else columns(x, from, count);
      numbers(y, 0, count, d * room + from);
      if (weights !== null) readWeights(from, to, weights);
      for (const frame of frames) framed(frame, d, count, x, y);
    },
    close: () => closeSync(fd),
  };
}

function framed({ centers, scales }: RowFrame, d: number, count: number, x: Float64Array, y: Float64Array): void {
  for (let r = 0, at = 0; r < count; r++) {
    for (let j = 0; j < d; j++, at++) x[at] = (x[at] - centers[j]) / scales[j];
    y[r] = (y[r] - centers[d]) / scales[d];
  }
}

function trying<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new UnreadableRows(path, (error as NodeJS.ErrnoException).code ?? String(error));
  }
}
