/**
 * Ids of the checks (evaluate/checks) that the promise of every method of moments rests on. Gridlock and Gated-NN suppose: x is
 * normal, regressors are linearly independent (so no more of them than features), gates are orthogonal to them.
 */
export const momentAssumptions: readonly string[] = [
  'bell-shaped',
  'bell-shaped-together',
  'rows-for-moments',
  'experts-within-features',
  'slopes-independent',
  'gate-across-slopes',
];
