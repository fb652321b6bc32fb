import { activationNamed, activationOf, DEFAULT_LEAK } from '../model/activations';
import type { ActivationId, Parameters } from '../model/spec';
import { random, type Random } from '../random';
import { fail, ok, type Result } from '../result';

/** What to simulate; the flags of `moe-lab simulate`. */
export interface SimulationSettings {
  readonly rows: number;
  readonly features: number;
  readonly experts: number;
  /** Noise standard deviation, the same for every expert. */
  readonly sigma: number;
  readonly activation: ActivationId;
  /** `gaussian`: x ~ N(0, I). `gmm:p`: N(m, I) with probability p, else N(−m, I), where m is a random unit vector. */
  readonly inputs: string;
  /** `random`: unit vectors in any direction. `orthogonal`: orthonormal, and orthogonal to every regressor. */
  readonly gates: 'orthogonal' | 'random';
  readonly seed: number;
}

/**
 * The true model, laid out like model.json: y | x ~ Σ_i softmax_i(w_i·x) N(g(a_i·x), sigma²) with unit-norm a_i and w_i, w_k = 0,
 * no intercepts and centers 0.
 */
export interface Truth {
  readonly format: 'moe-lab/truth';
  readonly version: 1;
  readonly activation: ActivationId;
  /** Slope of a leaky ReLU below 0; other activations have none. */
  readonly leak?: number;
  readonly target: string;
  readonly columns: readonly { name: string; center: number }[];
  readonly experts: readonly { intercept: number; weights: readonly number[]; sigma: number }[];
  readonly gates: readonly { intercept: number; weights: readonly number[] }[];
  readonly output: { offset: number; scale: number };
  readonly seed: number;
  readonly settings: SimulationSettings;
  /** The components of the inputs' density: one N(0, I), or the two of `gmm`. */
  readonly inputs: readonly { probability: number; mean: readonly number[] }[];
}

/** A simulated table: columns x1..xd and y, in the order of the file, and the model it was drawn from. */
export interface Simulation {
  readonly columns: readonly { name: string; values: Float64Array }[];
  readonly truth: Truth;
}

/** Model and rows have streams of their own, so that more rows of the same seed are more rows of the same model. */
const MODEL_STREAM = 0;
const ROWS_STREAM = 1;

/** Draws a mixture of experts and rows from it. */
export function simulate(settings: SimulationSettings): Result<Simulation> {
  const fault = settingsFault(settings);
  if (fault) return fail('simulate/settings', fault);
  const truth = drawTruth(settings, random(settings.seed, MODEL_STREAM));
  return ok({ columns: drawRows(truth, settings.rows, random(settings.seed, ROWS_STREAM)), truth });
}

/** The true model as parameters, in the order of the truth. */
export function truthParameters(truth: Truth): Parameters {
  return {
    k: truth.experts.length,
    d: truth.columns.length,
    expertWeights: Float64Array.from(truth.experts.flatMap((expert) => expert.weights)),
    expertIntercepts: Float64Array.from(truth.experts, (expert) => expert.intercept),
    sigmas: Float64Array.from(truth.experts, (expert) => expert.sigma),
    gateWeights: Float64Array.from(truth.gates.flatMap((gate) => gate.weights)),
    gateIntercepts: Float64Array.from(truth.gates, (gate) => gate.intercept),
  };
}

function settingsFault({ rows, features, experts, sigma, inputs, gates, seed }: SimulationSettings): string | null {
  if (!Number.isInteger(rows) || rows < 1) return 'The number of rows must be a whole number of at least 1.';
  if (!Number.isInteger(features) || features < 1)
    return 'The number of features must be a whole number of at least 1.';
  if (!Number.isInteger(experts) || experts < 1) return 'The number of experts must be a whole number of at least 1.';
  if (!(sigma >= 0 && Number.isFinite(sigma))) return 'The noise level sigma must be a number of at least 0.';
  if (!Number.isInteger(seed)) return 'The seed must be a whole number.';
  if (mixtureShare(inputs) === null) {
    return `The inputs “${inputs}” are not known: use gaussian, or gmm:p with p between 0 and 1, for example gmm:0.3.`;
  }
  if (gates === 'orthogonal' && 2 * experts - 1 > features) {
    return `Orthogonal gates for ${experts} experts need at least ${2 * experts - 1} features, and there are ${features}: add features or use random gates.`;
  }
  return null;
}

