import { padded, STRIDE } from './lines';

/** `Lines.addGram`. */
export function addGram(
  v: Float64Array,
  vAt: number,
  z: Float64Array,
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
    addCorner(v, vAt, z, a * STRIDE, end, work, sums, at, second);
    let b = a + 2;
    for (; b + 3 < q; b += 4) addTile(work, z, b * STRIDE, end, sums, at + b - a, second + b - a - 1);
    for (; b < q; b++) addColumn(work, z, b * STRIDE, end, sums, at + b - a, second + b - a - 1);
    at = second + q - a - 1;
  }
  if (q % 2 === 1) {
    const line = (q - 1) * STRIDE;
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
    const zb = z[line + STRIDE + r];
    const t = v[vAt + r] * za;
    const u = v[vAt + r] * zb;
    work[r] = t;
    work[STRIDE + r] = u;
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
    q0 += work[STRIDE + r] * z0;
    q1 += work[STRIDE + r + 1] * z1;
  }
  sums[first] += p0 + p1;
  sums[second] += q0 + q1;
}

/** Products of the two lines in `work` with four lines of z from `line` on. */
function addTile(
  work: Float64Array,
  z: Float64Array,
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
  for (let r = 0, at = line; r < end; r++, at++) {
    const t = work[r];
    const u = work[STRIDE + r];
    const z0 = z[at];
    const z1 = z[at + STRIDE];
    const z2 = z[at + 2 * STRIDE];
    const z3 = z[at + 3 * STRIDE];
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
