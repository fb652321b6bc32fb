import { expectation } from '../kernels/expectation';
import { linear } from '../model/activations';
import type { Problem } from '../model/problem';
import { emptyParameters } from '../model/spec';
import { ordinaryLeastSquares } from '../model/least-squares';
import type { Fit, Method } from './method';
import { atFloor, firstSigma } from './em/noise-step';
import { refusalOf } from './refusal';

/** One expert without a gate: the line every other method is compared with. Fits one expert whatever k the problem names. */
export const ols: Method = {
  id: 'ols',
  name: 'Least squares',
  summary: 'One straight line through all rows (a plane, with several features). Solved in one step, with one answer.',
  promise: 'The best single equation for the training rows; if the mixtures are no better, one equation is enough.',
  assumes: [],
  whenNot: 'The target follows different rules in different regions: then one line averages over them.',
  source: 'Gauss, Theoria motus corporum coelestium, 1809',
  experts: 1,
  activation: 'linear',
  options: [],
  refusal: (problem) => refusalOf(oneExpert(problem)),
  starts: () => [{ label: 'least squares', method: 'ols', stream: 0 }],
  fit: function* (problem): Fit {
    yield { type: 'stage', stage: 'least-squares', label: 'least squares solved' };
    const { train, d, cancel, intercept, expertColumns } = problem;
    const line = ordinaryLeastSquares(train, d, expertColumns, intercept, cancel);
    if (line.dependent.length > 0) yield { type: 'note', sentence: dependentNote(line.dependent.length) };
    const parameters = emptyParameters(1, d);
    parameters.expertWeights.set(line.weights);
    parameters.expertIntercepts[0] = line.intercept;
    const request = { parameters, activation: linear, moments: false, curvature: false };
    const { weight, squaredError } = expectation(train, d, request, cancel);
    parameters.sigmas[0] = firstSigma(problem, Math.sqrt(squaredError / weight));
    const sums = expectation(train, d, request, cancel);
    const stage = 'least-squares';
    const logLikelihood = sums.logLikelihood / weight;
    const objective = sums.logLikelihood;
    yield {
      type: 'iteration',
      stage,
      iteration: 0,
      logLikelihood,
      objective,
      parameterChange: Number.NaN,
      trainRmse: Math.sqrt(squaredError / weight),
      parameters,
    };
    const termination = atFloor(problem, parameters) ? 'sigma-floor' : 'converged';
    return { parameters, termination, stage, iterations: 0, logLikelihood, objective };
  },
};

const oneExpert = (problem: Problem): Problem => ({ ...problem, k: 1 });

const dependentNote = (count: number): string =>
  count === 1
    ? 'One column is a combination of others and was left out of least squares.'
    : `${count} columns are combinations of others and were left out of least squares.`;
