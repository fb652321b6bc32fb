import type { ColumnLabels } from '../../../core/evaluate/expert-sentence';
import type { EvaluatedPart } from '../../../core/evaluate/part';
import type { EncodedColumn } from '../../../core/data/encode';
import type { ModelFile } from '../../../core/model/model-file';
import { random } from '../../../core/random';

/** Two experts over "Age (day)" and a category: young rows rise steeply, old rows are flat. Made by hand, not fitted. */
export const model: ModelFile = {
  format: 'moe-lab/model',
  version: 1,
  activation: 'linear',
  target: 'Strength',
  features: [
    { column: 'Age (day)', kind: 'numeric', missing: { policy: 'drop-row' } },
    {
      column: 'mix',
      kind: 'categorical',
      levels: ['lean', 'rich'],
      reference: 'lean',
      missing: { policy: 'drop-row' },
    },
  ],
  pipeline: [
    { step: 'drop-missing', columns: ['Age (day)', 'mix'] },
    { step: 'one-hot', column: 'mix', levels: ['lean', 'rich'], reference: 'lean' },
  ],
  columns: [
    { name: 'Age (day)', center: 40 },
    { name: 'mix=rich', center: 0.5 },
  ],
  experts: [
    { intercept: 31.25, weights: [0.7312345678901, 8], sigma: 2 },
    { intercept: 45, weights: [-0.03, 1 / 3], sigma: 1 },
  ],
  gates: [
    { intercept: -2, weights: [-0.25, 0] },
    { intercept: 0, weights: [0, 0] },
  ],
  output: { offset: 0, scale: 1 },
  method: { id: 'joint-em', options: {} },
  seed: 1,
  noise: 'per-expert',
  preprocess: 'standardise',
  data: { file: 'concrete.csv', sha256: '', rows: 100, used: 100, train: 80 },
  termination: { code: 'converged', stage: 'em', iterations: 10, seconds: 0.1 },
  metrics: null,
  createdWith: { version: '0.1.0' },
};

export const encoded: EncodedColumn[] = [
  { name: 'Age (day)', column: 'Age (day)', level: null },
  { name: 'mix=rich', column: 'mix', level: 'rich' },
];

export const labels: ColumnLabels = new Map([
  ['Strength', { label: 'Strength', unit: 'MPa' }],
  ['Age (day)', { label: 'Age', unit: 'day' }],
  ['mix', { label: 'mix', unit: null }],
]);

/** DESIGN's responses, written out. */
function respond({ activation, leak = 0.1 }: ModelFile, score: number): number {
  switch (activation) {
    case 'linear':
      return score;
    case 'sigmoid':
      return 1 / (1 + Math.exp(-score));
    case 'tanh':
      return Math.tanh(score);
    case 'relu':
      return Math.max(0, score);
    case 'leaky-relu':
      return score > 0 ? score : leak * score;
  }
}

/** Mean of one expert, the gates and the prediction of a raw row, straight from DESIGN's formula: the test's own evaluator. */
export function evaluateRow(file: ModelFile, z: readonly number[]) {
  const u = z.map((value, j) => value - file.columns[j].center);
  const dot = (weights: readonly number[]) => weights.reduce((sum, w, j) => sum + w * u[j], 0);
  const { offset, scale } = file.output;
  const means = file.experts.map((e) => offset + scale * respond(file, e.intercept + dot(e.weights)));
  const logits = file.gates.map((g) => g.intercept + dot(g.weights));
  const top = Math.max(...logits);
  const odds = logits.map((l) => Math.exp(l - top));
  const total = odds.reduce((a, b) => a + b, 0);
  const gates = odds.map((o) => o / total);
  const prediction = gates.reduce((sum, g, e) => sum + g * means[e], 0);
  const second = gates.reduce((sum, g, e) => sum + g * (file.experts[e].sigma ** 2 + means[e] ** 2), 0);
  return { means, gates, prediction, sd: Math.sqrt(second - prediction ** 2) };
}

/** n rows of ages 1 to 100 and a category, with what the model says of them. */
export function evaluated(n: number, seed: number, firstRow = 0): EvaluatedPart {
  const stream = random(seed);
  const z = Array.from({ length: n }, () => [1 + stream.integer(100), stream.integer(2)]);
  const rows = z.map((row) => evaluateRow(model, row));
  return {
    part: {
      rows: z.map((_, i) => firstRow + i),
      z: Float64Array.from(z.flat()),
      actual: Float64Array.from(rows, ({ prediction }) => prediction + stream.normal()),
      weights: null,
    },
    predicted: {
      prediction: Float64Array.from(rows, ({ prediction }) => prediction),
      sd: Float64Array.from(rows, ({ sd }) => sd),
      gates: Float64Array.from(rows.flatMap(({ gates }) => gates)),
      means: Float64Array.from(rows.flatMap(({ means }) => means)),
    },
  };
}
