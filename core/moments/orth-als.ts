import type { Random } from '../random';
import { decompositionAlong, powerMap, type TensorDecomposition } from './tensor';
import { orthonormalised, randomUnit, unit } from './unit-vector';

const STARTS = 10;
const STEPS = 100;
const TOLERANCE = 1e-10;

/**
 * Orthogonal decomposition of a symmetric k × k × k tensor by orthogonalised alternating least squares (Sharan & Valiant 2017):
 * before every update the factors are made orthonormal, which keeps them from running to the same component; with orthonormal
 * factors q_i the least-squares update of all three (equal) modes is T(I, q_i, q_i). Of several random starts the one that leaves
 * least of the tensor is kept.
 *
 * @param tensor  k³ entries, index (a k + b) k + c; not written
 */
export function decomposeByOrthAls(tensor: Float64Array, k: number, random: Random): TensorDecomposition {
  const found = Array.from({ length: STARTS }, () => {
    const first = Array.from({ length: k }, () => randomUnit(k, random));
    return decompositionAlong(tensor, k, iterate(tensor, k, orthonormalised(first)));
  });
  return found.reduce((best, one) => (explained(one) > explained(best) ? one : best));
}

/** With orthonormal vectors |T − Σ λ v⊗v⊗v|² = |T|² − Σ λ². */
const explained = ({ values }: TensorDecomposition): number => values.reduce((sum, value) => sum + value * value, 0);

function iterate(tensor: Float64Array, k: number, from: readonly Float64Array[]): readonly Float64Array[] {
  let factors = from;
  for (let step = 0; step < STEPS; step++) {
    const next = orthonormalised(factors.map((q) => unit(powerMap(tensor, k, q)) ?? q));
    const moved = Math.max(...next.map((v, i) => Math.hypot(...v.map((entry, a) => entry - factors[i][a]))));
    factors = next;
    if (moved < TOLERANCE) break;
  }
  return factors;
}
