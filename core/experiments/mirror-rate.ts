import { em } from '../fit/em/em';
import { leastSquares } from '../fit/em/expert-step';
import { newtonGate } from '../fit/em/gate-step';
import { gradientExperts, gradientGate } from '../fit/em/gradient-step';
import { slowestDirection } from '../fit/rate/rate';
import { settle, type Settled } from '../fit/rate/settle';
import { recovery } from '../model/match';
import type { Problem } from '../model/problem';
import { copyParameters, type Parameters } from '../model/spec';
import { random } from '../random';
import type { Claim, Experiment, ExperimentTask, Line, Measured, Observation } from './experiment';
import { gradientDescent } from './lib/gradient-descent';
import { figure, rowOf, spread, thresholdFindings } from './lib/findings';
import { heldLine, observe, tasksOf } from './lib/measure';
import { simulatedProblem } from './lib/problems';
import type { ExperimentReport } from './types';

interface Case {
  readonly id: string;
  readonly experts: number;
  readonly rows: number;
  readonly sigma: number;
}

const cases: readonly Case[] = [
  { id: 'k2', experts: 2, rows: 2000, sigma: 0.1 },
  { id: 'k3', experts: 3, rows: 8000, sigma: 0.5 },
  { id: 'k4', experts: 4, rows: 8000, sigma: 0.5 },
  { id: 'k3-noisy', experts: 3, rows: 8000, sigma: 1 },
];
/** A quick run leaves out what takes long. */
const quickCases = cases.slice(0, 2);

const settingOf = ({ experts, rows, sigma }: Case) =>
  `k = ${experts}, d = 10, n = ${rows.toLocaleString('en')}, sigma = ${sigma}`;

const PREDICTED = 'missing information';
const JACOBIAN = 'Jacobian of the EM map';
const EM = 'EM';
const GRADIENT_EM = 'gradient EM';
const DESCENT = 'gradient descent';
const RATE = 'rate';
const AWAY = 'distance from the predicted rate';
/** Distances from the maximum below this are rounding; at 0 the logarithmic figure could not show them. */
const LEAST_DISTANCE = 1e-10;
const ABOVE = 'above the predicted rate';
const ITERATIONS = 'iterations to a hundredth of the error';

/** Iterations of the figure, and at most of each method. */
const SHOWN = 100;
const MOST = { full: 1000, quick: 300 };
/** Each true number is moved by a normal of this size: the start, near enough for every method to end at the same maximum. */
const SPREAD = 0.15;
const STARTS = 3;
/** Steps of EM between these lengths are of the linear phase: after the transient and before rounding. */
const WINDOW = { from: 1e-4, to: 1e-8 };

const claims: readonly Claim[] = cases.map(settingOf).flatMap((setting): Claim[] => [
  { setting, method: JACOBIAN, metric: AWAY, threshold: { statistic: 'max', operator: '<=', value: 1e-4 } },
  {
    setting,
    method: EM,
    metric: AWAY,
    published: 'EM converges linearly, at the rate of the missing information',
    threshold: { statistic: 'max', operator: '<=', value: 0.05 },
  },
  { setting, method: EM, metric: ABOVE, threshold: { statistic: 'max', operator: '<=', value: 0.01 } },
]);

