import { padded } from './block';

/** Numbers in the upper triangle of a q × q symmetric matrix. */
export const triangle = (q: number): number => (q * (q + 1)) / 2;

/** Where entry (a, b), a <= b, stands in the upper triangle kept row after row. */
export const triangleIndex = (q: number, a: number, b: number): number => a * q - (a * (a - 1)) / 2 + (b - a);

/**
 * sums[at + (a, b)] += Σ_r v[r] z[a, r] z[b, r] over the upper triangle, a <= b < q.
 *
 * @param v     line of row weights, from vAt; zero in the padding
 * @param z     lines of stride `stride`, the first q are used
 * @param work  one line of scratch, overwritten
 */
export function addGram(
  v: Float64Array,
  vAt: number,
  z: Float64Array,
  stride: number,
  q: number,
  count: number,
  work: Float64Array,
  sums: Float64Array,
  at: number,
): void {
  const end = padded(count);
  for (let a = 0; a < q; a++) {
    const lineA = a * stride;
    for (let r = 0; r < end; r++) work[r] = v[vAt + r] * z[lineA + r];
    let b = a;
    // Four dot products at a time: each product v z_a is read once for four lines.
    for (; b + 3 < q; b += 4) {
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      const b0 = b * stride;
      const b1 = b0 + stride;
      const b2 = b1 + stride;
      const b3 = b2 + stride;
      for (let r = 0; r < end; r++) {
        const t = work[r];
        s0 += t * z[b0 + r];
        s1 += t * z[b1 + r];
        s2 += t * z[b2 + r];
        s3 += t * z[b3 + r];
      }
      sums[at] += s0;
      sums[at + 1] += s1;
      sums[at + 2] += s2;
      sums[at + 3] += s3;
      at += 4;
    }
    for (; b < q; b++) {
      const lineB = b * stride;
      let s = 0;
      for (let r = 0; r < end; r++) s += work[r] * z[lineB + r];
      sums[at++] += s;
    }
  }
}

/** sums[at + a] += Σ_r v[r] z[a, r] for the first q lines. */
export function addLines(
  v: Float64Array,
  vAt: number,
  z: Float64Array,
  stride: number,
  q: number,
  count: number,
  sums: Float64Array,
  at: number,
): void {
  const end = padded(count);
  for (let a = 0; a < q; a++) {
    const line = a * stride;
    let s = 0;
    for (let r = 0; r < end; r++) s += v[vAt + r] * z[line + r];
    sums[at + a] += s;
  }
}
