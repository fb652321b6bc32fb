import { emptyParameters, type Parameters } from './spec';

/** The same mixture with its experts in another order: expert i of the result is expert order[i] of the source. */
export function permuteExperts(source: Parameters, order: ArrayLike<number>): Parameters {
  const { k, d } = source;
  const result = emptyParameters(k, d);
  for (let i = 0; i < k; i++) {
    const from = order[i];
    result.expertWeights.set(source.expertWeights.subarray(from * d, (from + 1) * d), i * d);
    result.gateWeights.set(source.gateWeights.subarray(from * d, (from + 1) * d), i * d);
    result.expertIntercepts[i] = source.expertIntercepts[from];
    result.gateIntercepts[i] = source.gateIntercepts[from];
    result.sigmas[i] = source.sigmas[from];
  }
  return result;
}

/** The same mixture with the last expert's gate at 0: only differences of gates matter. */
export function rezeroGates(source: Parameters): Parameters {
  const { k, d } = source;
  const last = (k - 1) * d;
  return {
    ...source,
    gateWeights: source.gateWeights.map((w, at) => w - source.gateWeights[last + (at % d)]),
    gateIntercepts: source.gateIntercepts.map((c) => c - source.gateIntercepts[k - 1]),
  };
}

/** The convention of everything reported: experts by mean training gate probability, largest first, the last gate at 0. */
export function orderExperts(source: Parameters, shares: ArrayLike<number>): Parameters {
  const order = Array.from({ length: source.k }, (_, i) => i).sort((i, j) => shares[j] - shares[i] || i - j);
  return rezeroGates(permuteExperts(source, order));
}
