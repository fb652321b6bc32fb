import { weightedMean } from '../metrics';
import { likeliest } from '../part';
import { quantiles } from '../../quantile';
import type { Check } from '../types';
import { percent, plainNumber } from '../words';
import { sampledRows, type FittedMixture } from './fitted-mixture';

/** A mean probability of the likeliest expert from which hardly a row lies at a border. */
const RUNAWAY = 0.995;

/**
 * How sharply the gate tells the experts apart: the mean probability of the likeliest expert (1 where every row clearly belongs to
 * one expert, 1/k where the gate knows nothing), and the root mean square difference of two experts' logits in the median row (a mean
 * over rows would tell of the farthest ones).
 */
export function gateSeparation(mixture: FittedMixture): Check {
  const id = 'gate-separation';
  const { part, predicted, letters } = mixture;
  const k = letters.length;
  if (mixture.model.gates.every(({ weights }) => weights.every((weight) => weight === 0)))
    return {
      id,
      light: 'green',
      sentence: 'Every row has the same proportions of the experts: a mixture of regressions.',
    };
  const certainty = weightedMean(
    part.actual.map((_, i) => predicted.gates[i * k + likeliest(predicted.gates, k, i)]),
    part.weights,
  );
  const difference = logitDifference(mixture);
  const facts = `The gate gives a row’s likeliest expert ${percent(certainty)} on average; on a typical row the logits of two experts are ${plainNumber(difference, 2)} apart`;
  // A third of the way from knowing nothing to certainty.
  if (certainty < 1 / k + (1 - 1 / k) / 3)
    return {
      id,
      light: 'amber',
      sentence: `${facts}: the features hardly tell which expert applies, so read the experts as noise levels or overlaid groups.`,
    };
  if (certainty > RUNAWAY)
    return {
      id,
      light: 'amber',
      sentence: `${facts}: hardly a row lies at a border, so the data do not say how steep it is; raise the gate ridge for softer borders.`,
    };
  return { id, light: 'green', sentence: `${facts}.` };
}

/** Over the pairs of experts the root mean square difference of their logits c_i + w_i·u, in the median row. */
function logitDifference(mixture: FittedMixture): number {
  const { part, model } = mixture;
  const { columns, gates } = model;
  const d = columns.length;
  const k = gates.length;
  const logits = new Float64Array(k);
  const differences = Float64Array.from(sampledRows(mixture), (row) => {
    for (let e = 0; e < k; e++) {
      const { intercept, weights } = gates[e];
      logits[e] = intercept;
      for (let j = 0; j < d; j++) logits[e] += weights[j] * (part.z[row * d + j] - columns[j].center);
    }
    const mean = logits.reduce((sum, logit) => sum + logit, 0) / k;
    const variance = logits.reduce((sum, logit) => sum + (logit - mean) ** 2, 0) / k;
    // Σ_{i<j} (l_i − l_j)² = k Σ_i (l_i − mean)², over k (k − 1) / 2 pairs.
    return Math.sqrt((2 * k * variance) / (k - 1));
  });
  return quantiles(differences, [0.5])[0];
}
