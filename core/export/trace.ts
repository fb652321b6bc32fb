import { csvText, type Cell } from './csv';
import type { Curve, ExportFormat } from './format';

const HEADER = [
  'start',
  'stage',
  'iteration',
  'seconds',
  'log_likelihood',
  'objective',
  'parameter_change',
  'train_rmse',
  'test_rmse',
  'kl',
];

/** trace.csv: the convergence of every start; starts count from 1, figures a stage does not have are empty. */
export function traceText(curves: readonly Curve[]): string {
  const records = curves.flatMap(({ start, points }) =>
    points.map((p): Cell[] => [
      start + 1,
      p.stage,
      p.iteration,
      p.seconds,
      p.logLikelihood,
      p.objective,
      p.parameterChange,
      p.trainRmse,
      p.testRmse,
      p.kl,
    ]),
  );
  return csvText(HEADER, records);
}

export const traceFormat: ExportFormat = {
  id: 'trace',
  name: 'Convergence (CSV)',
  sentence:
    'Log-likelihood, errors and parameter change along the iterations of every start, at most 1,000 of each; for a convergence chart of your own.',
  render: async ({ curves }) => [{ name: 'trace.csv', mime: 'text/csv', content: traceText(curves) }],
};
