import type { Part } from '../part';
import type { Check } from '../types';
import { count, plainNumber } from '../words';
import { bellDistance } from './bell-shaped';
import { ROWS, stepFor, type Correlation } from './correlation';
import type { ColumnShape } from './shapes';

/** Multiplications for looking at the rows in white coordinates: a tenth of a second. With many columns fewer rows are looked at. */
const WORK = 1e8;
/** Fewer rows a direction say nothing of its shape: the covariance then follows the very rows that are measured by it. */
const ROWS_PER_DIRECTION = 10;
/** Directions of a smaller share of the largest variance are repetitions, as in moments/coordinates. */
const RANK_TOLERANCE = 1e-9;
/** The 99% point of the standard normal distribution. */
const Z99 = 2.326347874;

/**
 * Whether the inputs are normal together, as the score functions of the moment methods suppose: in white coordinates (mean 0,
 * covariance I) every direction must look bell-shaped, and squared distances from the centre must be those of chi-squared(d). Columns
 * can be bell-shaped one by one and not together.
 */
export function bellShapedTogether(part: Part, shapes: readonly ColumnShape[], correlation: Correlation | null): Check {
  const id = 'bell-shaped-together';
  const white = correlation && whitened(part, shapes, correlation);
  if (white === null)
    return {
      id,
      light: 'amber',
      sentence: 'The inputs are too large, or vary too little, to compare their joint shape with a bell.',
    };
  const { directions, rows, outside } = white;
  if (rows < ROWS_PER_DIRECTION * directions.length)
    return {
      id,
      light: 'amber',
      sentence: `${count(rows, 'row')} are too few to see the joint shape of ${count(directions.length, 'input')}; compare directions from moments with random starts.`,
    };
  const worst = directions.reduce((a, b) => (b.distance > a.distance ? b : a));
  const facts = `${plainNumber(100 * outside, 2)}% of rows lie where a joint bell shape has 1%, and the combination of inputs least like a bell has skewness ${plainNumber(worst.skewness, 2)}, excess kurtosis ${plainNumber(worst.excessKurtosis, 2)}`;
  if (outside < 0.025 && worst.distance <= 1) return { id, light: 'green', sentence: `${facts}.` };
  return {
    id,
    light: outside >= 0.05 || worst.distance > 3 ? 'red' : 'amber',
    sentence: `${facts}: extreme rows sway directions from moments, so take logarithms of skewed inputs, or compare with random starts.`,
  };
}

interface White {
  /** Of each white direction. */
  readonly directions: readonly { skewness: number; excessKurtosis: number; distance: number }[];
  /** Rows looked at. */
  readonly rows: number;
  /** Share of them beyond the 99% point of chi-squared(d) from the centre. */
  readonly outside: number;
}

/** The rows in white coordinates; null where there is no direction. */
function whitened(part: Part, shapes: readonly ColumnShape[], { columns, values, vectors }: Correlation): White | null {
  const d = shapes.length;
  const m = columns.length;
  const q = values.filter((value) => value > RANK_TOLERANCE * values[0]).length;
  if (q === 0) return null;
  const scale = Float64Array.from(values.subarray(0, q), (value) => 1 / Math.sqrt(value));
  const step = stepFor(part.actual.length, Math.min(ROWS, Math.ceil(WORK / (m * q))));
  const far = chiSquared99(q);
  const row = new Float64Array(m);
  const powers = new Float64Array(4 * q);
  let [rows, total, outside] = [0, 0, 0];
  for (let i = 0; i < part.actual.length; i += step) {
    const w = part.weights === null ? 1 : part.weights[i];
    if (w === 0) continue;
    for (let a = 0; a < m; a++) row[a] = (part.z[i * d + columns[a]] - shapes[columns[a]].mean) / shapes[columns[a]].sd;
    let distance = 0;
    for (let c = 0; c < q; c++) {
      const vector = vectors[c];
      let u = 0;
      for (let a = 0; a < m; a++) u += vector[a] * row[a];
      u *= scale[c];
      const square = u * u;
      distance += square;
      powers[4 * c] += w * u;
      powers[4 * c + 1] += w * square;
      powers[4 * c + 2] += w * square * u;
      powers[4 * c + 3] += w * square * square;
    }
    rows++;
    total += w;
    if (distance > far) outside += w;
  }
  const directions = Array.from({ length: q }, (_, c) => shapeOf(powers.subarray(4 * c, 4 * c + 4), total));
  return { directions, rows, outside: outside / total };
}

/** Skewness and excess kurtosis from Σ w u, Σ w u², Σ w u³, Σ w u⁴, u near mean 0 and variance 1. */
function shapeOf(powers: Float64Array, total: number) {
  const [m1, m2, m3, m4] = powers.map((sum) => sum / total);
  const variance = m2 - m1 * m1;
  const skewness = (m3 - 3 * m1 * m2 + 2 * m1 ** 3) / variance ** 1.5;
  const excessKurtosis = (m4 - 4 * m1 * m3 + 6 * m1 * m1 * m2 - 3 * m1 ** 4) / variance ** 2 - 3;
  return { skewness, excessKurtosis, distance: bellDistance(skewness, excessKurtosis) };
}

/** The 99% point of chi-squared(d), by Wilson and Hilferty's cube root (1931): within 1% for every d. */
export const chiSquared99 = (d: number): number => d * (1 - 2 / (9 * d) + Z99 * Math.sqrt(2 / (9 * d))) ** 3;
