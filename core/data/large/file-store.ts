import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { RowFacts } from '../../model/row-file';
import { columnOf, weightsOf, windowRows, windows } from '../../model/row-windows';
import { inBlocks, inTurns, type Steps } from '../../turns';
import type { EncodedPart } from '../prepare/encoder';
import type { PartScaling, RowStore, ScaledPart } from '../row-store';
import { scaleRow } from '../scaling/inputs';
import { encoderToFiles } from './file-encoder';
import { UnwritableRows, writeRows } from './row-writer';

/** The files of one design. */
export interface RowFiles {
  readonly store: RowStore;
  /** Removes them. May be called again. */
  remove(): void;
}

/**
 * Rows in files of a folder of their own: in original units by columns, as they are made, and in the coordinates of a fit by rows, as
 * they are passed over.
 *
 * @param folder  private, ours
 * @param shown   rows of each part that are kept at hand
 */
export async function rowFiles(folder: string, shown: number): Promise<RowFiles> {
  const own = await mkdtemp(join(folder, 'rows-')).catch((error: NodeJS.ErrnoException) => {
    throw new UnwritableRows(error.code ?? error.message);
  });
  let parts = 0;
  return {
    store: {
      // Columns are read anew: what is kept would be the matrix in other words.
      reading: (read) => read,
      encoder: (train, test) => encoderToFiles(train, test, (part) => join(own, `${part}.columns`)),
      scaled: (part, scaling) => inTurns(scaledToFile(part, scaling, join(own, `${parts++}.rows`), shown)),
    },
    remove: () => rmSync(own, { recursive: true, force: true }),
  };
}

/** The rows in the coordinates of the fit, window by window, and a sample of them at even distances. */
function* scaledToFile(
  { rows, original }: EncodedPart,
  { inputs, output, fitted }: PartScaling,
  path: string,
  most: number,
): Steps<ScaledPart> {
  const { n } = original;
  const d = inputs.centers.length;
  const weights = weightsOf(original, d);
  const count = Math.min(n, most);
  const named = Uint32Array.from({ length: count }, (_, i) => Math.floor((i * n) / count));
  const z = new Float64Array(count * d);
  const sampleX = new Float64Array(count * d);
  const scaledTarget = (row: number) => (fitted[row] - output.offset) / output.scale;
  const facts = yield* factsOf(n, weights, scaledTarget);
  let finite = facts.finite;
  const file = writeRows(path);
  try {
    const x = new Float64Array(Math.min(n, windowRows(d)) * d);
    const y = new Float64Array(Math.min(n, windowRows(d)));
    let next = 0;
    for (const window of windows(original, d)) {
      const rowsHere = window.to - window.first;
      for (let r = 0; r < rowsHere; r++) {
        scaleRow(window.x, r * d, inputs, x);
        y[r] = scaledTarget(window.first + r);
      }
      for (let at = 0; at < rowsHere * d; at++) if (!Number.isFinite(x[at])) finite = false;
      file.put(x, rowsHere * d, window.first * d);
      file.put(y, rowsHere, n * d + window.first);
      for (; next < count && named[next] < window.to; next++) {
        const at = named[next] - window.first;
        z.set(window.x.subarray(at * d, (at + 1) * d), next * d);
        sampleX.set(x.subarray(at * d, (at + 1) * d), next * d);
      }
      yield;
    }
    if (weights !== null) file.put(weights, n, n * (d + 1));
  } finally {
    file.close();
  }
  const actual = columnOf(original, d, d);
  const pick = (values: Float64Array) => Float64Array.from(named, (row) => values[row]);
  return {
    rows: {
      n,
      file: { path, room: n, order: 'rows', weighted: weights !== null, frames: [] },
      facts: { ...facts, finite },
    },
    shown: {
      n: count,
      x: sampleX,
      y: Float64Array.from(named, scaledTarget),
      weights: weights && pick(weights),
      rows: Uint32Array.from(named, (row) => rows[row]),
      z,
      actual: pick(actual),
      fitted: pick(fitted),
    },
  };
}

/** With the sums of fit/target in their order, so that the digits are those of a pass. */
function* factsOf(n: number, weights: Float64Array | null, y: (row: number) => number): Steps<RowFacts> {
  let [weight, sum, counted, finite] = [0, 0, 0, true];
  yield* inBlocks(n, 2, (from, to) => {
    for (let r = from; r < to; r++) {
      const w = weights === null ? 1 : weights[r];
      weight += w;
      sum += w * y(r);
      if (w > 0) counted++;
      if (!Number.isFinite(y(r)) || !(w >= 0 && w < Infinity)) finite = false;
    }
  });
  const mean = sum / weight;
  let squares = 0;
  yield* inBlocks(n, 2, (from, to) => {
    for (let r = from; r < to; r++) squares += (weights === null ? 1 : weights[r]) * (y(r) - mean) ** 2;
  });
  return { weight, counted, finite, mean, sd: Math.sqrt(squares / weight) };
}
