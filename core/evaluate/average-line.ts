import type { EncodedColumn } from '../data/encode';
import { activationNamed, activationOf } from '../model/activations';
import type { PredictingModel } from '../model/model-file';
import { inBlocks, type Steps } from '../turns';
import { expertLine, type Line } from './lines';
import type { Part } from './part';

/**
 * An expert as a straight line. A linear one is its own. Of any other it is the line of its average effects through its average
 * mean, over the training rows weighted by their gate probability: the slope of a number is the mean of ∂μ/∂z_j, that of a category's
 * level the mean of μ at the level less μ at the reference, all else as it is. In turns.
 *
 * @param gates  n × k, row-major
 */
export function* averageLine(
  model: PredictingModel,
  expert: number,
  { z, weights }: Pick<Part, 'z' | 'weights'>,
  gates: Float64Array,
  encoded: readonly Pick<EncodedColumn, 'column' | 'level'>[],
): Steps<Line> {
  if (model.activation === 'linear') return expertLine(model, expert);
  const { value, derivative } = activationOf(activationNamed(model.activation, model.leak));
  const { intercept, weights: a } = model.experts[expert];
  const { offset, scale } = model.output;
  const k = model.experts.length;
  const d = encoded.length;
  // The other indicators of a level's column: a row has one level, so all are taken out before it is put in.
  const siblings = encoded.map(({ column, level }) =>
    level === null ? [] : [...encoded.keys()].filter((j) => encoded[j].column === column && encoded[j].level !== null),
  );
  const slopes = new Float64Array(d);
  const means = new Float64Array(d);
  let [mean, total] = [0, 0];
  const take = (row: number): void => {
    const at = row * d;
    const weight = gates[row * k + expert] * (weights === null ? 1 : weights[row]);
    let score = intercept;
    for (let j = 0; j < d; j++) score += a[j] * (z[at + j] - model.columns[j].center);
    total += weight;
    mean += weight * (offset + scale * value(score));
    const steepness = weight * scale * derivative(score);
    for (let j = 0; j < d; j++) {
      means[j] += weight * z[at + j];
      if (encoded[j].level === null) {
        slopes[j] += steepness * a[j];
        continue;
      }
      let reference = score;
      for (const level of siblings[j]) reference -= a[level] * z[at + level];
      slopes[j] += weight * scale * (value(reference + a[j]) - value(reference));
    }
  };
  yield* inBlocks(z.length / d, d * d, (from, to) => {
    for (let row = from; row < to; row++) take(row);
  });
  // An expert whose gate is 0 in every row says nothing on average.
  if (!(total > 0)) return { constant: offset + scale * value(intercept), slopes: [...slopes.fill(0)] };
  let constant = mean / total;
  for (let j = 0; j < d; j++) constant -= (slopes[j] / total) * (means[j] / total);
  return { constant, slopes: Array.from(slopes, (sum) => sum / total) };
}
