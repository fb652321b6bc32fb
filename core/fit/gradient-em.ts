import { em } from './em/em';
import { gradientExperts, gradientGate } from './em/gradient-step';
import type { Fit, Method } from './method';
import { mixtureOptions } from './settings';
import { fitFrom, refusalFrom, startOption, startsFrom } from './starting-points';

/** Iterations until a step gains less than the tolerance, on simulated tables where EM takes some 70. */
const TYPICAL_ITERATIONS = 800;

/** EM whose M-step is one gradient step of experts and gate: the baseline of Gridlock's and Mirror's comparisons. */
export const gradientEm: Method = {
  id: 'gradient-em',
  name: 'Gradient EM',
  summary:
    'Expectation maximisation that takes one gradient step where EM solves: cheaper iterations, many more of them. A baseline.',
  promise: 'Every iteration fits the training rows better than the one before, in small steps.',
  assumes: [],
  whenNot:
    'Features that hang together: the steps are then small, and it may stop at the limit of iterations where EM would long be done.',
  source:
    'Fruytier, Mokhtari and Sanghavi, Learning mixtures of experts with EM: a mirror descent perspective, ICML 2025; Makkuva et al., ICML 2019',
  options: [startOption, ...mixtureOptions],
  refusal: refusalFrom,
  starts: (_problem, settings) => startsFrom('gradient-em', settings),
  work: ({ train }, { maxIterations }) => ({
    rows: train.n * Math.min(TYPICAL_ITERATIONS, maxIterations),
    moments: true,
  }),
  fit: (problem, settings, _start, random): Fit =>
    fitFrom(
      problem,
      settings,
      random,
      { name: 'gradient-em', label: 'Gradient EM' },
      ({ parameters, firstIteration }) =>
        em(problem, parameters, {
          stage: 'gradient-em',
          expertStep: gradientExperts(problem),
          gateStep: gradientGate(problem),
          maxIterations: Math.max(0, settings.maxIterations - firstIteration),
          tolerance: settings.tolerance,
          firstIteration,
        }),
    ),
};
