import type { FittedMixture } from '../../../../core/evaluate/checks/fitted-mixture';
import { predictModel } from '../../../../core/model/fitted';
import { random } from '../../../../core/random';

/** Rows from N(0, I) in d columns with what a mixture of linear experts says of them; the target is its prediction. */
export function mixtureOf(
  experts: readonly { intercept?: number; weights: readonly number[]; sigma?: number }[],
  gates: readonly { intercept?: number; weights: readonly number[] }[],
  { n = 400, weights = null, lineSize }: { n?: number; weights?: Float64Array | null; lineSize?: number } = {},
): FittedMixture {
  const d = experts[0].weights.length;
  const stream = random(4);
  const z = Float64Array.from({ length: n * d }, () => stream.normal());
  const model = {
    activation: 'linear' as const,
    columns: Array.from({ length: d }, (_, j) => ({ name: `x${j + 1}`, center: 0 })),
    experts: experts.map(({ intercept = 0, sigma = 1, weights: slope }) => ({ intercept, sigma, weights: [...slope] })),
    gates: gates.map(({ intercept = 0, weights: slope }) => ({ intercept, weights: [...slope] })),
    output: { offset: 0, scale: 1 },
  };
  const predicted = predictModel(model, z);
  return {
    part: { rows: Array.from({ length: n }, (_, i) => i), z, actual: predicted.prediction, weights },
    predicted,
    model,
    letters: experts.map((_, e) => String.fromCharCode(65 + e)),
    lineSize: lineSize ?? d + 1,
  };
}

/** Two experts of one slope each, `gap` apart at the centre, told apart by a gate of that slope in the first feature. */
export const twoExperts = ({ gate, gap, sigma }: { gate: number; gap: number; sigma: number }): FittedMixture =>
  mixtureOf(
    [
      { intercept: gap, weights: [1, 0], sigma },
      { weights: [0, 1], sigma },
    ],
    [{ weights: [gate, 0] }, { weights: [0, 0] }],
  );
