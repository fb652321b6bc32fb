import type { Check } from '../types';
import { count, plainNumber } from '../words';

/** How many numbers a fit estimates. */
export interface ModelSize {
  readonly experts: number;
  /** Encoded columns the experts (the gate) may use. */
  readonly expertColumns: number;
  readonly gateColumns: number;
  readonly intercept: boolean;
  readonly noise: 'per-expert' | 'shared' | 'fixed';
}

/** k lines, k − 1 gates against the last, and the noise levels. */
export function parameterCount(size: ModelSize): number {
  const constant = size.intercept ? 1 : 0;
  // A gate of no columns still has its proportions.
  const gateConstant = size.intercept || size.gateColumns === 0 ? 1 : 0;
  const noise = { 'per-expert': size.experts, shared: 1, fixed: 0 }[size.noise];
  return (
    size.experts * (size.expertColumns + constant) + (size.experts - 1) * (size.gateColumns + gateConstant) + noise
  );
}

/** With fewer rows than this for each number an estimate is guessing. */
export const FEW = 5;

/** Twenty rows a number is comfortable. */
export function rowsPerParameter(rows: number, size: ModelSize): Check {
  const parameters = parameterCount(size);
  const ratio = rows / parameters;
  const facts = `${count(rows, 'training row')} for ${count(parameters, 'number')} to estimate: ${plainNumber(ratio, 2)} each`;
  const id = 'rows-per-parameter';
  if (ratio >= 20) return { id, light: 'green', sentence: `${facts}.` };
  const way = size.experts > 1 ? 'try fewer experts or fewer features' : 'try fewer features';
  if (ratio >= FEW)
    return { id, light: 'amber', sentence: `${facts}; the held-out error says whether it suffices, else ${way}.` };
  return { id, light: 'red', sentence: `${facts}, too few to trust; ${way}.` };
}
