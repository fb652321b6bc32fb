import type { Fit, Method } from './method';
import { mixtureOptions } from './settings';
import { descentWork, sgd } from './sgd/sgd';
import { negativeLogLikelihood } from './sgd/sgd-losses';
import { scheduleOf, sgdOptions } from './sgd/sgd-options';
import { fitFrom, refusalFrom, startOption, startsFrom } from './starting-points';

/** Stochastic gradient descent on the negative log-likelihood; sigma is one of its parameters where it is not given. */
export const sgdNll: Method = {
  id: 'sgd-nll',
  name: 'Gradient descent on the likelihood',
  summary:
    'Goes downhill on the negative log-likelihood in small steps, a few rows at a time, as neural networks are trained. A baseline.',
  promise: 'Needs no equations solved; with enough steps it comes near to where EM ends.',
  assumes: [],
  whenNot: 'You want the last digits: its steps are noisy, and it usually stops at the limit of steps.',
  source: 'Fruytier, Mokhtari and Sanghavi, ICML 2025; optimiser: Kingma and Ba, Adam, ICLR 2015',
  options: [startOption, ...sgdOptions, ...mixtureOptions],
  refusal: refusalFrom,
  starts: (_problem, settings) => startsFrom('sgd-nll', settings),
  work: (problem, settings) => descentWork(problem, settings, scheduleOf(settings.options)),
  fit: (problem, settings, _start, random): Fit =>
    fitFrom(problem, settings, random, { name: 'sgd-nll', label: 'Descent on the likelihood' }, (begun) =>
      sgd(
        problem,
        begun,
        settings,
        { stage: 'sgd-nll', loss: negativeLogLikelihood, ...scheduleOf(settings.options) },
        random,
      ),
    ),
};
