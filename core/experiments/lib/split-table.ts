import type { MemoryRows, ProblemInMemory } from '../../model/problem';
import { permutation, random } from '../../random';
import type { NumericTable } from '../experiment';
import { type Given, problemOf } from './problems';

/**
 * A table split at random into training and held-out rows, features and target standardised on the training rows; the problem's output
 * says the target's mean and standard deviation there. Columns that do not vary in the training rows are 0.
 */
export function splitTable(
  { n, d, values }: NumericTable,
  k: number,
  testFraction: number,
  seed: number,
  given: Given = {},
): ProblemInMemory {
  const width = d + 1;
  const order = permutation(n, random(seed));
  const held = Math.round(testFraction * n);
  const test = order.subarray(0, held);
  const train = order.subarray(held);
  const frame = Array.from({ length: width }, (_, j) => {
    let mean = 0;
    for (const row of train) mean += values[row * width + j] / train.length;
    let variance = 0;
    for (const row of train) variance += (values[row * width + j] - mean) ** 2 / train.length;
    return { mean, weight: variance > (1e-12 * mean) ** 2 ? 1 / Math.sqrt(variance) : 0 };
  });
  const target = frame[d];
  const output = { offset: target.mean, scale: target.weight === 0 ? 1 : 1 / target.weight };
  const standard = (row: number, j: number) => (values[row * width + j] - frame[j].mean) * frame[j].weight;
  const rows = (part: Uint32Array): MemoryRows => ({
    n: part.length,
    x: Float64Array.from({ length: part.length * d }, (_, at) => standard(part[Math.floor(at / d)], at % d)),
    y: Float64Array.from(part, (row) => standard(row, d)),
    weights: null,
  });
  return problemOf(rows(train), d, k, { test: held > 0 ? rows(test) : null, output, ...given });
}
