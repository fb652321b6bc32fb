/** One part of the split (training or held-out rows) in original units. */
export interface Part {
  /** n record numbers of the file, from 0. */
  readonly rows: ArrayLike<number>;
  /** n × d encoded features, row-major. */
  readonly z: Float64Array;
  /** n targets. */
  readonly actual: Float64Array;
  /** n, or null for all ones. */
  readonly weights: Float64Array | null;
}

/** What a mixture of k experts says about n rows, in original units. */
export interface Predicted {
  /** n. */
  readonly prediction: Float64Array;
  /** n: standard deviation of the mixture. */
  readonly sd: Float64Array;
  /** n × k, row-major; each row sums to 1. */
  readonly gates: Float64Array;
  /** n × k, row-major. */
  readonly means: Float64Array;
}

/** Rows with what the model says of them. */
export interface EvaluatedPart {
  readonly part: Part;
  readonly predicted: Predicted;
}

/** Predictions of some rows beside the truth: all that the error measures need. */
export interface Scored {
  readonly actual: Float64Array;
  readonly prediction: Float64Array;
  /** Log density of each actual value, nats, original units. */
  readonly logDensity: Float64Array;
  readonly weights: Float64Array | null;
}

/** Index of the largest of the k values of row i; the first of equals. */
export function likeliest(gates: Float64Array, k: number, i: number): number {
  let best = 0;
  for (let e = 1; e < k; e++) if (gates[i * k + e] > gates[i * k + best]) best = e;
  return best;
}
