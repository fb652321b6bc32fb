import type { Fit, Method } from './method';
import { mixtureOptions } from './settings';
import { descentWork, sgd } from './sgd/sgd';
import { squaredError } from './sgd/sgd-losses';
import { scheduleOf, sgdOptions } from './sgd/sgd-options';
import { fitFrom, refusalFrom, startOption, startsFrom } from './starting-points';

/** Stochastic gradient descent on the squared error of the mixed prediction; sigma is estimated when it is done. */
export const sgdL2: Method = {
  id: 'sgd-l2',
  name: 'Gradient descent on the squared error',
  summary:
    'Goes downhill on the squared error of the prediction in small steps, a few rows at a time. A baseline that is known to get stuck.',
  promise: 'None but a small squared error of the mixed prediction on the training rows.',
  assumes: [],
  whenNot: 'You want the experts themselves: many different experts and gates give nearly the same prediction.',
  source:
    'Makkuva, Oh, Kannan and Viswanath, Learning in gated neural networks, AISTATS 2020, where it is the baseline',
  options: [startOption, ...sgdOptions, ...mixtureOptions],
  refusal: refusalFrom,
  starts: (_problem, settings) => startsFrom('sgd-l2', settings),
  work: (problem, settings) => descentWork(problem, settings, scheduleOf(settings.options)),
  fit: (problem, settings, _start, random): Fit =>
    fitFrom(problem, settings, random, { name: 'sgd-l2', label: 'Descent on the squared error' }, (begun) =>
      sgd(problem, begun, settings, { stage: 'sgd-l2', loss: squaredError, ...scheduleOf(settings.options) }, random),
    ),
};