function finished<T>(steps: Generator<unknown, T>): T {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** The parameters of every iteration of an EM, the start first. */
function* iterates(problem: Problem, start: Parameters, steps: 'exact' | 'gradient'): Generator<Parameters, void> {
  const gradient = steps === 'gradient';
  const fit = em(problem, start, {
    stage: 'em',
    expertStep: gradient ? gradientExperts(problem) : leastSquares,
    gateStep: gradient ? gradientGate(problem) : newtonGate(20),
    maxIterations: MOST.full,
    tolerance: 1e-300,
  });
  for (const event of fit) if (event.type === 'iteration') yield event.parameters;
}

/** Rayleigh quotient of the Jacobian of exact EM in the slowest direction, by central differences along it. */
function jacobianQuotient(problem: Problem, { information }: Settled, vector: Float64Array): number {
  // A step of 1 is a standard error of the complete data.
  const h = 0.02;
  const after = (step: number) => {
    const [, next] = iterates(problem, information.move(vector.map((value) => step * value)), 'exact');
    return information.coordinates(next);
  };
  const [ahead, behind] = [after(h), after(-h)];
  return vector.reduce((sum, value, j) => sum + (value * (ahead[j] - behind[j])) / (2 * h), 0);
}

/** The iterates until their steps are shorter than the window. */
function untilRest(sequence: Iterable<Parameters>): Parameters[] {
  const all: Parameters[] = [];
  for (const one of sequence) {
    all.push(one);
    if (all.length > 1 && stepLength(all[all.length - 2], one) < WINDOW.to) break;
  }
  return all;
}

/** The geometric mean of the ratios of successive steps whose length is in the window; NaN with fewer than three. */
function observedRatio(all: readonly Parameters[]): number {
  const lengths = all
    .slice(1)
    .map((one, t) => stepLength(all[t], one))
    .filter((length) => length <= WINDOW.from && length >= WINDOW.to);
  if (lengths.length < 3) return Number.NaN;
  return (lengths[lengths.length - 1] / lengths[0]) ** (1 / (lengths.length - 1));
}

const stepLength = (from: Parameters, to: Parameters): number =>
  Math.hypot(
    ...to.expertWeights.map((value, at) => value - from.expertWeights[at]),
    ...to.gateWeights.map((value, at) => value - from.gateWeights[at]),
  );

/** A start off the truth by `SPREAD` in every number. */
function startNear(truth: Parameters, seed: number): Parameters {
  const stream = random(seed, STARTS);
  const start = copyParameters(truth);
  const { k, d } = truth;
  for (let at = 0; at < k * d; at++) start.expertWeights[at] += SPREAD * stream.normal();
  for (let at = 0; at < (k - 1) * d; at++) start.gateWeights[at] += SPREAD * stream.normal();
  return start;
}

function measure(
  { id, experts, rows, sigma }: Case,
  { setting, seed }: ExperimentTask,
  most: number,
  cancel: Int32Array,
): Measured {
  const { problem, truth } = simulatedProblem(
    { rows, features: 10, experts, sigma, inputs: 'gaussian', gates: 'random', seed },
    // The page's rate is that of the plain likelihood, sigma known.
    { noise: { kind: 'fixed', sigma }, gateRidge: 0, cancel },
  );
  const start = startNear(truth, seed);
  const exact = untilRest(iterates(problem, start, 'exact'));
  const settled = finished(settle(problem, exact[exact.length - 1], rows));
  const { value: rate, vector } = finished(slowestDirection(settled.information));
  const quotient = jacobianQuotient(problem, settled, vector);
  const observed = observedRatio(exact);
  const observations: Observation[] = [
    ...observe(setting, PREDICTED, { [RATE]: rate }),
    ...observe(setting, JACOBIAN, { [RATE]: quotient, [AWAY]: Math.abs(quotient - rate) }),
    ...observe(setting, EM, { [RATE]: observed, [AWAY]: Math.abs(observed - rate), [ABOVE]: observed - rate }),
  ];

  const errorOf = (parameters: Parameters) => recovery(parameters, settled.parameters).error;
  const lines: Line[] = [];
  for (const [method, sequence] of [
    [EM, exact],
    [GRADIENT_EM, iterates(problem, start, 'gradient')],
    [DESCENT, gradientDescent(problem, start)],
  ] as const) {
    const errors: number[] = [];
    const reached = () => errors.findIndex((error) => error <= errors[0] / 100);
    for (const parameters of sequence) {
      errors.push(errorOf(parameters));
      if (errors.length > most || (errors.length > SHOWN && reached() >= 0)) break;
    }
    lines.push(
      heldLine(
        id,
        method,
        errors.map((error) => Math.max(error, LEAST_DISTANCE)),
        SHOWN,
      ),
    );
    observations.push(...observe(setting, method, { [ITERATIONS]: reached() < 0 ? most : reached() }));
  }
  return { observations, lines };
}

/** Mirror: EM converges linearly where little information is missing, and by how much per iteration. */
export const mirrorRate: Experiment = {
  name: 'mirror-rate',
  title: 'How fast EM converges, predicted and seen',
  source: 'Mirror (its tables and figures are not among what we could read: the claims are those of its abstract)',
  question:
    'Does the missing information predict what share of its error EM keeps an iteration, and is EM faster than gradient EM and gradient descent on the likelihood?',
  seeds: 20,
  claims,
  figures: cases.map((one) => ({
    id: one.id,
    title: settingOf(one),
    x: { label: 'iteration', scale: 'linear' },
    y: { label: 'distance from the maximum', scale: 'log' },
  })),
  tasks: ({ seeds, quick }) => tasksOf((quick ? quickCases : cases).map(settingOf), seeds),
  run(task, { quick }, _tables, cancel) {
    const found = cases.find((one) => settingOf(one) === task.setting);
    if (!found) throw new RangeError(`There is no case ${task.setting}.`);
    return measure(found, task, quick ? MOST.quick : MOST.full, cancel);
  },
  findings(report) {
    const told = cases.map(settingOf).flatMap((setting) => {
      const row = (method: string, metric: string) => rowOf(report, setting, method, metric);
      const [predicted, jacobian, seen] = [row(PREDICTED, RATE), row(JACOBIAN, AWAY), row(EM, RATE)];
      const [exact, gradient, descent] = [EM, GRADIENT_EM, DESCENT].map((method) => row(method, ITERATIONS));
      if (!predicted || !jacobian || !seen || !exact || !gradient || !descent) return [];
      const most = report.quick ? MOST.quick : MOST.full;
      const iterations = ({ median }: { median: number }) =>
        median >= most ? `more than ${most}` : String(Math.round(median));
      return [
        `${setting}: predicted ${spread(predicted)}, seen ${spread(seen)}; the Jacobian of the EM map agrees to ${figure(jacobian.max)}. To a hundredth of the error EM takes ${iterations(exact)} iterations, gradient EM ${iterations(gradient)}, gradient descent ${iterations(descent)}.`,
      ];
    });
    return [...told, ...stepSizes(report), ...thresholdFindings(report)];
  },
};

/** Where gradient EM was faster than gradient descent, why: they go along the same gradient. */
function stepSizes(report: ExperimentReport): string[] {
  const iterations = (setting: string, method: string) => rowOf(report, setting, method, ITERATIONS)?.median;
  const both = cases.map(settingOf).flatMap((setting) => {
    const [byEm, byDescent] = [iterations(setting, GRADIENT_EM), iterations(setting, DESCENT)];
    return byEm === undefined || byDescent === undefined ? [] : [{ byEm, byDescent }];
  });
  const faster = both.filter(({ byEm, byDescent }) => byEm < byDescent).length;
  return faster === 0
    ? []
    : [
        `Gradient EM is faster than gradient descent in ${faster} of ${both.length} settings: a gradient step on EM’s Q is one on the log-likelihood (Fisher’s identity), so what helps is that experts and gate have a step size each.`,
      ];
}
