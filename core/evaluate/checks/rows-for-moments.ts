import type { Check } from '../types';
import { count, plainNumber } from '../words';

/**
 * Rows at which the directions from moments have |cos| ≥ 0.95 with the true ones, in the worst expert and the median data set: about
 * 12 d e^k, read off simulated mixtures with bell-shaped features and noise half as large as an expert's spread. Measured for
 * regression moments: 800, 2,500, 6,500 and 60,000 rows for 2, 3, 4 and 6 experts in 10 features, 3,900 for 3 in 20, 2,900 for 2 in
 * 40, 9,500 for 2 in 100; plain averages need up to twice as many, L4 as many for two experts and several times as many beyond. Beyond six experts it is an extrapolation.
 * `moe-lab experiment sample-size` measures it again.
 */
export const rowsForMoments = (experts: number, columns: number): number => 12 * columns * Math.exp(experts);

/** With less than this share of them the directions are mostly noise: |cos| 0.6 to 0.85 in the same simulations. */
const HOPELESS = 0.25;

export function enoughRowsForMoments(rows: number, experts: number, columns: number): Check {
  const id = 'rows-for-moments';
  const needed = rowsForMoments(experts, columns);
  const facts = `Directions from moments need about ${plainNumber(needed, 2)} rows for ${experts} experts and ${count(columns, 'encoded feature')}; you have ${plainNumber(rows, 9)}`;
  if (rows >= needed) return { id, light: 'green', sentence: `${facts}.` };
  if (rows >= HOPELESS * needed)
    return {
      id,
      light: 'amber',
      sentence: `${facts}: good to start from, so leave the polish on.`,
    };
  return {
    id,
    light: 'red',
    sentence: `${facts}: expect rough directions; try fewer experts, or random starts beside them.`,
  };
}
