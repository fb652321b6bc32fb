import type { Problem } from './problem';
import { weightOf } from './row-windows';
import type { Parameters } from './spec';

const LOG_SQRT_2_PI = 0.5 * Math.log(2 * Math.PI);

type Pseudo = Pick<Problem, 'pseudoRows' | 'train' | 'd'>;

/**
 * What every training row counts for every expert besides its responsibility, λ / Σw: together λ pseudo-rows an expert, spread as
 * the training rows are. As the training rows lie about their least-squares line with its own residual variance, the line and sigma
 * of an expert are pulled to those of least squares, as hard as λ rows would, in the metric of the features themselves: no change of
 * their units or origin matters. (The conjugate prior of Zellner 1986, centred on least squares.)
 */
export const pseudoWeight = ({ pseudoRows, train, d }: Pseudo): number =>
  pseudoRows === 0 ? 0 : pseudoRows / weightOf(train, d);

/**
 * The log-likelihood of the pseudo-rows, (λ / Σw) Σ_i Σ_n w log N(y_n; μ_i(x_n), σ_i²), nats: a part of the objective. Beside a
 * constant it is −λ Σ_i KL(least squares ‖ expert i), averaged over the rows.
 *
 * @param spreads  k: Σ_n w (y − μ_i)²
 */
export function pseudoLikelihood(
  { sigmas }: Pick<Parameters, 'sigmas'>,
  spreads: Float64Array,
  problem: Pseudo,
): number {
  const { pseudoRows } = problem;
  if (pseudoRows === 0) return 0;
  const share = pseudoWeight(problem);
  let sum = 0;
  for (let i = 0; i < sigmas.length; i++)
    sum -= pseudoRows * (Math.log(sigmas[i]) + LOG_SQRT_2_PI) + (share * spreads[i]) / (2 * sigmas[i] * sigmas[i]);
  return sum;
}
