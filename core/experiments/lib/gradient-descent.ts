import { objectiveGradient } from '../../model/likelihood';
import { rezeroGates } from '../../model/order';
import type { Problem } from '../../model/problem';
import type { Parameters } from '../../model/spec';
import { secondMoments } from '../../moments/second-moments';
import { symmetricEigen } from '../../moments/symmetric-eigen';

/** Of the largest step that can never raise the loss. */
const RATE = 0.9;

/**
 * Full-batch gradient descent on the mean negative log-likelihood of linear experts with a given sigma: one step size for every number,
 * 0.9 over a bound of the curvature, λ max(1 / σ², 1/2) with λ the largest eigenvalue of the inputs' second moments (an expert's
 * curvature is at most that of all rows; a softmax's at most half of it, Böhning 1992). Yields the start and every iterate, without end.
 */
export function* gradientDescent(problem: Problem, start: Parameters): Generator<Parameters, void> {
  const { train, d, cancel, k } = problem;
  const { mean, covariance, weight } = secondMoments(train, d, cancel);
  const size = d + 1;
  const moments = new Float64Array(size * size);
  const of = (a: number) => (a === 0 ? 1 : mean[a - 1]);
  for (let a = 0; a < size; a++)
    for (let b = 0; b < size; b++)
      moments[a * size + b] = of(a) * of(b) + (a === 0 || b === 0 ? 0 : covariance[(a - 1) * size + b - 1]);
  const largest = symmetricEigen(moments, size)?.values[0] ?? Number.NaN;
  let parameters = start;
  const sigma = Math.min(...start.sigmas);
  const step = RATE / (largest * Math.max(1 / (sigma * sigma), 0.5) * weight);
  for (;;) {
    yield parameters;
    const gradient = objectiveGradient(problem, parameters);
    const moved = (part: 'expertWeights' | 'expertIntercepts' | 'gateWeights' | 'gateIntercepts') => {
      const free = part === 'expertWeights' || part === 'gateWeights' || problem.intercept;
      return parameters[part].map((value, at) => value + (free ? step * gradient[part][at] : 0));
    };
    parameters = rezeroGates({
      k,
      d,
      expertWeights: moved('expertWeights'),
      expertIntercepts: moved('expertIntercepts'),
      sigmas: parameters.sigmas,
      gateWeights: moved('gateWeights'),
      gateIntercepts: moved('gateIntercepts'),
    });
  }
}
