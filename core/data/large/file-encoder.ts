import type { Feature } from '../../model/feature';
import { ok } from '../../result';
import { inTurns, type Steps } from '../../turns';
import { encodeInSteps, type Encoded } from '../encode';
import { entries } from '../prepare/encoded-columns';
import type { EncodedCounts, EncodedPart, Encoder, PartRecords } from '../prepare/encoder';
import type { Values } from '../values';
import { type RowWriter, writeRows } from './row-writer';

/** Numbers that are encoded between two writes: a few megabytes. */
const AT_ONCE = 2 ** 19;

/** Encodes into a file a part, column after column: never more than a column is held, of a category a piece of its columns. */
export function encoderToFiles(
  train: PartRecords,
  test: PartRecords,
  pathOf: (part: 'train' | 'test') => string,
): Encoder {
  const parts = { train: partWriter(train, pathOf('train')), test: partWriter(test, pathOf('test')) };
  return {
    async add(feature, values) {
      await inTurns(parts.train.add(feature, values));
      await inTurns(parts.test.add(feature, values));
    },
    finish: async () => ok({ train: await inTurns(parts.train.finish()), test: await inTurns(parts.test.finish()) }),
  };
}

/** The file of one part. */
function partWriter({ rows, targets, weights }: PartRecords, path: string) {
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
      const step = Math.max(1, Math.floor(AT_ONCE / width));
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

  /** Takes out what was refused, and adds targets and weights. */
  function* finish(): Steps<EncodedPart> {
    const kept = rows.filter((_, i) => refused[i] === 0);
    const [y, w] = [targets(kept), weights(kept)];
    yield* open(function* (file) {
      if (kept.length < room) {
        const column = new Float64Array(room);
        for (let j = 0; j < d; j++) {
          file.take(column, room, j * room);
          let at = 0;
          for (let r = 0; r < room; r++) if (refused[r] === 0) column[at++] = column[r];
          file.put(column, at, j * room);
          yield;
        }
      }
      file.put(y, y.length, d * room);
      yield;
      if (w !== null) file.put(w, w.length, (d + 1) * room);
    });
    const file = { path, room, order: 'columns', weighted: w !== null, frames: [] } as const;
    return { rows: kept, original: { n: kept.length, file, facts: null }, counts };
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
