import { em } from '../fit/em/em';
import { frozen } from '../fit/em/expert-step';
import { newtonGate } from '../fit/em/gate-step';
import { gradientGate } from '../fit/em/gradient-step';
import type { Fit } from '../fit/method';
import { projectedGate } from '../fit/l4/projected-gate';
import { splitDescent } from '../fit/l4/split-descent';
import { Cancelled } from '../kernels/pass';
import { recovery } from '../model/match';
import type { Problem } from '../model/problem';
import type { Parameters } from '../model/spec';
import { random } from '../random';
import type { Experiment, Line, Observation } from './experiment';
import { rowOf, spread } from './lib/findings';
import { fitWith } from './lib/fitting';
import { heldLine, metricNames, observe, tasksOf } from './lib/measure';
import { axisTruth, problemFrom } from './lib/problems';

const D = 10;
const ROWS = 8000;
const RADIUS = 10;
const PARTS = 20;
const SHOWN = 60;
const { gatingFit } = metricNames;
const ERROR = '‖W − W*‖';
const SETTLED = 'iterations to within a tenth of its end';

const noises = [0.05, 0.5];
const experts = [2, 3];
const settings = experts.flatMap((k) => noises.map((sigma) => ({ k, sigma, name: `k = ${k}, sigma = ${sigma}` })));
const figureOf = ({ k, sigma }: { k: number; sigma: number }) => `k${k}-s${sigma}`;

const PGD = 'projected gradient descent on L_log';
const SPLIT = `L_log, rows of its own for each of ${PARTS} steps`;
const AFTER_L4 = 'projected gradient descent, regressors by L4, noise estimated';
const EM = 'EM, Newton steps';
const GRADIENT = 'gradient EM';

/** ‖W − W*‖ at every iteration of a gate between experts that are held, from a gate of 0. */
function gateErrors(fit: Fit, problem: Problem, truth: Parameters): { errors: number[]; last: Parameters } {
  const errors: number[] = [];
  for (;;) {
    const next = fit.next();
    if (Atomics.load(problem.cancel, 0) !== 0) throw new Cancelled();
    if (next.done === true) return { errors, last: next.value.parameters };
    if (next.value.type === 'iteration') errors.push(gateError(next.value.parameters, truth));
  }
}

/** ‖W − W*‖_F with experts in the order that brings the regressors nearest. */
function gateError(fitted: Parameters, truth: Parameters): number {
  const { k, d } = truth;
  const { order } = recovery(fitted, truth);
  let square = 0;
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < d; j++) {
      const found = fitted.gateWeights[order[i] * d + j] - fitted.gateWeights[order[k - 1] * d + j];
      square += (found - truth.gateWeights[i * d + j]) ** 2;
    }
  }
  return Math.sqrt(square);
}

/** The first iteration from which the error stays within a tenth of where it ends. */
function settledAt(errors: readonly number[]): number {
  const end = errors[errors.length - 1];
  const lastAway = errors.findLastIndex((error) => Math.abs(error - end) > 0.1 * end);
  return lastAway + 1;
}

/** Gated-NN, section 4.2: the loss of the gate given the experts. */
export const gatedLlog: Experiment = {
  name: 'gated-llog',
  title: 'The gate’s loss L_log: projected gradient descent against EM',
  source: 'Gated-NN, section 3.2; a_i = e_i, w_i = e_{k+i}, d = 10, n = 8,000, the noise level known',
  question:
    'Does projected gradient descent on L_log find the gate as well as EM does, and how many iterations does it take?',
  seeds: 20,
  claims: settings.map(({ name }) => ({
    setting: name,
    method: PGD,
    metric: gatingFit,
    published: 'converges to the gate',
    judge: ({ median }) => (median > 0.95 ? 'reproduced' : 'not reproduced'),
  })),
  figures: settings.map((setting) => ({
    id: figureOf(setting),
    title: `The gate, ${setting.name}`,
    x: { label: 'iteration', scale: 'linear' },
    y: { label: ERROR, scale: 'log' },
  })),
  tasks: ({ seeds }) =>
    tasksOf(
      settings.map(({ name }) => name),
      seeds,
    ),
  run({ setting, seed }, _effort, _tables, cancel) {
    const chosen = settings.find(({ name }) => name === setting)!;
    const { k, sigma } = chosen;
    const truth = axisTruth(k, D, sigma);
    // The loss as published: no ridge.
    const given = { cancel, noise: { kind: 'fixed', sigma }, gateRidge: 0 } as const;
    const { problem } = problemFrom(truth, ROWS, random(seed, 40 + k), given);
    const known = { ...truth, gateWeights: new Float64Array(k * D) };
    const byL4 = fitWith(problem, 'l4-llog', { maxIterations: 1 }, seed).parameters;
    const estimated = { ...byL4, gateWeights: new Float64Array(k * D) };
    const options = { stage: 'gate', expertStep: frozen, maxIterations: 300, tolerance: 1e-10 };
    const gateStep = projectedGate(problem, RADIUS);
    const split = { stage: 'gate', expertStep: frozen, gateStep, parts: PARTS, firstIteration: 0 };
    const fits: readonly (readonly [string, Fit])[] = [
      [PGD, em(problem, known, { ...options, gateStep })],
      [SPLIT, splitDescent(problem, known, split, random(seed, 50))],
      // With the true noise the posteriors of regressors that are a little off would be sure of themselves and wrong.
      [AFTER_L4, em({ ...problem, noise: { kind: 'shared' } }, estimated, { ...options, gateStep })],
      [EM, em(problem, known, { ...options, gateStep: newtonGate(1) })],
      [GRADIENT, em(problem, known, { ...options, gateStep: gradientGate(problem) })],
    ];
    const observations: Observation[] = [];
    const lines: Line[] = [];
    for (const [method, fit] of fits) {
      const { errors, last } = gateErrors(fit, problem, truth);
      const observed = {
        [gatingFit]: recovery(last, truth).gatingFit,
        [ERROR]: errors[errors.length - 1],
        [SETTLED]: settledAt(errors),
      };
      observations.push(...observe(setting, method, observed));
      lines.push(heldLine(figureOf(chosen), method, errors, SHOWN));
    }
    return { observations, lines };
  },
  findings(report) {
    return settings.flatMap(({ name }) => {
      const row = (method: string, metric: string) => rowOf(report, name, method, metric);
      const [descent, em_, split] = [row(PGD, ERROR), row(EM, ERROR), row(SPLIT, ERROR)];
      const [steps, emSteps] = [row(PGD, SETTLED), row(EM, SETTLED)];
      if (!descent || !em_ || !split || !steps || !emSteps) return [];
      const same = Math.abs(descent.median - em_.median) < 0.1 * em_.median;
      return [
        `${name}: descent on L_log ends ${same ? 'where EM ends' : 'away from where EM ends'} (error ${spread(descent)} and ${spread(em_)}) and takes ${steps.median} iterations to settle, EM ${emSteps.median}; with rows of its own for every step it ends at ${spread(split)}.`,
      ];
    });
  },
};
