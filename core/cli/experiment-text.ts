import { count } from '../evaluate/words';
import type { ExperimentReport, ExperimentRow } from '../experiments/types';
import { textTable } from './text-table';

/** The report of an experiment for a terminal: what it asks, the table, and what it shows. */
export function experimentText({ title, source, question, quick, seeds, rows, findings }: ExperimentReport): string {
  const head = [title, `  ${question}`, `  ${source}. ${count(seeds, 'seed')}${quick ? ', quick run' : ''}.`, ''];
  const body =
    rows.length === 0 ? 'Nothing was measured.\n' : textTable([header, ...rows.map(cells)], [0, 1, 2, 7, 8, 9]);
  const tail = findings.length === 0 ? '' : `\n${findings.map((sentence) => `${sentence}\n`).join('')}`;
  return `${head.join('\n')}\n${body}${tail}`;
}

const header = [
  'setting',
  'method',
  'metric',
  'median',
  'quartiles',
  'mean',
  'seeds',
  'published',
  'threshold',
  'verdict',
];

const cells = (row: ExperimentRow): string[] => [
  row.setting,
  row.method,
  row.metric,
  short(row.median),
  `[${short(row.q25)}, ${short(row.q75)}]`,
  short(row.mean),
  String(row.seeds),
  row.published ?? '',
  row.threshold ?? '',
  row.verdict ?? '',
];

/** Four significant digits; what is near 1 keeps the digits that tell it from 1. */
function short(value: number): string {
  const size = Math.abs(value);
  if (size > 0.9 && size < 1) return value.toFixed(4);
  if (size !== 0 && (size < 1e-4 || size >= 1e6)) return value.toExponential(2);
  return String(Number(value.toPrecision(4)));
}
