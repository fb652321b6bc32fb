import { makeLines, packAffine, type Block } from './block';
import { type Lines, padded, STRIDE } from './lines';
import { triangle } from './triangle';

/**
 * Of what each expert's normal matrix Σ v z z' is taken: all of z = (1, x); or z = (1, a_i·x) for experts that may only move along a
 * direction each (k × d), 3 sums instead of (d + 1)(d + 2)/2; or nothing.
 */
export type Moments = boolean | { readonly along: Float64Array };

/** Numbers in the triangle of one expert's normal matrix. */
export const momentsLength = (moments: Moments, d: number): number =>
  moments === false ? 0 : triangle(moments === true ? d + 1 : 2);

/** The directions' affine functions and k lines of where the rows of a block are along them; null where there are none. */
export type AlongLines = { readonly affine: Float64Array; readonly scores: Float64Array } | null;

export const alongLines = (lines: Lines, moments: Moments, k: number, d: number): AlongLines =>
  typeof moments === 'boolean'
    ? null
    : {
        affine: packAffine(lines, new Float64Array(k), moments.along, k, d),
        scores: makeLines(lines, k),
      };

/** Fills the scores of a loaded block. */
export function loadAlong(lines: Lines, along: AlongLines, k: number, d: number, block: Block, count: number): void {
  if (along !== null) lines.affineScores(along.affine, k, d + 1, block.z, count, along.scores);
}

/**
 * sums[at + (a, b)] += Σ_r v[r] z_a z_b of one expert, z = (1, x), or (1, a_i·x) where `along` is given.
 *
 * @param v     line of row weights; zero in the padding
 * @param work  two lines of scratch, overwritten
 */
export function addMoments(
  lines: Lines,
  along: AlongLines,
  expert: number,
  v: Float64Array,
  { z }: Block,
  d: number,
  count: number,
  work: Float64Array,
  sums: Float64Array,
  at: number,
): void {
  if (along === null) return lines.addGram(v, 0, z, d + 1, count, work, sums, at);
  const { scores } = along;
  const first = expert * STRIDE;
  const end = padded(count);
  let total = 0;
  let cross = 0;
  let square = 0;
  for (let r = 0; r < end; r++) {
    const weight = v[r];
    const score = scores[first + r];
    total += weight;
    cross += weight * score;
    square += weight * score * score;
  }
  sums[at] += total;
  sums[at + 1] += cross;
  sums[at + 2] += square;
}
