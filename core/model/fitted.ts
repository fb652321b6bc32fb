import { activationNamed, activationOf, activationWords } from './activations';
import type { PredictingModel } from './model-file';
import { fail, ok, type Result } from '../result';
import { finish, inBlocks, type Steps } from '../turns';
import { retransform, type TargetTransform } from './target-transform';
import { type Activation, type ActivationId, emptyParameters, type Parameters } from './spec';

/** How the coordinates of a fit come from original units: x_j = (z_j - center_j) / scale_j, y = offset + scale * y_fit. */
export interface FitCoordinates {
  readonly columns: readonly { readonly name: string; readonly center: number; readonly scale: number }[];
  /** Where columns are mixed, z - center = factor · x: d × d, lower triangular, row-major; null or absent where each has its scale. */
  readonly factor?: Float64Array | null;
  readonly output: { readonly offset: number; readonly scale: number };
  /** What y is a transform of; null where it is the target itself. */
  readonly targetTransform?: TargetTransform | null;
}

export type { PredictingModel } from './model-file';

/**
 * Parameters in original units. With u = z - center the scales go into the weights, a_j / scale_j; a linear expert takes the
 * scaling of the target in as well and is exported with offset 0 and scale 1, any other keeps it outside its activation.
 */
export function toOriginalUnits(
  parameters: Parameters,
  { columns, output, factor, targetTransform }: FitCoordinates,
  activation: Activation,
): PredictingModel {
  const { k, d } = parameters;
  const folds = activation.id === 'linear';
  const slope = folds ? output.scale : 1;
  const line = (weights: Float64Array, i: number, times: number) =>
    factor
      ? unmixed(factor, weights.subarray(i * d, (i + 1) * d)).map((weight) => times * weight)
      : columns.map(({ scale }, j) => (times * weights[i * d + j]) / scale);
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
    ...(targetTransform && { targetTransform }),
  };
}

/** The weights a on u with a·u = w·x where u = factor · x: the solution of factorᵀ · a = w, from the last column to the first. */
function unmixed(factor: Float64Array, weights: Float64Array): number[] {
  const d = weights.length;
  const found = new Array<number>(d).fill(0);
  for (let j = d - 1; j >= 0; j--) {
    let rest = weights[j];
    for (let i = j + 1; i < d; i++) rest -= factor[i * d + j] * found[i];
    found[j] = rest / factor[j * d + j];
  }
  return found;
}

/** The weights w on x with w·x = a·u: factorᵀ · a. */
function mixed(factor: Float64Array, weights: readonly number[]): number[] {
  const d = weights.length;
  return weights.map((_, j) => {
    let sum = 0;
    for (let i = j; i < d; i++) sum += factor[i * d + j] * weights[i];
    return sum;
  });
}

/**
 * The way back: a model in original units as parameters in the coordinates of a fit, to start from. Where intercepts are off in the
 * fit, its own stay what they are. Behind a nonlinear response the target's scaling cannot be taken into the line, so a model that
 * was scaled otherwise is near its place, not at it.
 */
export function toFitCoordinates(
  model: PredictingModel,
  { columns, output, factor, targetTransform }: FitCoordinates,
  k: number,
  activation: ActivationId,
): Result<Parameters> {
  if (!sameTransform(model.targetTransform, targetTransform ?? undefined))
    return fail(
      'fit/initial-target',
      `The model to start from predicts ${targetWords(model.targetTransform)} and this fit ${targetWords(targetTransform ?? undefined)}: transform the target in the same way, or start otherwise.`,
    );
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
  const line = (weights: readonly number[]) =>
    factor ? mixed(factor, weights) : weights.map((weight, j) => weight * columns[j].scale);
  for (let i = 0; i < k; i++) {
    const [expert, gate] = [model.experts[i], model.gates[i]];
    parameters.expertIntercepts[i] = constant + slope * at(expert);
    parameters.gateIntercepts[i] = at(gate);
    parameters.sigmas[i] = expert.sigma / output.scale;
    const [expertLine, gateLine] = [line(expert.weights), line(gate.weights)];
    for (let j = 0; j < d; j++) {
      parameters.expertWeights[i * d + j] = slope * expertLine[j];
      parameters.gateWeights[i * d + j] = gateLine[j];
    }
  }
  return ok(parameters);
}

const sameTransform = (a?: TargetTransform, b?: TargetTransform): boolean =>
  a?.kind === b?.kind && (a?.kind !== 'yeo-johnson' || b?.kind !== 'yeo-johnson' || a.lambda === b.lambda);

const targetWords = (transform?: TargetTransform): string => {
  if (transform === undefined) return 'the target as it stands';
  return transform.kind === 'yeo-johnson' ? `its yeo-johnson with lambda ${transform.lambda}` : `its ${transform.kind}`;
};

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
  return yield* inTargetUnits(model, yield* predictFitted(model, z));
}

/** What a model says of the target as its experts are fitted to it: of the logarithm, where that was fitted. In turns. */
export function* predictFitted(model: PredictingModel, z: Float64Array): Steps<ModelPrediction> {
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

/**
 * Predictions of a transformed target taken back to its own units: each expert's mean is that of its normal distribution seen through
 * the inverse, and prediction and spread are those of the mixture of these. Without a transform they come back as they are. In turns.
 */
export function* inTargetUnits(
  { targetTransform, experts }: Pick<PredictingModel, 'targetTransform' | 'experts'>,
  fitted: ModelPrediction,
): Steps<ModelPrediction> {
  if (targetTransform === undefined) return fitted;
  const k = experts.length;
  const n = fitted.prediction.length;
  const { gates } = fitted;
  const out = { prediction: new Float64Array(n), sd: new Float64Array(n), gates, means: new Float64Array(n * k) };
  const variances = new Float64Array(k);
  const one = { mean: 0, variance: 0 };
  const nodes = targetTransform.rule?.nodes.length ?? 1;
  yield* inBlocks(n, 12 * k * nodes, (from, to) => {
    for (let row = from; row < to; row++) {
      let prediction = 0;
      for (let i = 0; i < k; i++) {
        const at = row * k + i;
        ({ mean: out.means[at], variance: variances[i] } = retransform(
          targetTransform,
          fitted.means[at],
          experts[i].sigma,
          one,
        ));
        prediction += gates[at] * out.means[at];
      }
      let variance = 0;
      for (let i = 0; i < k; i++)
        variance += gates[row * k + i] * (variances[i] + (out.means[row * k + i] - prediction) ** 2);
      out.prediction[row] = prediction;
      out.sd[row] = Math.sqrt(variance);
    }
  });
  return out;
}
