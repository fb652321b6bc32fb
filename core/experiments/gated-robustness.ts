import { streamDefaults } from '../fit/l4/l4-stream';
import { recovery } from '../model/match';
import type { Parameters } from '../model/spec';
import { random } from '../random';
import type { Claim, Experiment, Measured, Observation } from './experiment';
import { percent, rowOf, spread } from './lib/findings';
import { type FitChoice, fitWith } from './lib/fitting';
import { descentErrors, freshBatches } from './lib/l4-descents';
import { metricNames, observe, tasksOf } from './lib/measure';
import { axisTruth, type DrawInput, problemFrom, type Simulated, standardNormal } from './lib/problems';

const D = 10;
const K = 3;
const SIGMA = 0.05;
const ROWS = 8000;
const { regressorError: error, gatingFit } = metricNames;
const FOUND = 'share that finds the regressors';
/** An initialisation with a smaller error has found the regressors. */
const FOUND_BELOW = 0.1;

const BATCH = 'batches of 128';
const INITIAL = 'many initialisations';
const GATES = 'gates that are not orthogonal to the regressors';
const INPUTS = 'inputs from two normals, symmetric';

const ADAM = 'Adam on fresh rows';
const DESCENT = 'L4, one descent';
const L4 = 'L4, gate by L_log';
const POLISHED = 'L4, then joint EM';
const CUBIC = 'third moments (spectral-em)';
const fits: readonly (readonly [name: string, id: string, choice: FitChoice])[] = [
  [L4, 'l4-llog', {}],
  [POLISHED, 'l4-llog', { polish: true }],
  [CUBIC, 'spectral-em', {}],
];

/** Half of each gate's weights along the regressors. */
function tiltedTruth(): Parameters {
  const truth = axisTruth(K, D, SIGMA);
  for (let i = 0; i < K - 1; i++) {
    truth.gateWeights[i * D + K + i] = Math.SQRT1_2;
    truth.gateWeights[i * D + i] = Math.SQRT1_2;
  }
  return truth;
}

/** N(m, I) and N(−m, I), equally likely, m of unit length and as near to every axis. */
const twoNormals: DrawInput = (x, stream) => {
  const side = stream.uniform() < 0.5 ? 1 : -1;
  standardNormal(x, stream);
  for (let j = 0; j < x.length; j++) x[j] += side / Math.sqrt(x.length);
};

const reproducedBelow = (bound: number) => (row: { median: number }) =>
  row.median < bound ? ('reproduced' as const) : ('not reproduced' as const);

const claims: Claim[] = [
  { setting: BATCH, method: ADAM, metric: error, published: 'still found', judge: reproducedBelow(FOUND_BELOW) },
  {
    setting: INITIAL,
    method: ADAM,
    metric: FOUND,
    published: 'found from every initialisation',
    judge: ({ min }) => (min >= 1 ? 'reproduced' : 'not reproduced'),
  },
  ...[GATES, INPUTS].flatMap((setting): Claim[] => [
    { setting, method: ADAM, metric: error, published: 'still found', judge: reproducedBelow(FOUND_BELOW) },
    { setting, method: L4, metric: error, published: 'still found', judge: reproducedBelow(FOUND_BELOW) },
  ]),
];

const weights = { mu: 0.1, lambda: 10, delta: 0 };

/** Where Adam on fresh rows ends. */
function streamed(
  truth: Parameters,
  given: { batch: number; seed: number; initial?: number; drawInput?: DrawInput },
  cancel: Int32Array,
): number {
  const { batch, seed, initial = seed, drawInput } = given;
  const { steps } = streamDefaults(D);
  const batches = freshBatches(truth, batch, random(seed, 60), drawInput);
  return descentErrors(batches, truth, { weights, every: steps }, initial, cancel).errors[1];
}

function fittedAll(setting: string, { problem, truth }: Simulated, seed: number): Observation[] {
  return fits.flatMap(([name, id, choice]) => {
    const { regressorFit, gatingFit: gate } = recovery(fitWith(problem, id, choice, seed).parameters, truth);
    return observe(setting, name, { [error]: 1 - regressorFit, [gatingFit]: gate });
  });
}

