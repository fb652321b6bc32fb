import type { PredictionTable } from '../evaluate/predictions';
import { inTurns } from '../turns';
import { csvBytesInSteps, csvText, type Cell } from './csv';
import type { ExportFormat } from './format';

/** predictions.csv: row, split, actual, prediction, sd, gate_1..gate_k, mean_1..mean_k; what is not known is empty. */
export const predictionsText = (table: PredictionTable): string => csvText(headerOf(table), records(table));

function headerOf({ k }: PredictionTable): string[] {
  const experts = Array.from({ length: k }, (_, e) => e + 1);
  return [
    'row',
    'split',
    'actual',
    'prediction',
    'sd',
    ...experts.map((e) => `gate_${e}`),
    ...experts.map((e) => `mean_${e}`),
  ];
}

function* records({ k, rows, split, actual, prediction, sd, gates, means }: PredictionTable): Generator<Cell[]> {
  for (let i = 0; i < rows.length; i++) {
    yield [
      rows[i],
      split[i],
      actual[i],
      prediction[i],
      sd[i],
      ...gates.subarray(i * k, (i + 1) * k),
      ...means.subarray(i * k, (i + 1) * k),
    ];
  }
}

export const predictionsFormat: ExportFormat = {
  id: 'predictions',
  name: 'Predictions (CSV)',
  sentence:
    'Each row with its prediction, its spread, and every expert’s probability and mean; row numbers match the file, from 0.',
  ofEveryRow: true,
  render: async ({ predictions }) => {
    const content = await inTurns(csvBytesInSteps(headerOf(predictions), records(predictions)));
    return [{ name: 'predictions.csv', mime: 'text/csv', content }];
  },
};
