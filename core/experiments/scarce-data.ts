import { chooseBest } from '../fit/race';
import type { NoiseModel } from '../model/spec';
import type { Claim, Effort, Experiment, Measured } from './experiment';
import { percent, rowOf, thresholdFindings } from './lib/findings';
import { emFrom, type FitChoice, fitStarts, fitWith, hasSucceeded } from './lib/fitting';
import { metricNames, observe, tasksOf } from './lib/measure';
import { simulatedProblem } from './lib/problems';

/** A simulated mixture and whether its noise is known. */
interface Setting {
  readonly experts: number;
  readonly features: number;
  readonly rows: number;
  readonly sigma: number;
  /** Random starts of which the best is kept. */
  readonly restarts: number;
}

const shapes: readonly Setting[] = [
  { experts: 3, features: 20, rows: 600, sigma: 0.05, restarts: 10 },
  { experts: 4, features: 20, rows: 800, sigma: 0.05, restarts: 10 },
  { experts: 3, features: 50, rows: 1000, sigma: 0.05, restarts: 6 },
  { experts: 2, features: 50, rows: 600, sigma: 0.05, restarts: 6 },
  { experts: 6, features: 20, rows: 2000, sigma: 0.05, restarts: 6 },
  { experts: 4, features: 20, rows: 800, sigma: 0.5, restarts: 6 },
  { experts: 4, features: 20, rows: 2000, sigma: 0.1, restarts: 6 },
];

const HELD = 'sigma held at the truth';
const ESTIMATED = 'sigma estimated';
type Noise = typeof HELD | typeof ESTIMATED;

const nameOf = ({ experts, features, rows, sigma }: Setting, noise: Noise): string =>
  `k = ${experts}, d = ${features}, n = ${rows}, sigma = ${sigma}, ${noise}`;

const noises: readonly Noise[] = [HELD, ESTIMATED];
const settings = new Map(
  shapes.flatMap((shape) => noises.map((noise) => [nameOf(shape, noise), { shape, noise }] as const)),
);

/** The shape that a quick run looks at and the thresholds are about. */
const SCARCE = shapes[1];
const QUICK_RESTARTS = 4;

const SINGLE = 'joint EM, one random start';
const BEST = 'joint EM, best of the random starts';
const RAW = 'plain averages, then joint EM';
const SPECTRAL = 'spectral start, then joint EM';
const GAIN = 'spectral start over one random start';
const { success } = metricNames;

/** Iterations at most and the gain a row at which EM ends; the gate ridge only keeps Newton's equations regular. */
const em: FitChoice = { maxIterations: 400, tolerance: 1e-7 };
const GATE_RIDGE = 1e-6;

const share = (value: number) => ({ statistic: 'mean', operator: '>=', value }) as const;
const held = nameOf(SCARCE, HELD);
const estimated = nameOf(SCARCE, ESTIMATED);
const claims: Claim[] = [
  { setting: held, method: GAIN, metric: success, threshold: share(0.35) },
  { setting: estimated, method: SINGLE, metric: success, threshold: share(0.9) },
  { setting: estimated, method: SPECTRAL, metric: success, threshold: share(0.9) },
];

function measure(name: string, seed: number, effort: Effort, cancel: Int32Array): Measured {
  const found = settings.get(name);
  if (!found) throw new Error(`There is no setting ${name}.`);
  const { shape, noise } = found;
  const model: NoiseModel = noise === HELD ? { kind: 'fixed', sigma: shape.sigma } : { kind: 'shared' };
  const drawn = { ...shape, inputs: 'gaussian', gates: 'random', seed } as const;
  const { problem, truth } = simulatedProblem(drawn, { noise: model, gateRidge: GATE_RIDGE, cancel });
  const reference = emFrom(problem, truth, { maxIterations: 400, tolerance: 1e-9 }).last.logLikelihood;
  const succeeds = (logLikelihood: number) => Number(hasSucceeded(problem, logLikelihood, reference));
  const restarts = effort.quick ? QUICK_RESTARTS : shape.restarts;
  const starts = fitStarts(problem, 'joint-em', { ...em, restarts }, seed);
  const single = starts.filter(({ logLikelihood }) => succeeds(logLikelihood) === 1).length / starts.length;
  const from = (moments: string) =>
    succeeds(fitWith(problem, 'spectral-em', { ...em, polish: true, options: { moments } }, seed).logLikelihood);
  const spectral = from('auto');
  const rates = [
    { method: SINGLE, rate: single },
    { method: BEST, rate: succeeds(starts[chooseBest(starts)].logLikelihood) },
    { method: RAW, rate: from('raw') },
    { method: SPECTRAL, rate: spectral },
    { method: GAIN, rate: spectral - single },
  ];
  return { observations: rates.flatMap(({ method, rate }) => observe(name, method, { [success]: rate })), lines: [] };
}

/** Where random starts of EM do get stuck, and whether starting from moments helps there. */
export const scarceData: Experiment = {
  name: 'scarce-data',
  title: 'Where random starts get stuck',
  source: 'Gridlock, section 1 and Figure 3: the claim that joint EM gets stuck; settings of our own',
  question:
    'With few rows, how often does EM reach the best fit there is, from random starts and from moments, when the noise level is known and when it is estimated?',
  seeds: 20,
  claims,
  figures: [],
  tasks: ({ seeds, quick }) => tasksOf(quick ? [held, estimated] : [...settings.keys()], seeds),
  run: ({ setting, seed }, effort, _tables, cancel) => measure(setting, seed, effort, cancel),
  findings(report) {
    const rate = (name: string, method: string) => rowOf(report, name, method, success)?.mean;
    const sentences = shapes.flatMap((shape) => {
      const [known, free] = [nameOf(shape, HELD), nameOf(shape, ESTIMATED)];
      const rates = [rate(known, SINGLE), rate(known, SPECTRAL), rate(free, SINGLE), rate(free, SPECTRAL)];
      if (rates.some((one) => one === undefined)) return [];
      const [random, spectral, freeRandom, freeSpectral] = rates.map((one) => percent(one ?? 0));
      return [
        `${shape.experts} experts, ${shape.features} features, ${shape.rows} rows, noise ${shape.sigma}: with sigma held one random start reaches the best fit in ${random} of runs and the spectral start in ${spectral}; with sigma estimated ${freeRandom} and ${freeSpectral}.`,
      ];
    });
    return [...sentences, ...thresholdFindings(report)];
  },
};
