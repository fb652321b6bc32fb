import type { ModelFile } from '../model/model-file';
import { TELLING_SHIFT, type TellingLevel } from './ranges';
import type { ExpertSummary } from './types';
import { percent, plainNumber } from './words';

/** How a column is called in a sentence. */
export interface ColumnLabel {
  readonly label: string;
  readonly unit: string | null;
}
export type ColumnLabels = ReadonlyMap<string, ColumnLabel>;

export const labelOf = (labels: ColumnLabels, column: string): ColumnLabel =>
  labels.get(column) ?? { label: column, unit: null };

/** "43% of rows. Mostly Age 3 to 28 day. One day of Age adds 0.73 MPa." */
export function expertSentence(
  summary: Pick<ExpertSummary, 'share' | 'constant' | 'terms' | 'ranges'>,
  level: TellingLevel | null,
  only: boolean,
  target: string,
  features: ModelFile['features'],
  labels: ColumnLabels,
): string {
  const share = only ? 'All rows.' : `${capital(percent(summary.share))} of rows.`;
  const where = only ? '' : ` ${whereSentence(summary, level, labels)}`;
  return `${share}${where} ${effectSentence(summary, target, features, labels)}`;
}

function whereSentence(
  summary: Pick<ExpertSummary, 'ranges'>,
  level: TellingLevel | null,
  labels: ColumnLabels,
): string {
  if (level !== null) return `Mostly ${labelOf(labels, level.column).label} ${level.level} (${percent(level.share)}).`;
  const [range] = summary.ranges;
  if (range === undefined) return 'The likeliest expert of no row.';
  if (Math.abs(range.shift) < TELLING_SHIFT) return 'Spread over the whole table.';
  const { label, unit } = labelOf(labels, range.column);
  const [low, high] = [plainNumber(range.q25), plainNumber(range.q75)];
  return `Mostly ${label} ${low === high ? low : `${low} to ${high}`}${withUnit(unit)}.`;
}

/** What the column with the largest effect of one standard deviation does. */
function effectSentence(
  summary: Pick<ExpertSummary, 'constant' | 'terms'>,
  target: string,
  features: ModelFile['features'],
  labels: ColumnLabels,
): string {
  const goal = labelOf(labels, target);
  const term = [...summary.terms].sort((a, b) => Math.abs(b.perSd) - Math.abs(a.perSd))[0];
  if (term === undefined || term.perSd === 0) {
    return `It says ${plainNumber(summary.constant)}${withUnit(goal.unit)} everywhere.`;
  }
  const { label, unit } = labelOf(labels, term.column);
  if (term.level !== null) {
    const feature = features.find((entry) => entry.column === term.column);
    const instead = feature?.kind === 'categorical' ? ` instead of ${feature.reference}` : '';
    return `${label} ${term.level}${instead} ${change(term.slope, goal)}.`;
  }
  const sd = Math.abs(term.perSd / term.slope);
  // One unit is not a step anybody takes where the column spreads over a small part of it, or over thousands.
  if (sd < 0.2 || sd > 2000) {
    return `A rise of ${plainNumber(sd, 2)}${withUnit(unit)} in ${label} (one standard deviation) ${change(term.perSd, goal)}.`;
  }
  return `One ${unit === null || /\s/.test(unit) ? 'unit' : unit} of ${label} ${change(term.slope, goal)}.`;
}

/** "adds 0.73 MPa", "takes 0.73 MPa away"; without a unit the target is named instead. */
function change(by: number, goal: ColumnLabel): string {
  const size = `${plainNumber(Math.abs(by), 2)}${withUnit(goal.unit)}`;
  if (by > 0) return goal.unit === null ? `adds ${size} to ${goal.label}` : `adds ${size}`;
  return goal.unit === null ? `takes ${size} from ${goal.label}` : `takes ${size} away`;
}

const withUnit = (unit: string | null) => (unit === null ? '' : ` ${unit}`);
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
