import type { PredictingModel } from '../../model/model-file';
import type { Part, Predicted } from '../part';
import { ROWS, stepFor } from './correlation';

/** A fitted mixture on its training rows, original units: what the checks after a fit look at. */
export interface FittedMixture {
  readonly part: Part;
  readonly predicted: Predicted;
  readonly model: Pick<PredictingModel, 'activation' | 'output' | 'columns' | 'experts' | 'gates'>;
  /** k names of the experts, in the model's order. */
  readonly letters: readonly string[];
  /** Numbers in one expert's line. */
  readonly lineSize: number;
}

/** Σ over the rows of the gate's probabilities: how many rows each expert holds. */
export function rowsHeld({ part, predicted, letters }: FittedMixture): Float64Array {
  const k = letters.length;
  const rows = new Float64Array(k);
  for (let i = 0; i < part.actual.length; i++) {
    const w = part.weights === null ? 1 : part.weights[i];
    for (let e = 0; e < k; e++) rows[e] += w * predicted.gates[i * k + e];
  }
  return rows;
}

/** The same, counting only rows on which the expert's slopes can be seen: where a ReLU is flat, its line fits anything. */
export function rowsSloped({ part, predicted, model, letters }: FittedMixture): Float64Array {
  const k = letters.length;
  const rows = new Float64Array(k);
  const flat = model.activation === 'relu' ? model.output.offset : Number.NaN;
  for (let i = 0; i < part.actual.length; i++) {
    const w = part.weights === null ? 1 : part.weights[i];
    for (let e = 0; e < k; e++) if (predicted.means[i * k + e] !== flat) rows[e] += w * predicted.gates[i * k + e];
  }
  return rows;
}

/** Rows to take a median over: every s-th of more than 20,000, those of weight 0 left out. */
export function sampledRows({ part }: FittedMixture): Uint32Array {
  const n = part.actual.length;
  const step = stepFor(n, ROWS);
  return Uint32Array.from({ length: Math.ceil(n / step) }, (_, i) => i * step).filter(
    (i) => part.weights === null || part.weights[i] > 0,
  );
}

/** "A", "A and B", "A, B and C". */
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
