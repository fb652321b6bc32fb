import type { LabelledSample } from '../../losses/sample-forms';
import type { MemoryRows, Rows } from '../../model/problem';
import type { Coordinates } from '../../moments/coordinates';
import type { TargetUnits } from '../../moments/label-tensor';
import type { QuarticTransforms } from '../../moments/quartic-transforms';
import type { Random } from '../../random';
import type { BatchSource } from './l4-stream';
import { miniBatches } from '../sgd/mini-batches';

/** Rows as L4 sees them, labels centred over them. */
export function labelledSample(
  { n, x, y, weights }: MemoryRows,
  d: number,
  { q, affine }: Coordinates,
  { base, scale }: TargetUnits,
  { a, b, c, delta, c4, c2 }: QuarticTransforms,
): LabelledSample {
  const z = new Float64Array(n * q);
  const quartic = new Float64Array(n);
  const quadratic = new Float64Array(n);
  for (let r = 0; r < n; r++) {
    const row = r * d;
    for (let i = 0; i < q; i++) {
      let sum = affine[i * (d + 1)];
      for (let j = 0; j < d; j++) sum += affine[i * (d + 1) + 1 + j] * x[row + j];
      z[r * q + i] = sum;
    }
    let away = y[r] - base[0];
    for (let j = 0; j < d; j++) away -= base[j + 1] * x[row + j];
    const u = away / scale;
    quartic[r] = (u * (c + u * (b + u * (a + u)))) / c4;
    quadratic[r] = (u * (delta + u)) / c2;
  }
  centre(quartic, weights);
  centre(quadratic, weights);
  return { n, q, z, quartic, quadratic };
}

/** Takes the weighted mean away, and then makes each label count as its row does. */
function centre(labels: Float64Array, weights: Float64Array | null): void {
  const weightOf = (r: number) => (weights === null ? 1 : weights[r]);
  let total = 0;
  let sum = 0;
  for (let r = 0; r < labels.length; r++) {
    total += weightOf(r);
    sum += weightOf(r) * labels[r];
  }
  if (total === 0) return void labels.fill(0);
  for (let r = 0; r < labels.length; r++) labels[r] = ((labels[r] - sum / total) * weightOf(r) * labels.length) / total;
}

/** Mini-batches drawn from a table, every row once before any comes again. */
export function tableBatches(
  rows: Rows,
  d: number,
  coordinates: Coordinates,
  units: TargetUnits,
  transforms: QuarticTransforms,
  size: number,
  random: Random,
): BatchSource {
  const batches = miniBatches(rows, d, size, random);
  return () => labelledSample(batches.next(), d, coordinates, units, transforms);
}
