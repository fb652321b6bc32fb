import { simulate, type SimulationSettings, truthParameters } from '../../core/data/synthetic';
import type { Problem, Rows } from '../../core/model/problem';
import { activationNamed, linear } from '../../core/model/activations';
import type { ActivationId, NoiseModel, Parameters } from '../../core/model/spec';
import { permutation, random } from '../../core/random';

/** A problem on given rows in fit coordinates, with the defaults of a fit. */
export function problemOf(train: Rows, d: number, k: number, given: Partial<Problem> = {}): Problem {
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
    sigmaFloor: 1e-3 * sd,
    output: { offset: 0, scale: 1 },
    cancel: new Int32Array(1),
    ...given,
  };
}

/** The papers' setting: a simulated mixture, no intercepts, one sigma. */
export function simulatedProblem(
  { activation = 'linear', ...settings }: Omit<SimulationSettings, 'activation'> & { activation?: ActivationId },
  noise: NoiseModel = { kind: 'shared' },
): { problem: Problem; truth: Parameters } {
  const simulation = simulate({ ...settings, activation });
  if (!simulation.ok) throw new Error(simulation.error.message);
  const { columns, truth } = simulation.value;
  const { rows: n, features: d, experts: k } = settings;
  const x = Float64Array.from({ length: n * d }, (_, at) => columns[at % d].values[Math.floor(at / d)]);
  const rows = { n, x, y: columns[d].values, weights: null };
  return {
    problem: problemOf(rows, d, k, { noise, intercept: false, activation: activationNamed(activation) }),
    truth: truthParameters(truth),
  };
}

/** A numeric table split at random and standardised on its training rows; the target is the last column. */
export function tableProblem(table: readonly number[][], k: number, testFraction: number, seed: number): Problem {
  const d = table[0].length - 1;
  const order = Array.from(permutation(table.length, random(seed)), (row) => table[row]);
  const test = order.slice(0, Math.round(testFraction * order.length));
  const train = order.slice(test.length);
  const centers = table[0].map((_, j) => train.reduce((sum, row) => sum + row[j], 0) / train.length);
  const scales = centers.map((center, j) =>
    Math.sqrt(train.reduce((sum, row) => sum + (row[j] - center) ** 2, 0) / train.length),
  );
  const standardised = (rows: readonly number[][]): Rows => ({
    n: rows.length,
    x: Float64Array.from(rows.flatMap((row) => row.slice(0, d).map((value, j) => (value - centers[j]) / scales[j]))),
    y: Float64Array.from(rows, (row) => (row[d] - centers[d]) / scales[d]),
    weights: null,
  });
  return problemOf(standardised(train), d, k, { test: standardised(test) });
}
