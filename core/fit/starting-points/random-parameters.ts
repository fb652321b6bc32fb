import { hasConstantGate } from '../../model/gate';
import type { Problem } from '../../model/problem';
import type { Parameters } from '../../model/spec';
import type { Random } from '../../random';
import { setDirections } from '../em/first-experts';
import { targetMoments } from '../target';
import { randomStart } from './random-gate';
import { immediately, type StartingPoint } from './starting-point';

/** Experts and gates in random directions: what the papers start their baselines from. */
export const randomParameters: StartingPoint = {
  id: 'random-parameters',
  label: 'random parameters',
  from: 'random experts and a random gate',
  drawn: true,
  refusal: () => null,
  begin: immediately((problem, random) => randomParametersOf(problem, random)),
};

/**
 * Experts with the spread of the target in random directions; gate weights with a length of 1 on average (on standardised inputs), so
 * that no expert begins without rows.
 */
function randomParametersOf(problem: Problem, random: Random): Parameters {
  const { k, d, gateColumns, gateScale, train, intercept } = problem;
  const parameters = randomStart(problem, random);
  const { mean, sd } = targetMoments(train, d);
  setDirections(problem, parameters, intercept ? sd : Math.hypot(mean, sd), random);
  if (hasConstantGate(problem)) return parameters;
  const used = gateColumns.reduce((count, flag) => count + flag, 0);
  for (let at = 0; at < k * d; at++) {
    const j = at % d;
    parameters.gateWeights[at] = gateColumns[j] ? random.normal() / Math.sqrt(used) / gateScale[j] : 0;
  }
  return parameters;
}
