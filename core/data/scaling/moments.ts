import type { Rows } from '../../model/problem';
import { type ColumnWindow, columnWindows, isInMemory } from '../../model/row-windows';
import { inBlocks, type Steps } from '../../turns';

/** Mean and standard deviation (n - 1) of each column of an n × d matrix. */
export interface Moments {
  readonly means: Float64Array;
  readonly sds: Float64Array;
}

/**
 * Two passes in the order of the rows, in turns: the same digits every time, and none lost to a large mean. What enters a fit is never
 * taken from the table engine's aggregates, whose last digits change from run to run. A row of weight 2 counts as the row twice.
 *
 * @param weights  n, all above 0, or null for all ones
 */
function* momentsInSteps(z: Float64Array, n: number, d: number, weights: Float64Array | null = null): Steps<Moments> {
  const means = new Float64Array(d);
  const sds = new Float64Array(d);
  yield* inBlocks(n, d, (from, to) => {
    for (let i = from; i < to; i++) {
      const w = weights === null ? 1 : weights[i];
      for (let j = 0; j < d; j++) means[j] += w * z[i * d + j];
    }
  });
  const total = totalWeight(n, weights);
  for (let j = 0; j < d; j++) means[j] /= total;
  yield* inBlocks(n, 2 * d, (from, to) => {
    for (let i = from; i < to; i++) {
      const w = weights === null ? 1 : weights[i];
      for (let j = 0; j < d; j++) sds[j] += w * (z[i * d + j] - means[j]) ** 2;
    }
  });
  for (let j = 0; j < d; j++) sds[j] = n > 1 ? Math.sqrt(sds[j] / degrees(total)) : 0;
  return { means, sds };
}

/** Those of the d columns of x, of rows wherever they are; each column by itself where they are in a file, to the same digits. In turns. */
export function* rowMoments(rows: Rows, d: number): Steps<Moments> {
  if (isInMemory(rows)) return yield* momentsInSteps(rows.x, rows.n, d, rows.weights);
  const [means, sds] = [new Float64Array(d), new Float64Array(d)];
  for (let j = 0; j < d; j++) {
    const own = yield* windowedMoments(rows.n, () => columnWindows(rows, d, j));
    [means[j], sds[j]] = [own.mean, own.sd];
  }
  return { means, sds };
}

/**
 * Mean and standard deviation of values that come in windows: those of `momentsInSteps` to the last digit. In turns.
 *
 * @param windows  over and over the same
 */
export function* windowedMoments(
  n: number,
  windows: () => Iterable<Pick<ColumnWindow, 'first' | 'to' | 'values' | 'weights'>>,
): Steps<{ mean: number; sd: number }> {
  let [sum, total, squares] = [0, 0, 0];
  for (const { first, to, values, weights } of windows())
    yield* inBlocks(to - first, 1, (from, end) => {
      for (let i = from; i < end; i++) {
        const w = weights === null ? 1 : weights[i];
        sum += w * values[i];
        total += w;
      }
    });
  const mean = sum / total;
  for (const { first, to, values, weights } of windows())
    yield* inBlocks(to - first, 2, (from, end) => {
      for (let i = from; i < end; i++) squares += (weights === null ? 1 : weights[i]) * (values[i] - mean) ** 2;
    });
  return { mean, sd: n > 1 ? Math.sqrt(squares / degrees(total)) : 0 };
}

/** For how many rows the rows count. */
export const totalWeight = (n: number, weights: Float64Array | null): number =>
  weights === null ? n : weights.reduce((sum, w) => sum + w, 0);

/** What sums of squares about a mean are divided by: one less than the rows, where they count for more than two. */
export const degrees = (total: number): number => (total > 2 ? total - 1 : Math.max(total / 2, Number.MIN_VALUE));
