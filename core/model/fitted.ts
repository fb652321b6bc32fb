import { activationNamed, activationOf, activationWords } from './activations';
import type { PredictingModel } from './model-file';
import { fail, ok, type Result } from '../result';
import { finish, inBlocks, type Steps } from '../turns';
import { type Activation, type ActivationId, emptyParameters, type Parameters } from './spec';

/** How the coordinates of a fit come from original units: x_j = (z_j - center_j) / scale_j, y = offset + scale * y_fit. */
export interface FitCoordinates {
  readonly columns: readonly { readonly name: string; readonly center: number; readonly scale: number }[];
  readonly output: { readonly offset: number; readonly scale: number };
}

export type { PredictingModel } from './model-file';

/**
 * Parameters in original units. With u = z - center the scales go into the weights, a_j / scale_j; a linear expert takes the
 * scaling of the target in as well and is exported with offset 0 and scale 1, any other keeps it outside its activation.
 */
export function toOriginalUnits(
  parameters: Parameters,
  { columns, output }: FitCoordinates,
  activation: Activation,
): PredictingModel {
  const { k, d } = parameters;
  const folds = activation.id === 'linear';
  const slope = folds ? output.scale : 1;
  const line = (weights: Float64Array, i: number, factor: number) =>
    columns.map(({ scale }, j) => (factor * weights[i * d + j]) / scale);
  return {
    activation: activation.id,
    ...(activation.id === 'leaky-relu' && { leak: activation.leak }),
    columns: columns.map(({ name, center }) => ({ name, center })),
    experts: Array.from({ length: k }, (_, i) => ({
      intercept: (folds ? output.offset : 0) + slope * parameters.expertIntercepts[i],
      weights: line(parameters.expertWeights, i, slope),
      sigma: output.scale * parameters.sigmas[i],
    })),
    gates: Array.from({ length: k }, (_, i) => ({
      intercept: parameters.gateIntercepts[i],
      weights: line(parameters.gateWeights, i, 1),
    })),
    output: folds ? { offset: 0, scale: 1 } : { ...output },
  };
}

/**
 * The way back: a model in original units as parameters in the coordinates of a fit, to start from. Where intercepts are off in the
 * fit, its own stay what they are. Behind a nonlinear response the target's scaling cannot be taken into the line, so a model that
 * was scaled otherwise is near its place, not at it.
 */
export function toFitCoordinates(
  model: PredictingModel,
  { columns, output }: FitCoordinates,
  k: number,
  activation: ActivationId,
): Result<Parameters> {
  const same =
    model.columns.length === columns.length && model.columns.every(({ name }, j) => name === columns[j].name);
  if (!same)
    return fail(
      'fit/initial-columns',
      'The model to start from has other encoded columns than this fit: fit the same features with the same training rows, or start otherwise.',
    );
  if (model.experts.length !== k || model.activation !== activation)
    return fail(
      'fit/initial-shape',
      `The model to start from has ${model.experts.length} ${activationWords[model.activation]} experts and this fit asks for ${k} ${activationWords[activation]} ones: make them the same.`,
    );
  const d = columns.length;
  const parameters = emptyParameters(k, d);
  const folds = activation === 'linear';
  const slope = folds ? model.output.scale / output.scale : 1;
  const constant = folds ? (model.output.offset - output.offset) / output.scale : 0;
  const at = ({ intercept, weights }: { intercept: number; weights: readonly number[] }) =>
    weights.reduce((sum, weight, j) => sum + weight * (columns[j].center - model.columns[j].center), intercept);
  for (let i = 0; i < k; i++) {
    const [expert, gate] = [model.experts[i], model.gates[i]];
    parameters.expertIntercepts[i] = constant + slope * at(expert);
    parameters.gateIntercepts[i] = at(gate);
    parameters.sigmas[i] = expert.sigma / output.scale;
    for (let j = 0; j < d; j++) {
      parameters.expertWeights[i * d + j] = slope * expert.weights[j] * columns[j].scale;
      parameters.gateWeights[i * d + j] = gate.weights[j] * columns[j].scale;
    }
  }
  return ok(parameters);
}

/** What a model says about n rows, original units; gates and means are n × k, row-major. */
export interface ModelPrediction {
  readonly prediction: Float64Array;
  /** Standard deviation of the mixture: sqrt(Σ p_i (σ_i² + μ_i²) − prediction²). */
  readonly sd: Float64Array;
  readonly gates: Float64Array;
  readonly means: Float64Array;
}

/**
 * Predicts from the exported numbers and nothing else: mu_i = offset + scale * g(b_i + a_i.u), p = softmax(c_i + w_i.u), u = z - center.
 *
 * @param z  n × d encoded features in original units, row-major
 */
export const predictModel = (model: PredictingModel, z: Float64Array): ModelPrediction =>
  finish(predictInSteps(model, z));

/** The same in turns: rows do not depend on one another. */
export function* predictInSteps(model: PredictingModel, z: Float64Array): Steps<ModelPrediction> {
  const k = model.experts.length;
  const d = model.columns.length;
  const n = d === 0 ? 0 : z.length / d;
  const { offset, scale } = model.output;
  const { respond } = activationOf(activationNamed(model.activation, model.leak));
  const centers = Float64Array.from(model.columns, ({ center }) => center);
  const expertWeights = Float64Array.from(model.experts.flatMap(({ weights }) => weights));
  const gateWeights = Float64Array.from(model.gates.flatMap(({ weights }) => weights));
  const expertIntercepts = Float64Array.from(model.experts, ({ intercept }) => intercept);
  const gateIntercepts = Float64Array.from(model.gates, ({ intercept }) => intercept);
  const variances = Float64Array.from(model.experts, ({ sigma }) => sigma * sigma);
  const out = {
    prediction: new Float64Array(n),
    sd: new Float64Array(n),
    gates: new Float64Array(n * k),
    means: new Float64Array(n * k),
  };
  const u = new Float64Array(d);

  function predict(row: number): void {
    const at = row * k;
    for (let j = 0; j < d; j++) u[j] = z[row * d + j] - centers[j];
    let largest = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < k; i++) {
      let score = expertIntercepts[i];
      let logit = gateIntercepts[i];
      for (let j = 0; j < d; j++) {
        score += expertWeights[i * d + j] * u[j];
        logit += gateWeights[i * d + j] * u[j];
      }
      out.means[at + i] = score;
      out.gates[at + i] = logit;
      if (logit > largest) largest = logit;
    }
    respond(out.means, at, at + k);
    // The largest logit is taken out first: exp overflows beyond 709.
    let total = 0;
    for (let i = 0; i < k; i++) total += out.gates[at + i] = Math.exp(out.gates[at + i] - largest);
    let prediction = 0;
    for (let i = 0; i < k; i++) {
      out.gates[at + i] /= total;
      out.means[at + i] = offset + scale * out.means[at + i];
      prediction += out.gates[at + i] * out.means[at + i];
    }
    // Around the prediction rather than around 0: the same variance without the cancellation.
    let variance = 0;
    for (let i = 0; i < k; i++) variance += out.gates[at + i] * (variances[i] + (out.means[at + i] - prediction) ** 2);
    out.prediction[row] = prediction;
    out.sd[row] = Math.sqrt(variance);
  }

  yield* inBlocks(n, 2 * d * k, (from, to) => {
    for (let row = from; row < to; row++) predict(row);
  });
  return out;
}
