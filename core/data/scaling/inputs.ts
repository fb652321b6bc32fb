import type { Rows } from '../../model/problem';
import { fail, ok, type Result } from '../../result';
import type { Steps } from '../../turns';
import type { EncodedColumn } from '../encode';
import { listed } from '../names';
import type { DesignRecipe } from '../types';
import type { Moments } from './moments';
import { quartilesInSteps } from './quartiles';
import { whiteningInSteps } from './whitening';

/** Interquartile range of a normal distribution over its standard deviation. */
const NORMAL_IQR = 1.3489795003921634;

/** Whitening takes d²/2 numbers a row; more columns than this would take minutes. */
const MOST_WHITENED = 500;

/** How the columns are scaled for the fit: with u = z - center, u_j = scale_j x_j, or u = factor · x where there is one. */
export interface InputScaling {
  readonly centers: Float64Array;
  readonly scales: Float64Array;
  /** d × d, lower triangular, row-major; null where columns are not mixed. */
  readonly factor: Float64Array | null;
  /** Where a column could not be scaled as it was asked for. */
  readonly warnings: readonly string[];
}

/** The training rows and what of them the scaling looks at. */
export interface TrainingColumns {
  /** In original units. */
  readonly rows: Rows;
  readonly moments: Moments;
  readonly encoded: readonly EncodedColumn[];
  /** d: columns of different classes are not mixed. */
  readonly classes: ArrayLike<number>;
}

/** Learnt from the training rows. Without intercepts nothing is centred, so that 0 stays 0. */
export function* inputScaling(
  columns: TrainingColumns,
  { preprocess, intercept }: Pick<DesignRecipe, 'preprocess' | 'intercept'>,
): Steps<Result<InputScaling>> {
  const { rows, moments, encoded, classes } = columns;
  const d = encoded.length;
  const { means } = moments;
  // A spread too small for its reciprocal is no spread.
  const sds = moments.sds.map((sd) => (Number.isFinite(1 / sd) ? sd : 1));
  const zeros = new Float64Array(d);
  const centers = intercept ? means : zeros;
  const plain = { factor: null, warnings: [] };
  switch (preprocess) {
    case 'none':
      return ok({ ...plain, centers: zeros, scales: new Float64Array(d).fill(1) });
    case 'standardise':
      return ok({ ...plain, centers, scales: sds });
    case 'robust': {
      const quartiles = yield* quartilesInSteps(rows, d);
      const spreads = quartiles.map(([low, , high]) => (high - low) / NORMAL_IQR);
      // An indicator is 0 or 1: quartiles say nothing about it.
      const isNumber = encoded.map(({ level }) => level === null);
      const byQuartiles = (j: number) => isNumber[j] && Number.isFinite(1 / spreads[j]);
      const flat = encoded.filter((_, j) => isNumber[j] && !byQuartiles(j)).map(({ name }) => name);
      return ok({
        centers: intercept ? means.map((mean, j) => (isNumber[j] ? quartiles[j][1] : mean)) : zeros,
        scales: sds.map((sd, j) => (byQuartiles(j) ? spreads[j] : sd)),
        factor: null,
        warnings: flat.length
          ? [
              `Half of the training rows or more have the same value of ${listed(flat)}, so ${flat.length === 1 ? 'it is' : 'they are'} scaled by the standard deviation, not by quartiles.`,
            ]
          : [],
      });
    }
    case 'whiten': {
      if (d > MOST_WHITENED)
        return fail(
          'design/too-many-to-whiten',
          `${d.toLocaleString('en')} encoded columns are too many to be whitened: choose at most ${MOST_WHITENED}, or standardise them.`,
          { columns: d },
        );
      const { factor, collinear } = yield* whiteningInSteps(rows, moments, sds, classes);
      const names = collinear.map((j) => encoded[j].name);
      return ok({
        centers,
        scales: sds,
        factor,
        warnings: names.length
          ? [
              `${listed(names)} ${names.length === 1 ? 'is a combination' : 'are combinations'} of other columns, so ${names.length === 1 ? 'it is' : 'they are'} only standardised, not whitened.`,
            ]
          : [],
      });
    }
  }
}

/**
 * One row in the coordinates of the fit: (z - center) / scale, or the solution of factor · x = z - center.
 *
 * @param at  where the row begins in z and in x
 * @param x  overwritten there
 */
export function scaleRow(
  z: Float64Array,
  at: number,
  { centers, scales, factor }: Pick<InputScaling, 'centers' | 'scales' | 'factor'>,
  x: Float64Array,
): void {
  const d = centers.length;
  if (factor === null) {
    for (let j = 0; j < d; j++) x[at + j] = (z[at + j] - centers[j]) / scales[j];
    return;
  }
  for (let i = 0; i < d; i++) {
    let rest = z[at + i] - centers[i];
    for (let j = 0; j < i; j++) rest -= factor[i * d + j] * x[at + j];
    x[at + i] = rest / factor[i * d + i];
  }
}
