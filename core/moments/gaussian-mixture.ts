import { dot } from '../kernels/dot';
import type { MemoryRows, Rows } from '../model/problem';
import { isInMemory, takenRows } from '../model/row-windows';
import type { Random } from '../random';
import { type Coordinates, whitening } from './coordinates';
import { assignmentSums, type AssignmentSums, type LogOdds } from './mixture-assignment';
import { mixtureSeeds } from './mixture-seeds';
import { secondMoments, type SecondMoments } from './second-moments';
import { symmetricEigen } from './symmetric-eigen';

/**
 * A mixture Σ_j π_j N(m_j, S) over coordinates z of mean 0 and covariance I. One covariance for all components: with d = 200
 * columns one a component would have 20,000 numbers each, and a component of few rows none that can be inverted. In white
 * coordinates the one is I less what lies between the means, so it costs nothing to estimate and responsibilities are softmax of
 * lines in z.
 */
export interface GaussianMixture extends LogOdds {
  /** components × q: m. */
  readonly means: Float64Array;
  /** q × q: the inverse of S. */
  readonly precision: Float64Array;
  /** Σ w log density. */
  readonly logLikelihood: number;
}

/** Rows to describe, by their columns marked as usable, whose white coordinates these are. */
export interface MixtureData {
  readonly rows: Rows;
  readonly d: number;
  readonly usable: Uint8Array;
  readonly moments: SecondMoments;
  readonly coordinates: Coordinates;
  readonly cancel: Int32Array;
}

/** The same of few rows, which are there. */
export type SampleData = MixtureData & { readonly rows: MemoryRows };

/** Components tried where none are asked for. */
const MOST_COMPONENTS = 6;
/** Every number of components starts so often, on so many rows; the best goes on with all rows. */
const STARTS = 5;
const SAMPLE = 5000;
const STEPS = 200;
/** Smallest gain a row for which the EM goes on. */
const TOLERANCE = 1e-6;
/** No direction is left with less of its variance: a column of few values would make the density unbounded. */
const LEAST_VARIANCE = 0.05;

/**
 * The mixture of maximum likelihood by EM from several k-means++ starts.
 *
 * @param components  how many; 0 for as many as the first after which one more does not lower BIC
 * @returns null where the moments of the rows are not finite
 */
export function fitGaussianMixture(data: MixtureData, components: number, random: Random): GaussianMixture | null {
  const sample = sampleOf(data);
  if (sample === null) return null;
  const withComponents = (count: number): GaussianMixture => {
    if (count === 1) return settled(data, { components: 1, affine: new Float64Array(data.d + 1) });
    const starts = Array.from({ length: STARTS }, () => settled(sample, mixtureSeeds(sample, count, random)));
    return settled(
      data,
      starts.reduce((best, one) => (one.logLikelihood > best.logLikelihood ? one : best)),
    );
  };
  if (components > 0) return withComponents(components);
  let best = withComponents(1);
  for (let count = 2; count <= MOST_COMPONENTS; count++) {
    const next = withComponents(count);
    if (!(bic(data, next) < bic(data, best))) break;
    best = next;
  }
  return best;
}

/** −2 log-likelihood + (numbers) log(rows), less what all mixtures over the same coordinates share. */
const bic = ({ moments, coordinates }: MixtureData, { components, logLikelihood }: GaussianMixture): number =>
  -2 * logLikelihood + components * (coordinates.q + 1) * Math.log(moments.weight);

/** Some rows at even distances, with white coordinates of their own. */
function sampleOf(data: MixtureData): SampleData | null {
  const { rows, d, usable, cancel } = data;
  if (rows.n <= SAMPLE) {
    const all = isInMemory(rows)
      ? rows
      : takenRows(
          rows,
          d,
          Uint32Array.from({ length: rows.n }, (_, r) => r),
        );
    return { ...data, rows: all };
  }
  const at = Array.from({ length: SAMPLE }, (_, i) => Math.floor((i * rows.n) / SAMPLE));
  const sample = takenRows(rows, d, at);
  const moments = secondMoments(sample, d, cancel);
  const coordinates = whitening(moments, d, usable);
  return coordinates && { rows: sample, d, usable, moments, coordinates, cancel };
}

