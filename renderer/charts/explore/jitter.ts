import type { PlotColumn } from './columns';

/** How far a point is moved, in the distance of two neighbouring whole numbers or levels. */
export const JITTER = 0.3;

/** Whole numbers, or levels, so few that their points would cover each other. */
export const isCoarse = ({ integer, distinct }: PlotColumn, levels: readonly string[] | null): boolean =>
  levels !== null || (integer && distinct <= 25);

/** Between -JITTER and JITTER, the same for the same record and axis: the golden ratio spreads the records evenly. */
export function jitterOf(record: number, axis: 0 | 1): number {
  const golden = axis === 0 ? 0.6180339887498949 : 0.7548776662466927;
  return JITTER * (2 * (((record + 1) * golden) % 1) - 1);
}
