import type { PredictionTable } from '../evaluate/predictions';
import { finish, inTurns, type Steps } from '../turns';
import { csvInSteps, type Cell } from './csv';
import type { ExportFormat } from './format';

/** predictions.csv: row, split, actual, prediction, sd, gate_1..gate_k, mean_1..mean_k; what is not known is empty. */
export const predictionsText = (table: PredictionTable): string => finish(predictionsInSteps(table));

function predictionsInSteps(table: PredictionTable): Steps<string> {
  const experts = Array.from({ length: table.k }, (_, e) => e + 1);
  const header = [
    'row',
    'split',
    'actual',
    'prediction',
    'sd',
    ...experts.map((e) => `gate_${e}`),
    ...experts.map((e) => `mean_${e}`),
  ];
  return csvInSteps(header, records(table));
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
  render: async ({ predictions }) => [
    { name: 'predictions.csv', mime: 'text/csv', text: await inTurns(predictionsInSteps(predictions)) },
  ],
};
