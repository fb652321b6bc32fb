import type { Random } from '../random';
import { contract, decompositionAlong, powerMap, type TensorDecomposition } from './tensor';
import { randomUnit, unit } from './unit-vector';

/** Random first vectors of each component: the one that ends at the largest value is kept. */
const STARTS = 30;
/** Steps from each of them, and of the one that is kept. */
const STEPS = 30;
const TOLERANCE = 1e-12;

/**
 * Orthogonal decomposition of a symmetric k × k × k tensor by the robust tensor power method (Anandkumar, Ge, Hsu, Kakade &
 * Telgarsky 2014, algorithm 1): from several random vectors v ← T(I, v, v) normalised, the one of the largest T(v, v, v) goes on to
 * its fixed point, and λ v⊗v⊗v is taken away before the next. What deflation leaves of earlier errors stays in later components.
 *
 * @param tensor  k³ entries, index (a k + b) k + c; not written
 */
export function decomposeByPower(tensor: Float64Array, k: number, random: Random): TensorDecomposition {
  const left = tensor.slice();
  const vectors: Float64Array[] = [];
  for (let component = 0; component < k; component++) {
    const reached = Array.from({ length: STARTS }, () => iterate(left, k, randomUnit(k, random)));
    const values = reached.map((v) => contract(left, k, v, v, v));
    const v = iterate(left, k, reached[values.indexOf(Math.max(...values))]);
    vectors.push(v);
    deflate(left, k, contract(left, k, v, v, v), v);
  }
  return decompositionAlong(tensor, k, vectors);
}

function iterate(tensor: Float64Array, k: number, from: Float64Array): Float64Array {
  let v = from;
  for (let step = 0; step < STEPS; step++) {
    const next = unit(powerMap(tensor, k, v));
    // Nothing is left of the tensor along v: every vector is as good.
    if (next === null) return v;
    const moved = Math.hypot(...next.map((entry, a) => entry - v[a]));
    v = next;
    if (moved < TOLERANCE) break;
  }
  return v;
}

function deflate(tensor: Float64Array, k: number, value: number, v: Float64Array): void {
  for (let a = 0; a < k; a++) {
    for (let b = 0; b < k; b++) {
      for (let c = 0; c < k; c++) tensor[(a * k + b) * k + c] -= value * v[a] * v[b] * v[c];
    }
  }
}
