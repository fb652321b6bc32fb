import type { Problem } from '../../model/problem';
import type { Activation, Parameters } from '../../model/spec';
import type { Random } from '../../random';
import { targetMoments } from '../target';

/**
 * Experts to start from where nothing is known. With intercepts all are the constant g⁻¹(mean of the target), or the nearest one at
 * which g has a slope: their responsibilities are the gate's own probabilities, so under a random gate the first M-step fits each to
 * a random soft region of the rows. Without intercepts a constant can only be 0, where a ReLU has no slope, and regions that the
 * origin divides cannot tell experts through it apart: they begin as random directions instead.
 *
 * @param parameters  its experts' weights and intercepts are overwritten
 * @param random      drawn from only where directions are
 */
export function setFirstExperts(problem: Problem, parameters: Parameters, random: Random): void {
  const { activation, intercept, train, d } = problem;
  const { mean, sd } = targetMoments(train, d);
  parameters.expertWeights.fill(0);
  parameters.expertIntercepts.fill(intercept ? scoreOf(activation, mean, sd) : 0);
  if (!intercept) setDirections(problem, parameters, Math.hypot(mean, sd), random);
}

/** Shares of the response's range within which a first constant lies: nearer to its ends a bounded response is flat. */
const [LOW, HIGH] = [0.05, 0.95];
/** Least first constant of a kinked response, in standard deviations of the target: at 0 and below a ReLU has no slope. */
const ALIVE = 0.1;

/** The score whose response is the mean of the target, or the nearest mean at which the response has a slope. */
function scoreOf(activation: Activation, mean: number, sd: number): number {
  switch (activation.id) {
    case 'linear':
      return mean;
    case 'sigmoid':
      return logit(mean);
    case 'tanh':
      // tanh(s) = 2 sigmoid(2 s) − 1.
      return logit((1 + mean) / 2) / 2;
    case 'relu':
      return Math.max(mean, ALIVE * sd);
    case 'leaky-relu':
      // A target that is hardly ever above 0 is met on the leaking side, any other on the steep one.
      return mean < -sd && activation.leak > 0 ? mean / activation.leak : Math.max(mean, ALIVE * sd);
  }
}

const logit = (share: number): number => {
  const within = Math.min(HIGH, Math.max(LOW, share));
  return Math.log(within / (1 - within));
};

/** Random directions whose scores have the spread of the target. */
export function setDirections(
  { d, k, expertColumns, gateScale }: Problem,
  { expertWeights }: Parameters,
  spread: number,
  random: Random,
): void {
  const used = expertColumns.reduce((count, flag) => count + flag, 0);
  for (let i = 0; i < k; i++)
    for (let j = 0; j < d; j++)
      if (expertColumns[j]) expertWeights[i * d + j] = ((spread / Math.sqrt(used)) * random.normal()) / gateScale[j];
}
