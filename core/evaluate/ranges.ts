import { likeliest, type Part, type Predicted } from './part';
import { quantileSorted } from './quantile';
import type { ExpertSummary } from './types';

type Range = ExpertSummary['ranges'][number];

/** An encoded column as the recipe names it; level is null for a number. */
export interface EncodedColumn {
  readonly name: string;
  readonly column: string;
  readonly level: string | null;
}

/** Shifts below this share of the interquartile range are not called telling. */
export const TELLING_SHIFT = 0.5;

/**
 * Where each expert applies: quartiles of every numeric column over the training rows whose likeliest expert it is. A column is
 * telling by how far its median there lies from the median of all rows, in interquartile ranges of all rows (in ranges, where
 * the middle half of the rows share one value). Most telling first.
 *
 * @returns k lists; an expert that is nowhere the likeliest has an empty one
 */
export function expertRanges(
  part: Part,
  predicted: Predicted,
  k: number,
  encoded: readonly EncodedColumn[],
): Range[][] {
  const d = encoded.length;
  const n = part.actual.length;
  const members: number[][] = Array.from({ length: k }, () => []);
  for (let i = 0; i < n; i++) if (counts(part, i)) members[likeliest(predicted.gates, k, i)].push(i);
  const all = members.flat();
  const ranges: Range[][] = members.map(() => []);
  encoded.forEach(({ column, level }, j) => {
    if (level !== null || all.length === 0) return;
    const everywhere = sortedColumn(part.z, d, j, all);
    const allMedian = quantileSorted(everywhere, 0.5);
    const spread =
      quantileSorted(everywhere, 0.75) - quantileSorted(everywhere, 0.25) ||
      everywhere[everywhere.length - 1] - everywhere[0] ||
      1;
    members.forEach((rows, expert) => {
      if (rows.length === 0) return;
      const here = sortedColumn(part.z, d, j, rows);
      const median = quantileSorted(here, 0.5);
      ranges[expert].push({
        column,
        q25: quantileSorted(here, 0.25),
        median,
        q75: quantileSorted(here, 0.75),
        allMedian,
        shift: (median - allMedian) / spread,
      });
    });
  });
  for (const list of ranges) list.sort((a, b) => Math.abs(b.shift) - Math.abs(a.shift));
  return ranges;
}

/** A level that is much more frequent among an expert's rows than among all. */
export interface TellingLevel {
  readonly column: string;
  readonly level: string;
  readonly share: number;
  readonly allShare: number;
}

/**
 * For each expert the level that at least 60% of its training rows have and that is at least 25 points more frequent there than
 * among all rows; null where no level is. Reference levels count: their share is what the encoded levels leave.
 *
 * @param references  categorical column -> its reference level
 */
export function tellingLevels(
  part: Part,
  predicted: Predicted,
  k: number,
  encoded: readonly EncodedColumn[],
  references: ReadonlyMap<string, string>,
): (TellingLevel | null)[] {
  const d = encoded.length;
  const rows = new Float64Array(k);
  const sums = new Float64Array(k * d);
  for (let i = 0; i < part.actual.length; i++) {
    if (!counts(part, i)) continue;
    const expert = likeliest(predicted.gates, k, i);
    rows[expert]++;
    for (let j = 0; j < d; j++) sums[expert * d + j] += part.z[i * d + j];
  }
  const total = rows.reduce((a, b) => a + b, 0);
  const overall = encoded.map((_, j) => Array.from(rows).reduce((sum, _r, e) => sum + sums[e * d + j], 0) / total);
  return Array.from(rows, (count, expert) => {
    if (count === 0) return null;
    const levels = encoded.flatMap(({ column, level }, j) =>
      level === null ? [] : [{ column, level, share: sums[expert * d + j] / count, allShare: overall[j] }],
    );
    for (const [column, level] of references) {
      const others = levels.filter((entry) => entry.column === column);
      const rest = (of: 'share' | 'allShare') => others.reduce((left, entry) => left - entry[of], 1);
      if (others.length > 0) levels.push({ column, level, share: rest('share'), allShare: rest('allShare') });
    }
    const telling = levels.filter((entry) => entry.share >= 0.6 && entry.share - entry.allShare >= 0.25);
    return telling.sort((a, b) => b.share - b.allShare - (a.share - a.allShare))[0] ?? null;
  });
}

const counts = (part: Part, i: number) => part.weights === null || part.weights[i] > 0;

function sortedColumn(z: Float64Array, d: number, j: number, rows: readonly number[]): Float64Array {
  // A loop: Float64Array.from with a function takes ten times as long, which shows at half a million rows.
  const values = new Float64Array(rows.length);
  for (let place = 0; place < rows.length; place++) values[place] = z[rows[place] * d + j];
  return values.sort();
}
