import { inBlocks, type Steps } from '../../turns';

/** What rare levels become where no level is called so. */
const POOL = 'other levels';

/**
 * Rows of each level (or what they weigh together), and how many have none. In turns.
 *
 * @param weights  one for each of `rows`, or null for all ones
 */
export function* countLevels(
  texts: readonly (string | null)[],
  rows: Uint32Array,
  weights: Float64Array | null = null,
): Steps<{ readonly counts: Map<string, number>; readonly missing: number }> {
  const counts = new Map<string, number>();
  let missing = 0;
  yield* inBlocks(rows.length, 20, (from, to) => {
    for (let i = from; i < to; i++) {
      const level = texts[rows[i]];
      if (level === null) missing++;
      else counts.set(level, (counts.get(level) ?? 0) + (weights ? weights[i] : 1));
    }
  });
  return { counts, missing };
}

/** Levels that are one level, and what it is called. */
export interface Pool {
  readonly below: number;
  readonly levels: string[];
  readonly into: string;
}

/**
 * Makes one level of those with fewer training rows than `below`, the reference chosen by hand aside. A single rare level stays itself.
 *
 * @param counts  training rows of each level; left as it is
 */
export function poolLevels(
  counts: ReadonlyMap<string, number>,
  below: number,
  reference: string | undefined,
): { readonly counts: Map<string, number>; readonly pool: Pool | null } {
  const rare = [...counts].filter(([level, rows]) => rows < below && level !== reference).map(([level]) => level);
  if (rare.length < 2) return { counts: new Map(counts), pool: null };
  let into = POOL;
  for (let n = 2; counts.has(into); n++) into = `${POOL} (${n})`;
  const kept = new Map([...counts].filter(([level]) => !rare.includes(level)));
  kept.set(
    into,
    rare.reduce((sum, level) => sum + (counts.get(level) ?? 0), 0),
  );
  return { counts: kept, pool: { below, levels: inOrder(rare), into } };
}

/** The level of most rows; of equals the first in the alphabet. */
export function mostFrequentLevel(counts: ReadonlyMap<string, number>): string {
  const most = Math.max(...counts.values());
  return inOrder([...counts.keys()]).find((level) => counts.get(level) === most)!;
}

/** By code point: the order must not depend on the computer's language. */
export const inOrder = (levels: readonly string[]): string[] =>
  [...levels].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
