import { dot } from '../kernels/dot';
import { type Coordinates, project } from './coordinates';
import type { GaussianMixture } from './gaussian-mixture';
import type { TensorData } from './label-tensor';
import { mixtureSums } from './mixture-sums';
import { monomials, symmetricTensor } from './monomials';
import { type Label, polynomialSums } from './polynomial-sums';

/**
 * E[t S_m(z)] with the score functions of a mixture Σ_j π_j N(m_j, S), r its responsibilities and u_j = S⁻¹ (z − m_j):
 *
 *   S_2 = Σ_j r_j [u_j u_j' − S⁻¹],   S_3 = Σ_j r_j [u_j⊗u_j⊗u_j − the three placings of u_j and S⁻¹],
 *
 * as the average of the centred label times S_m. Stein: it is E[∇^m E[t | z]] whatever the mixture. The paper's sum over all six
 * permutations in S_3 counts each placing twice.
 *
 * @param coordinates  those of the mixture, q of them
 * @param directions   the tensor is taken along these p vectors of z alone: p^order entries, never q^order
 * @returns null when the sums are not finite
 */
export function mixtureTensor(
  { rows, d, weight, units, cancel }: TensorData,
  coordinates: Coordinates,
  mixture: GaussianMixture,
  directions: readonly Float64Array[],
  coefficients: Label['coefficients'],
  order: 2 | 3,
): Float64Array | null {
  const { q } = coordinates;
  const p = directions.length;
  // v·u_j = (S⁻¹ v)·(z − m_j).
  const turned = directions.map((v) =>
    Float64Array.from({ length: q }, (_, a) => dot(mixture.precision.subarray(a * q, (a + 1) * q), v)),
  );
  const shifts = new Float64Array(mixture.components * p);
  for (let j = 0; j < mixture.components; j++) {
    const mean = mixture.means.subarray(j * q, (j + 1) * q);
    turned.forEach((v, i) => (shifts[j * p + i] = dot(v, mean)));
  }
  const along = project(coordinates, d, turned).affine;
  const label = { ...units, coefficients, remainder: new Float64Array(p + 1) };
  const constant = monomials(p, 0);
  const request = { monomials: constant, coordinates: along, label, gram: false };
  const mean = polynomialSums(rows, d, request, cancel).moments[0] / weight;
  const centred = { ...label, remainder: label.remainder.with(0, mean) };
  const terms = monomials(p, order);
  const sums = mixtureSums(
    rows,
    d,
    { monomials: terms, coordinates: along, shifts, odds: mixture, label: centred },
    cancel,
  );
  const means = sums.map((sum) => sum / weight);
  if (!means.every(Number.isFinite)) return null;
  const tensor = symmetricTensor(terms, means, order, 'moments');
  const precision = (a: number, b: number) => dot(directions[a], turned[b]);
  for (let a = 0; a < p; a++) {
    for (let b = 0; b < p; b++) {
      const entry = precision(a, b);
      if (order === 2) tensor[a * p + b] -= means[0] * entry;
      for (let c = 0; order === 3 && c < p; c++) {
        tensor[(a * p + b) * p + c] -= entry * means[1 + c];
        tensor[(a * p + c) * p + b] -= entry * means[1 + c];
        tensor[(c * p + a) * p + b] -= entry * means[1 + c];
      }
    }
  }
  return tensor;
}
