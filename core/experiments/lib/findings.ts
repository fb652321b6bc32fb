import type { ExperimentReport, ExperimentRow } from '../types';

/** The row of the table, or undefined where it was not measured (a quick run leaves settings out). */
export const rowOf = (
  { rows }: Pick<ExperimentReport, 'rows'>,
  setting: string,
  method: string,
  metric: string,
): ExperimentRow | undefined =>
  rows.find((row) => row.setting === setting && row.method === method && row.metric === metric);

/** A number for a sentence: three decimals, or as many digits where it is small. */
export const figure = (value: number): string =>
  (Math.abs(value) >= 0.01 || value === 0 ? value.toFixed(3) : value.toPrecision(2)).replace(/^-/, '−');

/** A rate as whole per cent. */
export const percent = (share: number): string => `${Math.round(100 * share)}%`;

/** Median and quartiles: "0.985 [0.981, 0.991]". */
export const spread = ({ median, q25, q75 }: Pick<ExperimentRow, 'median' | 'q25' | 'q75'>): string =>
  `${figure(median)} [${figure(q25)}, ${figure(q75)}]`;

/** One sentence on the thresholds that were asked: how many were met, and the rows that missed. */
export function thresholdFindings({ rows }: Pick<ExperimentReport, 'rows'>): string[] {
  const asked = rows.filter(({ threshold }) => threshold !== null);
  if (asked.length === 0) return [];
  const missed = asked.filter(({ verdict }) => verdict === 'missed');
  if (missed.length === 0)
    return [asked.length === 1 ? 'The one threshold asked is met.' : `All ${asked.length} thresholds asked are met.`];
  const list = missed.map(
    (row) => `${row.setting}, ${row.method}, ${row.metric} (${measuredWords(row)}, asked ${row.threshold})`,
  );
  const are = missed.length === 1 ? 'is' : 'are';
  return [`${missed.length} of ${asked.length} thresholds ${are} missed: ${list.join('; ')}.`];
}

/** The statistic that missed, with digits enough that it does not read as what was asked. */
function measuredWords(row: ExperimentRow): string {
  const [statistic, , asked] = (row.threshold ?? '').split(' ') as ['median' | 'mean', string, string];
  const measured = row[statistic];
  if (figure(measured) === figure(Number(asked))) return `${statistic} ${measured.toPrecision(6)}`;
  return statistic === 'median' ? spread(row) : `${statistic} ${figure(measured)}`;
}
