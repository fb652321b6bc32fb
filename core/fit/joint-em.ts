import { em } from './em/em';
import { leastSquares } from './em/expert-step';
import { shardEm } from './em/shard-em';
import type { Fit, Method, Option } from './method';
import { mixtureOptions } from './settings';
import { fitFrom, refusalFrom, startOption, startsFrom } from './starting-points';

/** When the M-step comes: see em/shard-em. */
const updatesOption: Option = {
  name: 'updates',
  label: 'Updates',
  meaning:
    'When experts and gate are estimated anew: after every pass over the rows, or after every sixteenth of one (incremental EM), which takes fewer passes where EM is slow and pays where rows are many.',
  advanced: true,
  type: 'choice',
  choices: [
    { value: 'pass', label: 'After every pass' },
    { value: 'shard', label: 'After every sixteenth of a pass' },
  ],
  default: 'pass',
};

/** EM over experts and gate together: the baseline every other method is compared with. */
export const jointEm: Method = {
  id: 'joint-em',
  name: 'EM from random starts',
  summary:
    'Splits the rows at random, fits a line to each part, and lets rows and lines find each other by expectation maximisation.',
  promise:
    'Every iteration fits the training rows better than the one before; several starts guard against a poor one.',
  assumes: [],
  whenNot: 'Few rows and many features: starts that are far from the truth may then all end in poor fits.',
  source: 'Jordan and Jacobs, Hierarchical mixtures of experts and the EM algorithm, Neural Computation 6, 1994',
  options: [startOption, ...mixtureOptions, updatesOption],
  refusal: refusalFrom,
  starts: (_problem, settings) => startsFrom('joint-em', settings),
  fit: (problem, settings, _start, random): Fit =>
    fitFrom(problem, settings, random, { name: 'em', label: 'EM' }, ({ parameters, firstIteration }) =>
      (settings.options[updatesOption.name] === 'shard' ? shardEm : em)(problem, parameters, {
        stage: 'em',
        expertStep: leastSquares,
        maxIterations: Math.max(0, settings.maxIterations - firstIteration),
        tolerance: settings.tolerance,
        firstIteration,
      }),
    ),
};
