import { hasConstantGate } from '../../model/gate';
import type { Problem } from '../../model/problem';
import { emptyParameters, type Parameters } from '../../model/spec';
import type { Random } from '../../random';
import { setDirections, setFirstExperts } from '../em/first-experts';
import { firstSigma } from '../em/noise-step';
import { targetMoments } from '../target';
import { immediately, type StartingPoint } from './starting-point';

/** Equal experts under a random gate: the default. */
export const randomGate: StartingPoint = {
  id: 'random',
  label: 'random',
  from: 'a random split of the rows',
  drawn: true,
  refusal: () => null,
  begin: immediately((problem, random) => randomStart(problem, random)),
};

/**
 * Spread of the random gate scores over the rows: parts with soft borders, none of them empty. On Concrete and Airfoil spreads of 1
 * and 3 end alike; 10 ends lower.
 */
const GATE_SPREAD = 3;
/**
 * The same where experts have no intercepts and begin as directions, which tell rows apart by themselves: in the papers' setting
 * (k = 2, d = 10, n = 2,000) a gate that is sure of itself, and wrong, left 8 of 90 starts stuck, this spread none.
 */
const GATE_SPREAD_OF_DIRECTIONS = 1;

/**
 * The first experts, with the standard deviation of the target as sigma, under a random gate. The first responsibilities are then the
 * gate's own probabilities, so the first M-step fits each expert to a random soft region. A constant gate has no regions: there the
 * experts themselves begin as random directions.
 */
export function randomStart(problem: Problem, random: Random): Parameters {
  const { k, d, gateColumns, gateScale, train, intercept } = problem;
  const parameters = emptyParameters(k, d);
  const { sd } = targetMoments(train, d);
  parameters.sigmas.fill(firstSigma(problem, sd));
  const used = gateColumns.reduce((count, flag) => count + flag, 0);
  const spread = (intercept ? GATE_SPREAD : GATE_SPREAD_OF_DIRECTIONS) / Math.sqrt(used);
  for (let i = 0; i < k; i++)
    for (let j = 0; j < d; j++)
      parameters.gateWeights[i * d + j] = gateColumns[j] ? (spread * random.normal()) / gateScale[j] : 0;
  setFirstExperts(problem, parameters, random);
  if (hasConstantGate(problem) && intercept) setDirections(problem, parameters, sd, random);
  return parameters;
}