/** Initialisations of one data set, and how many of them find the regressors. */
function fromMany(seed: number, quick: boolean, cancel: Int32Array): Observation[] {
  const truth = axisTruth(K, D, SIGMA);
  const count = quick ? 3 : 10;
  const share = (errors: readonly number[]) => errors.filter((value) => value < FOUND_BELOW).length / errors.length;
  const starts = Array.from({ length: count }, (_, i) => 1000 * seed + i);
  const adam = starts.map((initial) => streamed(truth, { batch: 128, seed, initial }, cancel));
  const { problem } = problemFrom(truth, ROWS, random(seed, 61), { cancel });
  const one = { maxIterations: 1, options: { descents: 1 } };
  const descents = starts.map(
    (initial) => 1 - recovery(fitWith(problem, 'l4-llog', one, initial).parameters, truth).regressorFit,
  );
  return [
    ...observe(INITIAL, ADAM, { [FOUND]: share(adam) }),
    ...observe(INITIAL, DESCENT, { [FOUND]: share(descents) }),
  ];
}

function measure(setting: string, seed: number, quick: boolean, cancel: Int32Array): Observation[] {
  if (setting === INITIAL) return fromMany(seed, quick, cancel);
  if (setting === BATCH) {
    const reached = streamed(axisTruth(K, D, SIGMA), { batch: 128, seed }, cancel);
    return observe(setting, ADAM, { [error]: reached });
  }
  const truth = setting === GATES ? tiltedTruth() : axisTruth(K, D, SIGMA);
  const drawInput = setting === INPUTS ? twoNormals : standardNormal;
  const reached = streamed(truth, { batch: 256, seed, drawInput }, cancel);
  const simulated = problemFrom(truth, ROWS, random(seed, 62), { cancel }, drawInput);
  return [...observe(setting, ADAM, { [error]: reached }), ...fittedAll(setting, simulated, seed)];
}

/** Gated-NN, the appendix on robustness: what L4 bears beyond its assumptions. */
export const gatedRobustness: Experiment = {
  name: 'gated-robustness',
  title: 'What the losses of Gated-NN bear beyond their assumptions',
  source: 'Gated-NN, section 4 and its appendix; a_i = e_i, w_i = e_{k+i}, k = 3, d = 10, sigma = 0.05',
  question:
    'Do the regressors still come out with small batches, from any initialisation, with other gates and other inputs?',
  seeds: 20,
  claims,
  figures: [],
  tasks: ({ seeds }) => tasksOf([BATCH, INITIAL, GATES, INPUTS], seeds),
  run({ setting, seed }, { quick }, _tables, cancel): Measured {
    return { observations: measure(setting, seed, quick, cancel), lines: [] };
  },
  findings(report) {
    const row = (setting: string, method: string, metric: string = error) => rowOf(report, setting, method, metric);
    const [batch, adam, descent] = [row(BATCH, ADAM), row(INITIAL, ADAM, FOUND), row(INITIAL, DESCENT, FOUND)];
    const sentences: string[] = [];
    if (batch)
      sentences.push(`Batches of 128 rows end at an error of ${spread(batch)}, at worst ${batch.max.toFixed(3)}.`);
    if (adam && descent)
      sentences.push(
        `${percent(adam.mean)} of the initialisations of Adam on fresh rows find the regressors, and ${percent(descent.mean)} of single descents on the moments of 8,000 rows.`,
      );
    for (const setting of [GATES, INPUTS]) {
      const [stream, loss, polished] = [row(setting, ADAM), row(setting, L4), row(setting, POLISHED)];
      if (stream && loss && polished)
        sentences.push(
          `With ${setting}: on fresh rows the error is ${spread(stream)}, on 8,000 rows ${spread(loss)}, after joint EM ${spread(polished)}.`,
        );
    }
    return sentences;
  },
};
