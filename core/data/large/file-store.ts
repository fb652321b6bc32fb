import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { isWeighted, windowRows, windows } from '../../model/row-windows';
import { forward } from '../../model/transform';
import { inTurns, type Steps } from '../../turns';
import type { EncodedPart } from '../prepare/encoder';
import type { PartScaling, RowStore, ScaledPart } from '../row-store';
import { scaleRow } from '../scaling/inputs';
import { encoderToFiles } from './file-encoder';
import { rowFacts } from './row-facts';
import { UnwritableRows, writeRows } from './row-writer';
import { sampleOf } from './row-sample';

/** The files of one design. */
export interface RowFiles {
  readonly store: RowStore;
  /** Removes them. May be called again. */
  remove(): void;
}

/** What is held of rows in files. */
export interface FileSizes {
  /** Rows of each part that are kept at hand. */
  readonly shown: number;
  /** Bytes that are read, written and encoded at once. */
  readonly window: number;
}

/**
 * Rows in files of a folder of their own: in original units by columns, as they are made, and in the coordinates of a fit by rows, as
 * they are passed over.
 *
 * @param folder  private, ours
 */
export async function rowFiles(folder: string, sizes: FileSizes): Promise<RowFiles> {
  const own = await mkdtemp(join(folder, 'rows-')).catch((error: NodeJS.ErrnoException) => {
    throw new UnwritableRows(error.code ?? error.message);
  });
  let parts = 0;
  return {
    store: {
      // Columns are read anew: what is kept would be the matrix in other words.
      reading: (read) => read,
      encoder: (train, test, outcomes) =>
        encoderToFiles(train, test, outcomes, (part) => join(own, `${part}.columns`), sizes.window),
      scaled: (part, scaling) => inTurns(scaledToFile(part, scaling, join(own, `${parts++}.rows`), sizes)),
    },
    // A thread may still have a file open, which some systems do not let go of at once.
    remove: () => rmSync(own, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** The rows in the coordinates of the fit, window by window, and a sample of them at even distances. */
function* scaledToFile(
  { rows, original }: EncodedPart,
  { inputs, output, transform }: PartScaling,
  path: string,
  { shown: most, window: bytes }: FileSizes,
): Steps<ScaledPart> {
  const { n } = original;
  const d = inputs.centers.length;
  const weighted = isWeighted(original);
  const sample = sampleOf(rows, n, d, most, weighted);
  const facts = rowFacts();
  const file = writeRows(path);
  try {
    const size = Math.min(n, windowRows(bytes, d));
    const x = new Float64Array(size * d);
    const y = new Float64Array(size);
    for (const window of windows(original, d)) {
      const { first, to, weights } = window;
      const count = to - first;
      const fitted = transform === null ? window.y : window.y.map((value) => forward(transform, value));
      for (let r = 0; r < count; r++) {
        scaleRow(window.x, r * d, inputs, x);
        y[r] = (fitted[r] - output.offset) / output.scale;
      }
      file.put(x, count * d, first * d);
      file.put(y, count, n * d + first);
      if (weights !== null) file.put(weights, count, n * (d + 1) + first);
      facts.add(x, y, weights, count, d);
      sample.take(window, fitted, x, y);
      yield;
    }
  } finally {
    file.close();
  }
  const scaled = { path, room: n, order: 'rows', weighted, window: bytes, frames: [] } as const;
  const found = yield* facts.finish({ n, file: scaled, facts: null }, d);
  return { rows: { n, file: scaled, facts: found }, shown: sample.part };
}
