import type { SaveFile } from '../../../core/bridge';
import type { ExperimentReport } from '../../../core/experiments/types';
import type { ChartTable } from '../../charts/chart';
import { toCsv } from '../../charts/table-text';

/** The table of an experiment with every figure there is, as the command line prints it. */
export const reportTable = (report: ExperimentReport): ChartTable => ({
  columns: [
    'setting',
    'method',
    'metric',
    'median',
    'q25',
    'q75',
    'mean',
    'min',
    'max',
    'seeds',
    'published',
    'threshold',
    'verdict',
  ],
  rows: report.rows.map((row) => [
    row.setting,
    row.method,
    row.metric,
    row.median,
    row.q25,
    row.q75,
    row.mean,
    row.min,
    row.max,
    row.seeds,
    row.published,
    row.threshold,
    row.verdict,
  ]),
});

export type ReportFormat = 'json' | 'csv';

/** The whole report as JSON, or its table as CSV. */
export function reportFile(report: ExperimentReport, format: ReportFormat): SaveFile {
  const name = `${report.name}.${format}`;
  return format === 'json'
    ? { name, mime: 'application/json', content: `${JSON.stringify(report, null, 2)}\n` }
    : { name, mime: 'text/csv', content: toCsv(reportTable(report)) };
}
