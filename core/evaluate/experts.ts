import { setImmediate as breathe } from 'node:timers/promises';
import type { EncodedColumn } from '../data/encode';
import type { ModelFile, PredictingModel } from '../model/model-file';
import { forward, transformedName } from '../model/transform';
import { inTurns } from '../turns';
import { averageLine } from './average-line';
import { equationText } from './equation';
import { entryLabel, expertSentence, labelOf, type ColumnLabels } from './expert-sentence';
import { scoreLine, type Line } from './lines';
import { knownColumns } from './level-support';
import { weightedMean } from './metrics';
import { likeliest, type EvaluatedPart, type Part, type Predicted } from './part';
import { expertRanges, tellingLevels } from './ranges';
import type { ExpertSummary } from './types';

/** An equation's text may differ from its expert by this share of the target's standard deviation. */
const EQUATION_TOLERANCE = 1e-4;

/**
 * What each expert is and where it applies, in the model's order, which is by share of all training rows, largest first. Letters are
 * places in that order, whatever the shares in `train` are, which may be a sample. Lets others run between columns.
 */
export async function summariseExperts(
  model: PredictingModel & Pick<ModelFile, 'target' | 'features'>,
  train: EvaluatedPart,
  test: EvaluatedPart | null,
  encoded: readonly EncodedColumn[],
  labels: ColumnLabels,
): Promise<ExpertSummary[]> {
  const k = model.experts.length;
  const { part, predicted } = train;
  const shares = Array.from({ length: k }, (_, e) => weightedMean(column(predicted.gates, k, e), part.weights));
  const extents: { readonly deviation: number; readonly largest: number }[] = [];
  for (let j = 0; j < encoded.length; j++) {
    await breathe();
    const values = column(part.z, encoded.length, j);
    extents.push({
      deviation: standardDeviation(values, part.weights),
      largest: values.reduce((m, v) => Math.max(m, Math.abs(v)), 0),
    });
  }
  const largest = extents.map((extent) => extent.largest);
  const { targetTransform: transform } = model;
  const fitted = transform ? part.actual.map((y) => forward(transform, y)) : part.actual;
  const tolerance = EQUATION_TOLERANCE * standardDeviation(fitted, part.weights);
  const target = labelOf(labels, model.target);
  // The lines are of the target as it was fitted: its transform has no unit that a reader would know.
  const goal = transform ? { label: transformedName(transform.kind, target.label), unit: null } : target;
  const ranges = await expertRanges(part, predicted, k, encoded);
  await breathe();
  const levels = await inTurns(tellingLevels(part, predicted, k, encoded, references(model.features)));
  const names = encoded.map((entry) => entryLabel(entry, labels).label);
  const regions = { train: regionErrors(part, predicted, k), test: test && regionErrors(test.part, test.predicted, k) };
  await breathe();
  const known = await inTurns(knownColumns(part, predicted, k, encoded));
  const linear = model.activation === 'linear';
  const lines: Line[] = [];
  for (let e = 0; e < k; e++) lines.push(await inTurns(averageLine(model, e, part, predicted.gates, encoded)));

  return model.experts.map((expert, e) => {
    const line = lines[e];
    const terms = encoded.map(({ name, column: of, level }, j) => ({
      name,
      column: of,
      level,
      slope: line.slopes[j],
      perSd: line.slopes[j] * extents[j].deviation,
    }));
    const rows = { train: regions.train[e].rows, test: regions.test?.[e].rows ?? 0 };
    const summary = { share: shares[e], rows, constant: line.constant, terms };
    const inside = linear ? line : scoreLine(model, e);
    return {
      ...summary,
      letter: String.fromCharCode(65 + e),
      ranges: ranges[e].map(({ range }) => range),
      rmse: { train: regions.train[e].rmse, test: regions.test?.[e].rmse ?? null },
      sigma: expert.sigma,
      sentence: expertSentence(
        { ...summary, linear, known: known[e] },
        ranges[e],
        levels[e],
        k === 1 ? 'alone' : hasConstantGate(model) ? 'proportion' : 'region',
        goal,
        model.features,
        encoded.map((entry) => entryLabel(entry, labels)),
        labels,
      ),
      equation: equationText(goal.label, names, inside, largest, tolerance, model),
    };
  });
}

/** Whether the gate says the same of every row. */
const hasConstantGate = ({ gates }: Pick<PredictingModel, 'gates'>): boolean =>
  gates.every(({ weights }) => weights.every((weight) => weight === 0));

/** Rows whose likeliest expert it is, and the mixture's error on them (null where there are none). */
function regionErrors(part: Part, predicted: Predicted, k: number): { rows: number; rmse: number | null }[] {
  const rows = new Float64Array(k);
  const squares = new Float64Array(k);
  for (let i = 0; i < part.actual.length; i++) {
    const e = likeliest(predicted.gates, k, i);
    const w = part.weights === null ? 1 : part.weights[i];
    rows[e] += w;
    squares[e] += w * (part.actual[i] - predicted.prediction[i]) ** 2;
  }
  return Array.from(rows, (n, e) => ({ rows: n, rmse: n === 0 ? null : Math.sqrt(squares[e] / n) }));
}

function references(features: ModelFile['features']): Map<string, string> {
  return new Map(features.flatMap((f) => (f.kind === 'categorical' ? [[f.column, f.reference] as const] : [])));
}

/** Column j of an n × width row-major array. */
function column(values: Float64Array, width: number, j: number): Float64Array {
  const result = new Float64Array(values.length / width);
  for (let i = 0; i < result.length; i++) result[i] = values[i * width + j];
  return result;
}

/** sqrt(Σ w (v − v̄)² / (Σ w − 1)). */
function standardDeviation(values: Float64Array, weights: Float64Array | null): number {
  const mean = weightedMean(values, weights);
  let squares = 0;
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    const w = weights === null ? 1 : weights[i];
    total += w;
    squares += w * (values[i] - mean) ** 2;
  }
  return total > 1 ? Math.sqrt(squares / (total - 1)) : 0;
}
