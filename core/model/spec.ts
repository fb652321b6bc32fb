/** The experts' responses by name. Ids are public (command line, model.json). */
export const activationIds = ['linear', 'sigmoid', 'tanh', 'relu', 'leaky-relu'] as const;
export type ActivationId = (typeof activationIds)[number];

/** The expert's response g. The leak is the slope of a leaky ReLU below 0. */
export type Activation =
  { readonly id: Exclude<ActivationId, 'leaky-relu'> } | { readonly id: 'leaky-relu'; readonly leak: number };

/** One sigma per expert, one for all, or one fixed number in fit coordinates. */
export type NoiseModel = { kind: 'per-expert' } | { kind: 'shared' } | { kind: 'fixed'; sigma: number };

/**
 * A mixture of k experts over d encoded features, in the coordinates of the fit (standardised inputs, scaled target):
 * y | x ~ Σ_i softmax_i(c_i + w_i·x) N(g(b_i + a_i·x), σ_i²), with (c_k, w_k) = 0. Gridlock eq. (1).
 */
export interface Parameters {
  readonly k: number;
  readonly d: number;
  /** a, k × d row-major. */
  readonly expertWeights: Float64Array;
  /** b, k. */
  readonly expertIntercepts: Float64Array;
  /** σ, k, positive. */
  readonly sigmas: Float64Array;
  /** w, k × d row-major; the last row is 0. */
  readonly gateWeights: Float64Array;
  /** c, k; the last is 0. */
  readonly gateIntercepts: Float64Array;
}

export function emptyParameters(k: number, d: number): Parameters {
  return {
    k,
    d,
    expertWeights: new Float64Array(k * d),
    expertIntercepts: new Float64Array(k),
    sigmas: new Float64Array(k).fill(1),
    gateWeights: new Float64Array(k * d),
    gateIntercepts: new Float64Array(k),
  };
}

export function copyParameters(source: Parameters): Parameters {
  return {
    k: source.k,
    d: source.d,
    expertWeights: source.expertWeights.slice(),
    expertIntercepts: source.expertIntercepts.slice(),
    sigmas: source.sigmas.slice(),
    gateWeights: source.gateWeights.slice(),
    gateIntercepts: source.gateIntercepts.slice(),
  };
}