/** Probability of the first component; 1 for gaussian; null for a text that means neither. */
function mixtureShare(inputs: string): number | null {
  if (inputs === 'gaussian') return 1;
  const match = /^gmm:(\d*\.?\d+)$/.exec(inputs);
  const share = match ? Number(match[1]) : Number.NaN;
  return share > 0 && share < 1 ? share : null;
}

function drawTruth(settings: SimulationSettings, stream: Random): Truth {
  const { features: d, experts: k, sigma } = settings;
  const regressors = Array.from({ length: k }, () => unitVector(d, stream));
  const gates: Float64Array[] = [];
  for (let i = 0; i < k - 1; i++) {
    gates.push(unitVector(d, stream, settings.gates === 'orthogonal' ? [...regressors, ...gates] : []));
  }
  gates.push(new Float64Array(d));
  const share = mixtureShare(settings.inputs) ?? 1;
  const mean = share < 1 ? unitVector(d, stream) : new Float64Array(d);
  const components = [{ probability: share, mean: Array.from(mean) }];
  if (share < 1) components.push({ probability: 1 - share, mean: Array.from(mean, (entry) => -entry) });
  return {
    format: 'moe-lab/truth',
    version: 1,
    activation: settings.activation,
    ...(settings.activation === 'leaky-relu' && { leak: DEFAULT_LEAK }),
    target: 'y',
    columns: Array.from({ length: d }, (_, j) => ({ name: `x${j + 1}`, center: 0 })),
    experts: regressors.map((weights) => ({ intercept: 0, weights: Array.from(weights), sigma })),
    gates: gates.map((weights) => ({ intercept: 0, weights: Array.from(weights) })),
    output: { offset: 0, scale: 1 },
    seed: settings.seed,
    settings,
    inputs: components,
  };
}

function drawRows(truth: Truth, n: number, stream: Random): Simulation['columns'] {
  const d = truth.columns.length;
  const columns = [...truth.columns.map(({ name }) => name), truth.target].map((name) => ({
    name,
    values: new Float64Array(n),
  }));
  const respond = activationOf(activationNamed(truth.activation, truth.leak)).value;
  const x = new Float64Array(d);
  for (let row = 0; row < n; row++) {
    const component =
      truth.inputs[
        pick(
          truth.inputs.map(({ probability }) => probability),
          stream,
        )
      ];
    for (let j = 0; j < d; j++) x[j] = columns[j].values[row] = component.mean[j] + stream.normal();
    const odds = truth.gates.map(({ intercept, weights }) => Math.exp(intercept + dot(weights, x)));
    const expert = truth.experts[pick(odds, stream)];
    columns[d].values[row] = respond(expert.intercept + dot(expert.weights, x)) + expert.sigma * stream.normal();
  }
  return columns;
}

/** An index drawn with probability proportional to the odds. */
function pick(odds: readonly number[], stream: Random): number {
  let left = stream.uniform() * odds.reduce((sum, value) => sum + value, 0);
  for (let i = 0; i < odds.length - 1; i++) {
    left -= odds[i];
    if (left < 0) return i;
  }
  return odds.length - 1;
}

/** Uniform on the unit sphere of the complement of `against`. */
function unitVector(d: number, stream: Random, against: readonly Float64Array[] = []): Float64Array {
  const basis: Float64Array[] = [];
  for (const vector of against) basis.push(normalised(withoutSpan(vector, basis)));
  return normalised(
    withoutSpan(
      Float64Array.from({ length: d }, () => stream.normal()),
      basis,
    ),
  );
}

/** The part of a vector orthogonal to an orthonormal basis; twice, because once leaves rounding errors behind. */
function withoutSpan(vector: Float64Array, basis: readonly Float64Array[]): Float64Array {
  const rest = vector.slice();
  for (const unit of [...basis, ...basis]) {
    const along = dot(unit, rest);
    for (let j = 0; j < rest.length; j++) rest[j] -= along * unit[j];
  }
  return rest;
}

function normalised(vector: Float64Array): Float64Array {
  const norm = Math.sqrt(dot(vector, vector));
  return vector.map((entry) => entry / norm);
}

function dot(u: ArrayLike<number>, v: ArrayLike<number>): number {
  let sum = 0;
  for (let j = 0; j < u.length; j++) sum += u[j] * v[j];
  return sum;
}
