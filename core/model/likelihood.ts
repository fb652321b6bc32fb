import { type Expectation, expectation } from '../kernels/expectation';
import { gatePenalty, gatePenaltyGradient } from './gate';
import type { Problem, Rows } from './problem';
import { pseudoLikelihood, pseudoWeight } from './pseudo-rows';
import type { Activation, Parameters } from './spec';

/** Σ w log Σ_i p_i(x) N(y; μ_i(x), σ_i²) over the rows, in nats. */
export function logLikelihood(rows: Rows, parameters: Parameters, activation: Activation, cancel: Int32Array): number {
  const request = { parameters, activation, moments: false, curvature: false };
  return expectation(rows, parameters.d, request, cancel).logLikelihood;
}

/** The objective of every EM method: the log-likelihood (sum) of the training rows and the pseudo-rows, minus the gate ridge. */
export function objective(problem: Problem, parameters: Parameters): number {
  const request = { parameters, activation: problem.activation, moments: false, curvature: false };
  const sums = expectation(problem.train, parameters.d, request, problem.cancel);
  return objectiveOf(problem, parameters, sums);
}

/** The objective from an E-step at the parameters. */
export const objectiveOf = (
  problem: Problem,
  parameters: Parameters,
  { logLikelihood, spreads }: Pick<Expectation, 'logLikelihood' | 'spreads'>,
): number => logLikelihood + pseudoLikelihood(parameters, spreads, problem) - gatePenalty(parameters, problem);

/**
 * The gradient of the objective, with the shapes of the parameters. All k gates are taken as free, so each column of the gate part
 * sums to 0 over the experts; the sigma part is the derivative in each σ_i alone.
 */
export function objectiveGradient(problem: Problem, parameters: Parameters): Parameters {
  const { k, d, sigmas } = parameters;
  const background = pseudoWeight(problem);
  const request = { parameters, activation: problem.activation, moments: false, curvature: false, background };
  const sums = expectation(problem.train, d, request, problem.cancel);
  const ridge = gatePenaltyGradient(parameters, problem);
  const p = d + 1;
  const gate = (i: number, a: number) => sums.responsibilities[i * p + a] - sums.gates[i * p + a];
  const slope = (i: number, a: number) => sums.slopes[i * p + a] / (sigmas[i] * sigmas[i]);
  return {
    k,
    d,
    expertWeights: Float64Array.from({ length: k * d }, (_, at) => slope(Math.floor(at / d), 1 + (at % d))),
    expertIntercepts: Float64Array.from({ length: k }, (_, i) => slope(i, 0)),
    sigmas: sigmas.map(
      (sigma, i) => sums.residuals[i] / sigma ** 3 - (sums.responsibilities[i * p] + problem.pseudoRows) / sigma,
    ),
    gateWeights: ridge.map((pull, at) => gate(Math.floor(at / d), 1 + (at % d)) - pull),
    gateIntercepts: Float64Array.from({ length: k }, (_, i) => gate(i, 0)),
  };
}
