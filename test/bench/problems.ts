import { splitTable } from '../../core/experiments/lib/split-table';
import type { Problem } from '../../core/model/problem';

export { problemOf, simulatedProblem } from '../../core/experiments/lib/problems';

/** A numeric table split at random and standardised on its training rows; the target is the last column. */
export function tableProblem(table: readonly number[][], k: number, testFraction: number, seed: number): Problem {
  const values = Float64Array.from(table.flat());
  return splitTable({ name: 'table', n: table.length, d: table[0].length - 1, values }, k, testFraction, seed, {
    output: { offset: 0, scale: 1 },
  });
}
