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
 * @param work  scratch, 2 × stride, overwritten
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
  // Two rows of the triangle at a time, four columns of each: six reads bring eight products, and reading is what costs.
  for (let a = 0; a + 1 < q; a += 2) {
    const second = at + q - a;
    addCorner(v, vAt, z, stride, a * stride, end, work, sums, at, second);
    let b = a + 2;
    for (; b + 3 < q; b += 4) addTile(work, z, stride, b * stride, end, sums, at + b - a, second + b - a - 1);
    for (; b < q; b++) addColumn(work, z, stride, b * stride, end, sums, at + b - a, second + b - a - 1);
    at = second + q - a - 1;
  }
  if (q % 2 === 1) {
    const line = (q - 1) * stride;
    let sum = 0;
    for (let r = 0; r < end; r++) sum += v[vAt + r] * z[line + r] * z[line + r];
    sums[at] += sum;
  }
}

/** Fills `work` with v z_a and v z_{a+1} and adds the three products of these two lines. */
function addCorner(
  v: Float64Array,
  vAt: number,
  z: Float64Array,
  stride: number,
  line: number,
  end: number,
  work: Float64Array,
  sums: Float64Array,
  first: number,
  second: number,
): void {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  for (let r = 0; r < end; r++) {
    const za = z[line + r];
    const zb = z[line + stride + r];
    const t = v[vAt + r] * za;
    const u = v[vAt + r] * zb;
    work[r] = t;
    work[stride + r] = u;
    s0 += t * za;
    s1 += t * zb;
    s2 += u * zb;
  }
  sums[first] += s0;
  sums[first + 1] += s1;
  sums[second] += s2;
}

/** Products of the two lines in `work` with one line of z. */
function addColumn(
  work: Float64Array,
  z: Float64Array,
  stride: number,
  line: number,
  end: number,
  sums: Float64Array,
  first: number,
  second: number,
): void {
  let p0 = 0;
  let p1 = 0;
  let q0 = 0;
  let q1 = 0;
  for (let r = 0; r < end; r += 2) {
    const z0 = z[line + r];
    const z1 = z[line + r + 1];
    p0 += work[r] * z0;
    p1 += work[r + 1] * z1;
    q0 += work[stride + r] * z0;
    q1 += work[stride + r + 1] * z1;
  }
  sums[first] += p0 + p1;
  sums[second] += q0 + q1;
}

/** Products of the two lines in `work` with four lines of z from `line` on. */
function addTile(
  work: Float64Array,
  z: Float64Array,
  stride: number,
  line: number,
  end: number,
  sums: Float64Array,
  first: number,
  second: number,
): void {
  let p0 = 0;
  let p1 = 0;
  let p2 = 0;
  let p3 = 0;
  let q0 = 0;
  let q1 = 0;
  let q2 = 0;
  let q3 = 0;
  const line1 = line + stride;
  const line2 = line1 + stride;
  const line3 = line2 + stride;
  for (let r = 0; r < end; r++) {
    const t = work[r];
    const u = work[stride + r];
    const z0 = z[line + r];
    const z1 = z[line1 + r];
    const z2 = z[line2 + r];
    const z3 = z[line3 + r];
    p0 += t * z0;
    p1 += t * z1;
    p2 += t * z2;
    p3 += t * z3;
    q0 += u * z0;
    q1 += u * z1;
    q2 += u * z2;
    q3 += u * z3;
  }
  sums[first] += p0;
  sums[first + 1] += p1;
  sums[first + 2] += p2;
  sums[first + 3] += p3;
  sums[second] += q0;
  sums[second + 1] += q1;
  sums[second + 2] += q2;
  sums[second + 3] += q3;
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
  let a = 0;
  for (; a + 3 < q; a += 4) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    const line = a * stride;
    const line1 = line + stride;
    const line2 = line1 + stride;
    const line3 = line2 + stride;
    for (let r = 0; r < end; r++) {
      const t = v[vAt + r];
      s0 += t * z[line + r];
      s1 += t * z[line1 + r];
      s2 += t * z[line2 + r];
      s3 += t * z[line3 + r];
    }
    sums[at + a] += s0;
    sums[at + a + 1] += s1;
    sums[at + a + 2] += s2;
    sums[at + a + 3] += s3;
  }
  for (; a < q; a++) {
    let s = 0;
    for (let r = 0; r < end; r++) s += v[vAt + r] * z[a * stride + r];
    sums[at + a] += s;
  }
}
