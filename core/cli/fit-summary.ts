import { isExactLine } from '../evaluate/exact-line';
import { labelOf, type ColumnLabels } from '../evaluate/expert-sentence';
import type { ExpertSummary, IntervalsReport, Metrics } from '../evaluate/types';
import { count, percent, plainNumber } from '../evaluate/words';
import type { Flow } from '../data/types';
import type { FitReport } from '../protocol';
import { terminationSentence } from './termination';
import { textTable } from './text-table';

export interface FitSummary {
  readonly report: FitReport;
  readonly intervals: IntervalsReport;
  readonly experts: readonly ExpertSummary[];
  readonly flow: Flow;
  readonly labels: ColumnLabels;
  readonly notes: readonly string[];
  /** Files written. */
  readonly files: readonly string[];
}

/** What `moe-lab fit` says to a person: the finding, the errors, the experts, what to mind, and what was written. */
export function fitSummary({ report, intervals, experts, flow, labels, notes, files }: FitSummary): string {
  const target = labelOf(labels, report.model.target);
  const blocks = [
    `${flowLine(report, flow)}\n${finding(report, intervals, target.unit)}\n${terminationSentence(report.termination)}\n${rateLine(report)}`,
    errorTable(report, intervals, target.unit),
    experts
      .map(
        ({ letter, sentence, equation, sigma }) => `${letter}  ${sentence}\n   ${equation}, ± ${plainNumber(sigma)}\n`,
      )
      .join(''),
    mind(report, flow, notes),
    files.length === 0 ? '' : `Wrote ${files.join(', ')}.\n`,
  ];
  return blocks.filter((block) => block !== '').join('\n');
}

function flowLine(report: FitReport, { read, used, train, test, encoded }: Flow): string {
  const held = test === 0 ? 'none held out' : `${count(test, 'row')} held out`;
  const columns = `${count(encoded.length, 'encoded column')}`;
  return `${report.model.data.file}: ${count(read, 'row')} read, ${count(used, 'row')} used; ${count(train, 'row')} to train on, ${held}; ${columns}.`;
}

/** How fast EM converges here; where that is a warning it is told with the warnings. */
function rateLine({ checks }: FitReport): string {
  const rate = checks.find(({ id }) => id === 'convergence-rate');
  return rate?.light === 'green' ? `${rate.sentence}\n` : '';
}

const numerals = ['', 'One expert', 'Two experts', 'Three experts', 'Four experts', 'Five experts', 'Six experts'];

/** The finding, honest where the straight line is as good: its error inside the model's interval is no difference. */
export function finding(
  { model, metrics }: Pick<FitReport, 'model' | 'metrics'>,
  intervals: IntervalsReport,
  unit: string | null,
): string {
  const k = model.experts.length;
  const part = metrics.test === null ? 'train' : 'test';
  const own = metrics[part] ?? metrics.train;
  const line = metrics.baselines.ols[part] ?? metrics.baselines.ols.train;
  const { low, high } = (intervals.model[part] ?? intervals.model.train).rmse;
  const against = isExactLine(metrics) ? 'where a straight line is exact' : comparison(own.rmse, line.rmse, low, high);
  const error = `${part === 'test' ? 'held-out' : 'training'} RMSE ${plainNumber(own.rmse)}${unit === null ? '' : ` ${unit}`} (95% ${plainNumber(low)} to ${plainNumber(high)})`;
  return `${numerals[k] ?? `${k} experts`} (${model.method.id}): ${error}, ${against}.`;
}

function comparison(own: number, line: number, low: number, high: number): string {
  const change = 1 - own / line;
  if (Math.abs(change) < 0.005) return 'the same as a straight line';
  const size = `${percent(Math.abs(change))} ${change > 0 ? 'lower' : 'higher'} than a straight line`;
  return line >= low && line <= high ? `${size}, which is within the interval: no clear difference` : size;
}

function errorTable({ metrics }: FitReport, intervals: IntervalsReport, unit: string | null): string {
  type Both = { train: Metrics; test: Metrics | null };
  const rows = (name: string, measured: Both, interval: IntervalsReport['model']) =>
    (['test', 'train'] as const).flatMap((part) => {
      const own = measured[part];
      const range = interval[part]?.rmse;
      if (own === null || range === undefined) return [];
      const where = metrics.test === null ? '' : part === 'test' ? ', held out' : ', training';
      const numbers = [own.rmse, own.mae].map((value) => plainNumber(value));
      return [
        [
          `${name}${where}`,
          numbers[0],
          `${plainNumber(range.low)} to ${plainNumber(range.high)}`,
          numbers[1],
          own.r2.toFixed(3),
          own.logLikelihood.toFixed(3),
        ],
      ];
    });
  const in_ = unit === null ? '' : `, ${unit}`;
  return textTable([
    ['', `RMSE${in_}`, '95%', `MAE${in_}`, 'R²', 'log score'],
    ...rows('model', metrics, intervals.model),
    ...rows('straight line', metrics.baselines.ols, intervals.ols),
    ...rows('mean only', metrics.baselines.mean, intervals.mean),
  ]);
}

/** Warnings of the data, notes of the fit, and the checks that are not green. */
function mind({ checks }: FitReport, flow: Flow, notes: readonly string[]): string {
  const lights = checks.filter(({ light }) => light !== 'green').map(({ light, sentence }) => `${light}: ${sentence}`);
  return [...new Set([...flow.warnings, ...notes, ...lights])].map((sentence) => `- ${sentence}\n`).join('');
}
