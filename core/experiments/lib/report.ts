import { quantileSorted } from '../../quantile';
import type { Claim, Effort, Experiment, Line, Measured } from '../experiment';
import type { ExperimentFigure, ExperimentReport, ExperimentRow } from '../types';

/** What has been measured so far, in the order of the tasks: rows, verdicts and figures. Findings are said at the end alone. */
export function reportOf(
  experiment: Experiment,
  { seeds, quick }: Effort,
  measured: readonly Measured[],
): ExperimentReport {
  const { name, title, source, question, claims, figures } = experiment;
  return {
    name,
    title,
    source,
    question,
    quick,
    seeds,
    rows: rowsOf(measured, claims),
    figures: figures.map((figure) => figureOf(figure, measured)),
    findings: [],
  };
}

/** The same with what it shows. */
export function concluded(experiment: Experiment, report: ExperimentReport): ExperimentReport {
  return { ...report, findings: experiment.findings(report) };
}

function rowsOf(measured: readonly Measured[], claims: readonly Claim[]): ExperimentRow[] {
  const groups = grouped(
    measured.flatMap(({ observations }) => observations),
    ({ setting, method, metric }) => [setting, method, metric],
  );
  return groups.map((observations) => {
    const { setting, method, metric } = observations[0];
    const values = Float64Array.from(observations, ({ value }) => value).sort();
    const row = {
      setting,
      method,
      metric,
      median: quantileSorted(values, 0.5),
      q25: quantileSorted(values, 0.25),
      q75: quantileSorted(values, 0.75),
      mean: values.reduce((sum, value) => sum + value, 0) / values.length,
      min: values[0],
      max: values[values.length - 1],
      seeds: values.length,
    };
    const claim = claims.find((one) => one.setting === setting && one.method === method && one.metric === metric);
    return judged(row, claim);
  });
}

/** The verdict of a threshold where there is one, else of what was published. */
function judged(
  figures: Omit<ExperimentRow, 'published' | 'threshold' | 'verdict'>,
  claim: Claim | undefined,
): ExperimentRow {
  const threshold = claim?.threshold;
  const row: ExperimentRow = {
    ...figures,
    published: claim?.published ?? null,
    threshold: threshold ? `${threshold.statistic} ${threshold.operator} ${threshold.value}` : null,
    verdict: null,
  };
  if (!threshold) return { ...row, verdict: claim?.judge?.(row) ?? null };
  const reached = row[threshold.statistic];
  const isMet = threshold.operator === '>=' ? reached >= threshold.value : reached <= threshold.value;
  return { ...row, verdict: isMet ? 'met' : 'missed' };
}

function figureOf(figure: Omit<ExperimentFigure, 'series'>, measured: readonly Measured[]): ExperimentFigure {
  const lines = measured.flatMap((one) => one.lines.filter((line) => line.figure === figure.id));
  return { ...figure, series: grouped(lines, (line) => [line.series]).map(bandOf) };
}

/** The median of the lines and the quartiles around it, at every x. */
function bandOf(lines: readonly Line[]): ExperimentFigure['series'][number] {
  const points = lines[0].x.flatMap((x, at) => {
    const values = Float64Array.from(lines, ({ y }) => y[at])
      .filter(Number.isFinite)
      .sort();
    if (values.length === 0) return [];
    const [low, median, high] = [0.25, 0.5, 0.75].map((share) => quantileSorted(values, share));
    return [{ x, median, low, high }];
  });
  return { name: lines[0].series, points, seeds: lines.length };
}

/** Groups of the same key, in the order in which keys first occur. */
function grouped<T>(items: readonly T[], keyOf: (item: T) => readonly string[]): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = JSON.stringify(keyOf(item));
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}
