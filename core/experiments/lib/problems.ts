import { simulate, type SimulationSettings, truthParameters } from '../../data/synthetic';
import { activationNamed, activationOf, linear } from '../../model/activations';
import type { MemoryRows, ProblemInMemory } from '../../model/problem';
import { type Activation, type ActivationId, emptyParameters, type Parameters } from '../../model/spec';
import type { Random } from '../../random';

/** Rows drawn from a model that is known. */
export interface Simulated {
  readonly problem: ProblemInMemory;
  /** In the coordinates of the problem. */
  readonly truth: Parameters;
}

/** What a problem says beyond its rows; the rest has the defaults of a fit. */
export type Given = Partial<Omit<ProblemInMemory, 'd' | 'k' | 'train'>>;

/** sigma never falls below this share of sd(y): DESIGN 4. */
const SIGMA_FLOOR = 1e-3;

/** A problem on given rows in fit coordinates, with the defaults of a fit: intercepts, a sigma for each expert. */
export function problemOf(train: MemoryRows, d: number, k: number, given: Given = {}): ProblemInMemory {
  const mean = train.y.reduce((sum, y) => sum + y, 0) / train.n;
  const sd = Math.sqrt(train.y.reduce((sum, y) => sum + (y - mean) ** 2, 0) / train.n);
  return {
    d,
    k,
    train,
    test: null,
    activation: linear,
    noise: { kind: 'per-expert' },
    intercept: true,
    expertColumns: new Uint8Array(d).fill(1),
    gateColumns: new Uint8Array(d).fill(1),
    gateScale: new Float64Array(d).fill(1),
    gateRidge: 0.01,
    pseudoRows: 0,
    initial: null,
    sigmaFloor: SIGMA_FLOOR * sd,
    output: { offset: 0, scale: 1 },
    cancel: new Int32Array(1),
    ...given,
  };
}

/** What the papers leave out: intercepts and a sigma for each expert. */
const papers = { noise: { kind: 'shared' }, intercept: false } as const;

/** The papers' setting, as `moe-lab simulate` draws it: unit-norm regressors and gates, no intercepts, one sigma. */
export function simulatedProblem(
  { activation = 'linear', ...settings }: Omit<SimulationSettings, 'activation'> & { activation?: ActivationId },
  given: Given = {},
): Simulated {
  const simulation = simulate({ ...settings, activation });
  if (!simulation.ok) throw new Error(simulation.error.message);
  const { columns, truth } = simulation.value;
  const { rows: n, features: d, experts: k } = settings;
  const x = Float64Array.from({ length: n * d }, (_, at) => columns[at % d].values[Math.floor(at / d)]);
  const rows = { n, x, y: columns[d].values, weights: null };
  return {
    problem: problemOf(rows, d, k, { ...papers, activation: activationNamed(activation), ...given }),
    truth: truthParameters(truth),
  };
}

/** A model of one's own in the papers' setting. */
export function problemFrom(
  truth: Parameters,
  n: number,
  stream: Random,
  given: Given = {},
  drawInput?: DrawInput,
): Simulated {
  const rows = drawRows(truth, n, stream, given.activation ?? linear, drawInput);
  return { problem: problemOf(rows, truth.d, truth.k, { ...papers, ...given }), truth };
}

/** Writes one row of inputs. */
export type DrawInput = (x: Float64Array, stream: Random) => void;

/** x ~ N(0, I). */
export const standardNormal: DrawInput = (x, stream) => {
  for (let j = 0; j < x.length; j++) x[j] = stream.normal();
};

/** n rows of x and y | x ~ Σ_i p_i(x) N(g(b_i + a_i·x), σ_i²). */
export function drawRows(
  truth: Parameters,
  n: number,
  stream: Random,
  activation: Activation = linear,
  drawInput: DrawInput = standardNormal,
): MemoryRows {
  const { k, d } = truth;
  const { value: respond } = activationOf(activation);
  const rows = { n, x: new Float64Array(n * d), y: new Float64Array(n), weights: null };
  for (let row = 0; row < n; row++) {
    const x = rows.x.subarray(row * d, (row + 1) * d);
    drawInput(x, stream);
    const score = (weights: Float64Array, i: number) => {
      let sum = 0;
      for (let j = 0; j < d; j++) sum += weights[i * d + j] * x[j];
      return sum;
    };
    const logits = truth.gateIntercepts.map((intercept, i) => intercept + score(truth.gateWeights, i));
    const top = Math.max(...logits);
    const odds = logits.map((logit) => Math.exp(logit - top));
    let left = stream.uniform() * odds.reduce((sum, value) => sum + value, 0);
    let expert = 0;
    while (expert < k - 1 && (left -= odds[expert]) >= 0) expert++;
    const mean = respond(truth.expertIntercepts[expert] + score(truth.expertWeights, expert));
    rows.y[row] = mean + truth.sigmas[expert] * stream.normal();
  }
  return rows;
}

/** Gated-NN, section 4: a_i = e_i and w_i = e_{k+i}, the last gate 0. Needs d ≥ 2k − 1. */
export function axisTruth(k: number, d: number, sigma: number): Parameters {
  if (d < 2 * k - 1) throw new RangeError(`${k} experts on axes of their own need ${2 * k - 1} features.`);
  const truth = emptyParameters(k, d);
  for (let i = 0; i < k; i++) truth.expertWeights[i * d + i] = 1;
  for (let i = 0; i < k - 1; i++) truth.gateWeights[i * d + k + i] = 1;
  truth.sigmas.fill(sigma);
  return truth;
}
