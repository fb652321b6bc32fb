import type { Random } from '../random';

/** v / |v|, or null where v is 0 or not finite. */
export function unit(v: Float64Array): Float64Array | null {
  const norm = Math.hypot(...v);
  return norm > 0 && norm < Infinity ? v.map((entry) => entry / norm) : null;
}

/** Uniform on the unit sphere of k dimensions. */
export function randomUnit(k: number, random: Random): Float64Array {
  const v = unit(Float64Array.from({ length: k }, () => random.normal()));
  return v ?? randomUnit(k, random);
}

/**
 * The vectors made orthonormal in their order (Gram-Schmidt, twice: once leaves rounding behind). One that lies in the span of
 * those before it is replaced by the axis that is furthest from them.
 */
export function orthonormalised(vectors: readonly Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = [];
  for (const vector of vectors) {
    const direction = unit(vector);
    basis.push((direction && independent(direction, basis)) ?? furthestAxis(vector.length, basis));
  }
  return basis;
}

/** A vector shorter than this after projection holds nothing but rounding. */
const DEPENDENT = 1e-10;

function independent(vector: Float64Array, basis: readonly Float64Array[]): Float64Array | null {
  const rest = vector.slice();
  for (const direction of [...basis, ...basis]) {
    let along = 0;
    for (let a = 0; a < rest.length; a++) along += direction[a] * rest[a];
    for (let a = 0; a < rest.length; a++) rest[a] -= along * direction[a];
  }
  return Math.hypot(...rest) > DEPENDENT ? unit(rest) : null;
}

function furthestAxis(k: number, basis: readonly Float64Array[]): Float64Array {
  const inside = Array.from({ length: k }, (_, a) => basis.reduce((sum, v) => sum + v[a] * v[a], 0));
  const axis = new Float64Array(k);
  axis[inside.indexOf(Math.min(...inside))] = 1;
  return independent(axis, basis) ?? axis;
}
