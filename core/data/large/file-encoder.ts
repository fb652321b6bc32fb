import type { Feature } from '../../model/feature';
import { BYTES } from '../../model/row-file';
import { ok } from '../../result';
import { inTurns, type Steps } from '../../turns';
import { encodeInSteps, type Encoded } from '../encode';
import { entries } from '../prepare/encoded-columns';
import type { EncodedCounts, EncodedPart, Encoder, Outcomes } from '../prepare/encoder';
import { rowsWhere, valuesAt } from '../records';
import type { Values } from '../values';
import { type RowWriter, writeRows } from './row-writer';

/**
 * Encodes into a file a part, column after column: never more than a column is held, of a category a piece of its columns.
 *
 * @param train  record numbers, ascending, as those of `test`
 * @param window  bytes that are encoded between two writes, and read at once
 */
export function encoderToFiles(
  train: Uint32Array,
  test: Uint32Array,
  { targets, weights }: Outcomes,
  pathOf: (part: 'train' | 'test') => string,
  window: number,
): Encoder {
  const parts = { train: partWriter(train, pathOf('train'), window), test: partWriter(test, pathOf('test'), window) };
  return {
    async add(feature, values) {
      await inTurns(parts.train.add(feature, values));
      await inTurns(parts.test.add(feature, values));
    },
    async finish() {
      const target = await targets();
      return ok({
        train: await inTurns(parts.train.finish(target, weights)),
        test: await inTurns(parts.test.finish(target, weights)),
      });
    },
  };
}

/** The file of one part. */
function partWriter(rows: Uint32Array, path: string, window: number) {
  const atOnce = Math.max(1, Math.floor(window / BYTES));
  const room = rows.length;
  const refused = new Uint8Array(room);
  const counts: EncodedCounts = {
    unseen: new Map(),
    filled: new Map(),
    moved: new Map(),
    pooled: new Map(),
    outside: new Map(),
  };
  let d = 0;

  /** Opens the file anew for each feature: nothing is left open where the encoding is given up in between. */
  function* open<T>(work: (file: RowWriter) => Steps<T>): Steps<T> {
    const file = writeRows(path);
    try {
      return yield* work(file);
    } finally {
      file.close();
    }
  }

  function* add(feature: Feature, values: Values): Steps<void> {
    const width = entries(feature).length;
    const own = new Map([[feature.column, values]]);
    yield* open(function* (file) {
      const step = Math.max(1, Math.floor(atOnce / width));
      const column = new Float64Array(Math.min(step, room));
      for (let from = 0; from < room; from += step) {
        const piece = rows.subarray(from, from + step);
        const encoded = yield* encodeInSteps([feature], own, piece);
        for (let c = 0; c < width; c++) {
          for (let r = 0; r < piece.length; r++) column[r] = encoded.z[r * width + c];
          file.put(column, piece.length, (d + c) * room + from);
        }
        for (let r = 0; r < piece.length; r++) if (encoded.refused[r] !== 0) refused[from + r] = 1;
        addCounts(counts, encoded);
        yield;
      }
    });
    d += width;
  }

  /** Takes out what was refused, and adds targets and weights: given one a record of the table. */
  function* finish(target: Float64Array, weights: Float64Array | null): Steps<EncodedPart> {
    const kept = rowsWhere(rows, (i) => refused[i] === 0);
    yield* open(function* (file) {
      if (kept.length < room) for (let j = 0; j < d; j++) yield* withoutRefused(file, j);
      yield* putValues(file, target, kept, d);
      if (weights !== null) yield* putValues(file, weights, kept, d + 1);
    });
    const own = { path, room, order: 'columns', weighted: weights !== null, window, frames: [] } as const;
    return { rows: kept, original: { n: kept.length, file: own, facts: null }, counts };
  }

  /** Moves the values of a column up, piece by piece: they never overtake those that are still to be read. */
  function* withoutRefused(file: RowWriter, j: number): Steps<void> {
    const column = new Float64Array(Math.min(atOnce, room));
    for (let from = 0, to = 0; from < room; from += column.length) {
      const count = Math.min(column.length, room - from);
      file.take(column, count, j * room + from);
      let left = 0;
      for (let r = 0; r < count; r++) if (refused[from + r] === 0) column[left++] = column[r];
      file.put(column, left, j * room + to);
      to += left;
      yield;
    }
  }

  function* putValues(file: RowWriter, values: Float64Array, kept: Uint32Array, j: number): Steps<void> {
    for (let from = 0; from < kept.length; from += atOnce) {
      const piece = valuesAt(values, kept.subarray(from, from + atOnce));
      file.put(piece, piece.length, j * room + from);
      yield;
    }
  }
  return { add, finish };
}

/** Pieces of a column add up to it. */
function addCounts(sums: EncodedCounts, piece: Encoded): void {
  for (const of of ['unseen', 'filled', 'moved', 'pooled'] as const)
    for (const [column, count] of piece[of]) sums[of].set(column, (sums[of].get(column) ?? 0) + count);
  for (const [column, { rows, reason }] of piece.outside)
    sums.outside.set(column, { rows: (sums.outside.get(column)?.rows ?? 0) + rows, reason });
}
