import type { Random } from '../random';
import { decomposeByJacobi } from './jacobi';
import { decomposeByOrthAls } from './orth-als';
import type { TensorDecomposition } from './tensor';
import { decomposeByPower } from './tensor-power';

/** The ways to decompose an orthogonal tensor. Jacobi's needs no starting point; the others draw theirs. */
export const decompositions = {
  jacobi: decomposeByJacobi,
  power: decomposeByPower,
  'orth-als': decomposeByOrthAls,
} satisfies Record<string, (tensor: Float64Array, k: number, random: Random) => TensorDecomposition>;

export type DecompositionId = keyof typeof decompositions;
