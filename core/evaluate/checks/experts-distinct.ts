import { weightedMean } from '../metrics';
import type { Steps } from '../../turns';
import type { Check } from '../types';
import { plainNumber } from '../words';
import type { FittedMixture } from './fitted-mixture';

/** Experts closer than this share of the target's standard deviation, in root mean square over the rows, are one expert. */
const COINCIDENT = 0.02;

export function* expertsDistinct({ part, predicted: { means }, letters }: FittedMixture): Steps<Check> {
  const id = 'experts-distinct';
  const k = letters.length;
  const mean = weightedMean(part.actual, part.weights);
  const rootMeanSquare = (value: (row: number) => number) =>
    Math.sqrt(
      weightedMean(
        part.actual.map((_, i) => value(i) ** 2),
        part.weights,
      ),
    );
  const spread = rootMeanSquare((i) => part.actual[i] - mean);
  let closest = { pair: '', distance: Number.POSITIVE_INFINITY };
  for (let a = 0; a < k; a++) {
    for (let b = a + 1; b < k; b++) {
      yield;
      const distance = rootMeanSquare((i) => means[i * k + a] - means[i * k + b]);
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
