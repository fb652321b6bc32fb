import { weightedMean } from '../metrics';
import { likeliest, type Part, type Predicted } from '../part';
import type { Check } from '../types';
import { count, percent, plainNumber } from '../words';

/** Experts closer than this share of the target's standard deviation, in root mean square over the rows, are one expert. */
const COINCIDENT = 0.02;

/**
 * What the fitted mixture itself says about its trustworthiness, on the training rows: whether its experts differ, whether each
 * holds rows enough for its own line, and how sharply the gate separates them. Nothing to say of one expert.
 *
 * @param letters  k names of the experts, in the model's order
 * @param lineSize  numbers in one expert's line
 */
export function checksAfter(part: Part, predicted: Predicted, letters: readonly string[], lineSize: number): Check[] {
  if (letters.length < 2) return [];
  return [
    expertsDistinct(part, predicted, letters),
    expertsPopulated(part, predicted, letters, lineSize),
    gateSeparation(part, predicted, letters.length),
  ];
}

function expertsDistinct(part: Part, { means }: Predicted, letters: readonly string[]): Check {
  const id = 'experts-distinct';
  const k = letters.length;
  const mean = weightedMean(part.actual, part.weights);
  const spread = rootMeanSquare(part, (i) => part.actual[i] - mean);
  let closest = { pair: '', distance: Number.POSITIVE_INFINITY };
  for (let a = 0; a < k; a++) {
    for (let b = a + 1; b < k; b++) {
      const distance = rootMeanSquare(part, (i) => means[i * k + a] - means[i * k + b]);
      if (distance < closest.distance) closest = { pair: `${letters[a]} and ${letters[b]}`, distance };
    }
  }
  return closest.distance < COINCIDENT * spread
    ? { id, light: 'red', sentence: `Experts ${closest.pair} say the same; fit one expert fewer.` }
    : {
        id,
        light: 'green',
        sentence: `The experts differ; ${closest.pair} are the closest, ${plainNumber(closest.distance, 2)} apart on a typical row.`,
      };
}

function expertsPopulated(part: Part, { gates }: Predicted, letters: readonly string[], lineSize: number): Check {
  const id = 'experts-populated';
  const k = letters.length;
  const rows = new Float64Array(k);
  for (let i = 0; i < part.actual.length; i++) {
    for (let e = 0; e < k; e++) rows[e] += (part.weights === null ? 1 : part.weights[i]) * gates[i * k + e];
  }
  const smallest = rows.indexOf(Math.min(...rows));
  const total = rows.reduce((a, b) => a + b, 0);
  const facts = `Expert ${letters[smallest]} is the smallest: about ${count(Math.round(rows[smallest]), 'row')} (${percent(rows[smallest] / total)}) for the ${count(lineSize, 'number')} of its line`;
  if (rows[smallest] >= 10 * lineSize) return { id, light: 'green', sentence: `${facts}.` };
  return rows[smallest] >= 2 * lineSize
    ? { id, light: 'amber', sentence: `${facts}; take its equation with caution.` }
    : { id, light: 'red', sentence: `${facts}, too few to trust; fit one expert fewer.` };
}

/** Mean probability of the likeliest expert: 1 where every row clearly belongs to one expert, 1/k where the gate knows nothing. */
function gateSeparation(part: Part, { gates }: Predicted, k: number): Check {
  const id = 'gate-separation';
  const certainty = weightedMean(
    part.actual.map((_, i) => gates[i * k + likeliest(gates, k, i)]),
    part.weights,
  );
  const facts = `The gate gives a row's likeliest expert ${percent(certainty)} on average`;
  // A third of the way from knowing nothing to certainty.
  return certainty >= 1 / k + (1 - 1 / k) / 3
    ? { id, light: 'green', sentence: `${facts}.` }
    : {
        id,
        light: 'amber',
        sentence: `${facts}: the features hardly tell which expert applies, so read the experts as noise levels or overlaid groups.`,
      };
}

function rootMeanSquare(part: Part, value: (row: number) => number): number {
  const squares = part.actual.map((_, i) => value(i) ** 2);
  return Math.sqrt(weightedMean(squares, part.weights));
}
