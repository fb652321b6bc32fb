import type { EncodedColumn } from '../data/encode';
import { inBlocks, type Steps } from '../turns';
import type { Part, Predicted } from './part';

/** An expert must see a level in so many rows, and in such a share of its rows, before its sentence may be about it. */
export const LEAST_ROWS = 10;
const LEAST_SHARE = 0.02;

/**
 * Which columns an expert knows well enough to be told by: every number, and every level it sees, beside its column's reference level,
 * in at least 10 rows and 2% of its rows (gate probabilities summed over the training rows). A slope from fewer is an accident of
 * those rows, however large. In turns.
 *
 * @returns k lists of d flags
 */
export function* knownColumns(
  part: Part,
  { gates }: Pick<Predicted, 'gates'>,
  k: number,
  encoded: readonly EncodedColumn[],
): Steps<boolean[][]> {
  const d = encoded.length;
  const indicators = encoded.flatMap(({ level }, j) => (level === null ? [] : [j]));
  const held = new Float64Array(k);
  const seen = new Float64Array(k * d);
  yield* inBlocks(part.actual.length, k * (1 + indicators.length), (from, to) => {
    for (let i = from; i < to; i++) {
      const weight = part.weights === null ? 1 : part.weights[i];
      for (let e = 0; e < k; e++) {
        const share = weight * gates[i * k + e];
        held[e] += share;
        for (const j of indicators) seen[e * d + j] += share * part.z[i * d + j];
      }
    }
  });
  return Array.from(held, (rows, e) => {
    const least = Math.max(LEAST_ROWS, LEAST_SHARE * rows);
    return encoded.map(({ column, level }, j) => {
      if (level === null) return true;
      const levels = encoded.reduce((sum, other, at) => sum + (other.column === column ? seen[e * d + at] : 0), 0);
      return seen[e * d + j] >= least && rows - levels >= least;
    });
  });
}