/** EM from given responsibilities to its end. */
function settled(data: MixtureData, start: LogOdds): GaussianMixture {
  const { rows, d, moments, cancel } = data;
  let at = maximised(data, assignmentSums(rows, d, start, cancel), start.components);
  for (let step = 0, previous = -Infinity; ; step++) {
    const sums = assignmentSums(rows, d, at, cancel);
    const logLikelihood = sums.logNormaliser + moments.weight * at.common;
    // Written so that a likelihood that is not a number ends it too.
    if (!(logLikelihood - previous >= TOLERANCE * moments.weight) || step === STEPS) return { ...at, logLikelihood };
    previous = logLikelihood;
    at = maximised(data, sums, start.components);
  }
}

/** The M-step: shares, means, and the covariance I − Σ_j π_j m_j m_j' with its eigenvalues kept above the least variance. */
function maximised({ d, moments, coordinates }: MixtureData, sums: AssignmentSums, components: number) {
  const { q, affine } = coordinates;
  const shares = new Float64Array(components);
  const means = new Float64Array(components * q);
  for (let j = 0; j < components; j++) {
    const line = sums.responsibilities.subarray(j * (d + 1), (j + 1) * (d + 1));
    // A component without rows keeps a vanishing share at the mean of all.
    shares[j] = Math.max(line[0] / moments.weight, 1e-12);
    for (let i = 0; i < q && line[0] > 0; i++) {
      for (let a = 0; a <= d; a++) means[j * q + i] += (affine[i * (d + 1) + a] * line[a]) / line[0];
    }
  }
  const { precision, trace, logDeterminant } = within(shares, means, components, q);
  const odds = new Float64Array(components * (d + 1));
  for (let j = 0; j < components; j++) {
    const mean = means.subarray(j * q, (j + 1) * q);
    const slope = Float64Array.from({ length: q }, (_, a) => dot(precision.subarray(a * q, (a + 1) * q), mean));
    odds[j * (d + 1)] = Math.log(shares[j]) - 0.5 * dot(slope, mean);
    for (let i = 0; i < q; i++) {
      for (let a = 0; a <= d; a++) odds[j * (d + 1) + a] += slope[i] * affine[i * (d + 1) + a];
    }
  }
  const common = -0.5 * (trace + logDeterminant + q * Math.log(2 * Math.PI));
  return { components, affine: odds, means, precision, common };
}

/** Inverse, its trace and the log-determinant of I − F F', F the q × components matrix of the columns √π_j m_j. */
function within(shares: Float64Array, means: Float64Array, components: number, q: number) {
  const products = new Float64Array(components * components);
  for (let i = 0; i < components; i++) {
    for (let j = 0; j < components; j++) {
      const product = dot(means.subarray(i * q, (i + 1) * q), means.subarray(j * q, (j + 1) * q));
      products[i * components + j] = Math.sqrt(shares[i] * shares[j]) * product;
    }
  }
  const eigen = symmetricEigen(products, components);
  const precision = new Float64Array(q * q);
  for (let a = 0; a < q; a++) precision[a * q + a] = 1;
  let trace = q;
  let logDeterminant = 0;
  eigen?.values.forEach((between, i) => {
    if (!(between > 1e-12)) return;
    const direction = new Float64Array(q);
    for (let j = 0; j < components; j++) {
      const weight = (eigen.vectors[i][j] * Math.sqrt(shares[j])) / Math.sqrt(between);
      for (let a = 0; a < q; a++) direction[a] += weight * means[j * q + a];
    }
    const variance = Math.max(1 - between, LEAST_VARIANCE);
    const more = 1 / variance - 1;
    for (let a = 0; a < q; a++) for (let b = 0; b < q; b++) precision[a * q + b] += more * direction[a] * direction[b];
    trace += more;
    logDeterminant += Math.log(variance);
  });
  return { precision, trace, logDeterminant };
}
