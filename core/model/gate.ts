import type { Problem } from './problem';
import type { Parameters } from './spec';

type Gates = Pick<Parameters, 'k' | 'd' | 'gateWeights'>;

/** Whether the gate looks at no column: then it is the same for every row, mixing proportions. */
export const hasConstantGate = ({ gateColumns }: Pick<Problem, 'gateColumns'>): boolean =>
  gateColumns.every((flag) => flag === 0);

/** Whether the gate has intercepts: where experts have them, and always where it has nothing else, a constant gate. */
export const hasGateIntercepts = (problem: Pick<Problem, 'intercept' | 'gateColumns'>): boolean =>
  problem.intercept || hasConstantGate(problem);

type Ridge = Pick<Problem, 'gateRidge' | 'gateScale'>;

/**
 * The gate ridge (λ/2) Σ_i |w_i − mean(w)|² on weights of standardised inputs, w_ij · gateScale_j. Intercepts are free, and the value
 * does not depend on which expert is the reference.
 */
export function gatePenalty({ k, d, gateWeights }: Gates, { gateRidge, gateScale }: Ridge): number {
  let sum = 0;
  for (let j = 0; j < d; j++) {
    let mean = 0;
    for (let i = 0; i < k; i++) mean += gateWeights[i * d + j] / k;
    for (let i = 0; i < k; i++) {
      const away = (gateWeights[i * d + j] - mean) * gateScale[j];
      sum += away * away;
    }
  }
  return (gateRidge / 2) * sum;
}

/** Gradient of the ridge in the gate weights, k × d. */
export function gatePenaltyGradient({ k, d, gateWeights }: Gates, { gateRidge, gateScale }: Ridge): Float64Array {
  const gradient = new Float64Array(k * d);
  for (let j = 0; j < d; j++) {
    let mean = 0;
    for (let i = 0; i < k; i++) mean += gateWeights[i * d + j] / k;
    const scale = gateRidge * gateScale[j] * gateScale[j];
    for (let i = 0; i < k; i++) gradient[i * d + j] = scale * (gateWeights[i * d + j] - mean);
  }
  return gradient;
}
