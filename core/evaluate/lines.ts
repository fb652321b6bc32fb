import type { PredictingModel } from '../model/model-file';

/** constant + Σ_j slopes_j z_j in original units, not centred. */
export interface Line {
  readonly constant: number;
  readonly slopes: readonly number[];
}

/** What an expert's response is applied to: b + a·(z − center) multiplied out. */
export function scoreLine(model: PredictingModel, expert: number): Line {
  const { intercept, weights } = model.experts[expert];
  return { constant: uncentred(intercept, weights, model), slopes: weights };
}

/**
 * The straight line of a linear expert: offset + scale (b + a·(z − center)) multiplied out. The constant loses the digits that
 * cancel between b and a·center; predictions are always made from the centred numbers.
 */
export function expertLine(model: PredictingModel, expert: number): Line {
  const { intercept, weights } = model.experts[expert];
  const { offset, scale } = model.output;
  const slopes = weights.map((weight) => scale * weight);
  return { constant: uncentred(offset + scale * intercept, slopes, model), slopes };
}

/** The logit of one expert against the last: c + w·(z − center) multiplied out. */
export function gateLine(model: PredictingModel, expert: number): Line {
  const { intercept, weights } = model.gates[expert];
  return { constant: uncentred(intercept, weights, model), slopes: weights };
}

function uncentred(intercept: number, slopes: readonly number[], model: PredictingModel): number {
  return model.columns.reduce((constant, column, j) => constant - slopes[j] * column.center, intercept);
}
