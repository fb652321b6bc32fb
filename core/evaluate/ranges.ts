import { setImmediate as breathe } from 'node:timers/promises';
import type { EncodedColumn } from '../data/encode';
import { LEAST_ROWS } from './level-support';
import { inverse, type Transform } from '../model/transform';
import { inBlocks, type Steps } from '../turns';
import { likeliest, type Part, type Predicted } from './part';
import { quantiles } from '../quantile';
import type { ExpertSummary } from './types';

type Range = ExpertSummary['ranges'][number];

/** A range with what it tells: the share of the expert's rows inside it less the share of all other rows inside it. */
export interface ExpertRange {
  readonly range: Range;
  readonly telling: number;
}

/**
 * Where each expert applies: quartiles of every numeric column over the training rows whose likeliest expert it is, and how far
 * its median lies from that of all rows, in interquartile ranges of all rows (in ranges, where the middle half of the rows share
 * one value). Most telling columns first. Lets others run between columns.
 *
 * @returns k lists; an expert that is nowhere the likeliest has an empty one
 */
export async function expertRanges(
  part: Part,
  predicted: Predicted,
  k: number,
  encoded: readonly EncodedColumn[],
): Promise<ExpertRange[][]> {
  const d = encoded.length;
  const rows = Uint32Array.from(part.actual.keys()).filter((i) => counts(part, i));
  const expertOf = Uint8Array.from(rows, (i) => likeliest(predicted.gates, k, i));
  const sizes = new Uint32Array(k);
  for (const expert of expertOf) sizes[expert]++;
  const ranges: ExpertRange[][] = Array.from(sizes, () => []);
  for (const [j, { name, column, level, derived, transform }] of encoded.entries()) {
    if (level !== null || rows.length === 0) continue;
    await breathe();
    const everywhere = new Float64Array(rows.length);
    for (let place = 0; place < rows.length; place++) everywhere[place] = part.z[rows[place] * d + j];
    const parts = divided(everywhere, expertOf, sizes);
    const quartiles = quantiles(everywhere, QUARTILES);
    parts.forEach((here, expert) => {
      if (here.length === 0) return;
      const { range, telling } = rangeOf(derived ? name : column, here, everywhere, quartiles);
      ranges[expert].push({ range: transform ? inColumnUnits(range, transform) : range, telling });
    });
  }
  for (const list of ranges) list.sort((a, b) => b.telling - a.telling);
  return ranges;
}

/** Values by the expert their row belongs to. */
function divided(values: Float64Array, expertOf: Uint8Array, sizes: Uint32Array): Float64Array[] {
  const parts = Array.from(sizes, (size) => new Float64Array(size));
  const filled = new Uint32Array(sizes.length);
  for (let i = 0; i < values.length; i++) parts[expertOf[i]][filled[expertOf[i]]++] = values[i];
  return parts;
}

const QUARTILES = [0.25, 0.5, 0.75];

/** @param here  values of the expert's rows, a part of `everywhere`; reordered */
function rangeOf(
  column: string,
  here: Float64Array,
  everywhere: Float64Array,
  [allQ25, allMedian, allQ75]: readonly number[],
): ExpertRange {
  const [q25, median, q75] = quantiles(here, QUARTILES);
  const spread = allQ75 - allQ25 || extent(everywhere) || 1;
  const inside = countWithin(here, q25, q75);
  const others = everywhere.length - here.length;
  const othersInside = countWithin(everywhere, q25, q75) - inside;
  return {
    range: { column, q25, median, q75, allMedian, shift: (median - allMedian) / spread },
    telling: inside / here.length - (others === 0 ? 1 : othersInside / others),
  };
}

/** A transform keeps the order of its values, so quartiles are taken back as they are; shifts stay those of the transformed values. */
const inColumnUnits = (range: Range, transform: Transform): Range => ({
  ...range,
  q25: inverse(transform, range.q25),
  median: inverse(transform, range.median),
  q75: inverse(transform, range.q75),
  allMedian: inverse(transform, range.allMedian),
});

/** How many values lie in [low, high]. */
function countWithin(values: Float64Array, low: number, high: number): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (values[i] >= low && values[i] <= high) count++;
  return count;
}

/** Largest less smallest value. */
function extent(values: Float64Array): number {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    if (values[i] < low) low = values[i];
    if (values[i] > high) high = values[i];
  }
  return high - low;
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
 * among all rows, ten of them at least; null where no level is. Reference levels count: their share is what the encoded levels leave.
 * In turns.
 *
 * @param references  categorical column -> its reference level
 */
export function* tellingLevels(
  part: Part,
  predicted: Predicted,
  k: number,
  encoded: readonly EncodedColumn[],
  references: ReadonlyMap<string, string>,
): Steps<(TellingLevel | null)[]> {
  const d = encoded.length;
  const rows = new Float64Array(k);
  const sums = new Float64Array(k * d);
  yield* inBlocks(part.actual.length, d, (from, to) => {
    for (let i = from; i < to; i++) {
      if (!counts(part, i)) continue;
      const expert = likeliest(predicted.gates, k, i);
      rows[expert]++;
      for (let j = 0; j < d; j++) sums[expert * d + j] += part.z[i * d + j];
    }
  });
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
    const telling = levels.filter(
      ({ share, allShare }) => share >= 0.6 && share - allShare >= 0.25 && share * count >= LEAST_ROWS,
    );
    return telling.sort((a, b) => b.share - b.allShare - (a.share - a.allShare))[0] ?? null;
  });
}

const counts = (part: Part, i: number) => part.weights === null || part.weights[i] > 0;
