import { gaussianExpectation } from './gaussian-expectation';

/** The response g of an expert as a function of its linear predictor. */
export type Response = (z: number) => number;

/** Probabilists' Hermite polynomials He_0 .. He_4. */
const hermite = [
  () => 1,
  (z: number) => z,
  (z: number) => z * z - 1,
  (z: number) => z * (z * z - 3),
  (z: number) => z * z * (z * z - 6) + 3,
] as const;

/** h(m, q) = E[g(Z)^m He_q(Z)] with Z ~ N(0, 1): the mean q-th derivative of g^m. */
export type HermiteMoments = (m: number, q: 1 | 2 | 3 | 4) => number;

export const hermiteMoments =
  (g: Response): HermiteMoments =>
  (m, q) =>
    gaussianExpectation((z) => g(z) ** m * hermite[q](z));
