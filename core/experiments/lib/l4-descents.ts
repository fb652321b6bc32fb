import { labelledSample, tableBatches } from '../../fit/l4/l4-batches';
import { type BatchSource, l4Stream, type L4StreamOptions, streamDefaults } from '../../fit/l4/l4-stream';
import { lbfgs } from '../../fit/descent/lbfgs';
import { Cancelled } from '../../kernels/pass';
import { dualRows } from '../../losses/dual';
import { l4, type L4Weights } from '../../losses/l4';
import { sampleForms } from '../../losses/sample-forms';
import { recovery } from '../../model/match';
import type { MemoryRows } from '../../model/problem';
import type { Parameters } from '../../model/spec';
import { identity } from '../../moments/coordinates';
import { quarticTransforms } from '../../moments/quartic-transforms';
import { random, type Random } from '../../random';
import { type DrawInput, drawRows } from './problems';

/** Linear experts: the target in its own units, the inputs as they stand. */
const frameOf = ({ d, sigmas }: Parameters) => ({
  coordinates: identity(d, new Uint8Array(d).fill(1)),
  units: { base: new Float64Array(d + 1), scale: 1 },
  transforms: quarticTransforms((z) => z, sigmas[0]),
});

/** 1 − regressor fit of what the dual vectors are dual to; 1 where they are dependent. */
function dualError(dual: Float64Array, truth: Parameters): number {
  const regressors = dualRows(dual, truth.k, truth.d);
  return regressors ? 1 - recovery({ ...truth, expertWeights: regressors }, truth).regressorFit : 1;
}

/** Fresh rows of the model at every call: no row is ever seen twice. */
export function freshBatches(truth: Parameters, size: number, stream: Random, drawInput?: DrawInput): BatchSource {
  const { coordinates, units, transforms } = frameOf(truth);
  return () =>
    labelledSample(drawRows(truth, size, stream, undefined, drawInput), truth.d, coordinates, units, transforms);
}

/** Mini-batches of rows that are used again and again. */
export function reusedBatches(truth: Parameters, rows: MemoryRows, size: number, stream: Random): BatchSource {
  const { coordinates, units, transforms } = frameOf(truth);
  return tableBatches(rows, truth.d, coordinates, units, transforms, size, stream);
}

/** The error after every so many steps of a descent in the ambient space, from the first on. */
export function descentErrors(
  batches: BatchSource,
  truth: Parameters,
  options: Partial<L4StreamOptions> & { readonly weights: L4Weights },
  seed: number,
  cancel: Int32Array,
): { steps: number[]; errors: number[] } {
  const { k, d } = truth;
  const descent = l4Stream(batches, k, d, { ...streamDefaults(d), ...options }, random(seed, INITIAL_STREAM));
  const steps: number[] = [];
  const errors: number[] = [];
  for (let next = descent.next(); !next.done; next = descent.next()) {
    if (Atomics.load(cancel, 0) !== 0) throw new Cancelled();
    steps.push(next.value.step);
    errors.push(dualError(next.value.directions, truth));
  }
  return { steps, errors };
}

/** Away from the streams that models and rows are drawn from. */
const INITIAL_STREAM = 77;
const STEPS = 300;
/** A dual vector of a unit regressor has a length near 1 / √p: this is far outside. */
export const RUN_AWAY = 30;

/** L-BFGS on the empirical loss of all rows, in the ambient space: where it ends. */
export function ambientDescent(
  truth: Parameters,
  rows: MemoryRows,
  weights: L4Weights,
  seed: number,
  cancel: Int32Array,
): { error: number; length: number } {
  const { k, d } = truth;
  const { coordinates, units, transforms } = frameOf(truth);
  const forms = sampleForms(labelledSample(rows, d, coordinates, units, transforms), k);
  const stream = random(seed, INITIAL_STREAM);
  const from = Float64Array.from({ length: k * d }, () => streamDefaults(d).spread * stream.normal());
  const at = (move: Float64Array) => from.map((entry, j) => entry + move[j]);
  const move = lbfgs(
    (point) => {
      if (Atomics.load(cancel, 0) !== 0) throw new Cancelled();
      const { value, gradient } = l4(forms, at(point), weights);
      return { gain: -value, gradient: gradient.map((slope) => -slope) };
    },
    k * d,
    STEPS,
    1 / (8 * weights.lambda),
  );
  const dual = at(move);
  const lengths = Array.from({ length: k }, (_, i) => Math.hypot(...dual.subarray(i * d, (i + 1) * d)));
  return { error: dualError(dual, truth), length: Math.max(...lengths) };
}
