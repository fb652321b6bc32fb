import { Cancelled } from '../../kernels/pass';
import { dualRows } from '../../losses/dual';
import { type Coordinates, project, weightsOf } from '../../moments/coordinates';
import { labelTensor, type TensorData } from '../../moments/label-tensor';
import { smallestSingularValue } from '../../moments/regressor-directions';
import type { Random } from '../../random';
import { tableBatches } from './l4-batches';
import type { L4Labels } from './l4-directions';
import { l4Stream, type L4StreamOptions } from './l4-stream';

/** Directions where a descent on mini-batches ended. */
export interface StreamDirections {
  /** k × d weights on x; each one's coordinates z have unit norm. */
  readonly weights: Float64Array;
  /** T2(b, b) over all rows of the dual vector furthest from 1, where L4 wants it. */
  readonly length: number;
  /** Smallest singular value of the unit directions. */
  readonly conditioning: number;
}

/**
 * L4 by mini-batches of the table, in all q coordinates.
 *
 * @param batch  rows a mini-batch
 * @returns null where the descent ran away or ended in dependent directions
 */
export function streamDirections(
  data: TensorData,
  coordinates: Coordinates,
  { quartic, cubic }: L4Labels,
  k: number,
  batch: number,
  options: L4StreamOptions,
  random: Random,
): StreamDirections | null {
  const { rows, d, units, cancel } = data;
  const { q } = coordinates;
  const batches = tableBatches(rows, d, coordinates, units, quartic, batch, random);
  const descent = l4Stream(batches, k, q, options, random);
  let step = descent.next();
  for (; !step.done; step = descent.next()) if (Atomics.load(cancel, 0) !== 0) throw new Cancelled();
  const dual = step.value;
  const regressors = dualRows(dual, k, q);
  if (!regressors) return null;
  let length = 1;
  const directions: Float64Array[] = [];
  for (let i = 0; i < k; i++) {
    const b = dual.subarray(i * q, (i + 1) * q);
    const norm = Math.hypot(...b);
    const along = project(coordinates, d, [b.map((entry) => entry / norm)]);
    const second = labelTensor(data, along, [0, quartic.delta, 1], 2, 'raw');
    const third = labelTensor(data, along, [0, cubic.cubic.beta, cubic.cubic.alpha, 1], 3, 'raw');
    if (!second || !third) return null;
    const reached = (norm * norm * second[0]) / quartic.c2;
    if (Math.abs(reached - 1) > Math.abs(length - 1)) length = reached;
    // T4 is even in the direction; the cubic correlation along b tells its sign.
    const a = regressors.subarray(i * q, (i + 1) * q);
    const signed = Math.hypot(...a) * (Math.sign(cubic.c3) * third[0] < 0 ? -1 : 1);
    directions.push(a.map((entry) => entry / signed));
  }
  const weights = new Float64Array(k * d);
  directions.forEach((direction, i) => weights.set(weightsOf(coordinates, d, direction), i * d));
  return { weights, length, conditioning: smallestSingularValue(directions, k) };
}
