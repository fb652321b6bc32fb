import type { EncodedColumn } from '../data/encode';
import type { ModelFile } from '../model/model-file';
import type { ExpertRange, TellingLevel } from './ranges';
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

/** How an entry of z is called: its column's label in place of the column's name, and the unit where it is still the column's. */
export function entryLabel(
  { name, column, level }: Pick<EncodedColumn, 'name' | 'column' | 'level'>,
  labels: ColumnLabels,
): ColumnLabel {
  const { label, unit } = labelOf(labels, column);
  if (name === column) return { label, unit };
  const at = name.indexOf(column);
  const called = at < 0 ? name : name.slice(0, at) + label + name.slice(at + column.length);
  return { label: called, unit: level === null ? null : unit };
}

/** What of an expert its effects are told from. A linear one has the same effect everywhere, any other on average. */
type Effects = Pick<ExpertSummary, 'constant' | 'terms'> & {
  readonly linear: boolean;
  /** Which terms rest on rows enough to be told: see level-support. */
  readonly known: readonly boolean[];
};

/** Where an expert speaks: alone, in one proportion everywhere (a constant gate), or in some region more than in others. */
export type Place = 'alone' | 'proportion' | 'region';

/** "43% of rows. Mostly where Age is 3 to 28 days. One day of Age adds 0.73 MPa." */
export function expertSentence(
  summary: Pick<ExpertSummary, 'share' | 'rows' | 'constant' | 'terms'> & Effects,
  ranges: readonly ExpertRange[],
  level: TellingLevel | null,
  place: Place,
  goal: ColumnLabel,
  features: ModelFile['features'],
  entries: readonly ColumnLabel[],
  labels: ColumnLabels,
): string {
  const share =
    place === 'alone'
      ? 'All rows.'
      : `${capital(percent(summary.share))} of rows${place === 'proportion' ? ', in the same proportion everywhere' : ''}.`;
  const nowhere = summary.rows.train === 0;
  const where =
    place !== 'region' ? '' : nowhere ? 'The likeliest expert of no row.' : whereSentence(ranges, level, labels);
  return [share, where, effectSentence(summary, goal, features, entries, labels)]
    .filter((part) => part !== '')
    .join(' ');
}

/** A range tells where an expert applies when it holds this much more of its rows than of the others. */
const TELLING = 0.25;

/** A value of a column as a file would write it: a year is not rounded and has no comma. */
const reading = (value: number): string =>
  Number.isInteger(value) && Math.abs(value) < 10_000 ? plainNumber(value, 4).replace(',', '') : plainNumber(value);

function whereSentence(ranges: readonly ExpertRange[], level: TellingLevel | null, labels: ColumnLabels): string {
  if (level !== null)
    return `Mostly where ${labelOf(labels, level.column).label} is ${level.level} (${percent(level.share)}).`;
  if (ranges.length === 0) return '';
  const [{ range, telling }] = ranges;
  if (telling < TELLING) return 'Spread over the whole table.';
  const { label, unit } = labelOf(labels, range.column);
  const [low, high] = [reading(range.q25), reading(range.q75)];
  return `Mostly where ${label} is ${low === high ? low : `${low} to ${high}`}${withUnit(many(unit, high))}.`;
}

/** What the column with the largest effect of one standard deviation does, of those that may be told. */
function effectSentence(
  summary: Effects,
  goal: ColumnLabel,
  features: ModelFile['features'],
  entries: readonly ColumnLabel[],
  labels: ColumnLabels,
): string {
  const [term] = summary.terms.filter((_, j) => summary.known[j]).sort((a, b) => Math.abs(b.perSd) - Math.abs(a.perSd));
  if (summary.terms.every(({ perSd }) => perSd === 0)) {
    return `It says ${plainNumber(summary.constant)}${withUnit(goal.unit)} everywhere.`;
  }
  if (term === undefined || term.perSd === 0) return '';
  const average = summary.linear ? '' : 'On average over its rows, ';
  const { label, unit } = term.level === null ? entries[summary.terms.indexOf(term)] : labelOf(labels, term.column);
  if (term.level !== null) {
    const feature = features.find((entry) => entry.column === term.column);
    const instead = feature?.kind === 'categorical' ? ` instead of ${feature.reference}` : '';
    return `${average}${label} ${term.level}${instead} ${change(term.slope, goal)}.`;
  }
  const step = naturalStep(Math.abs(term.perSd / term.slope));
  // A whole step along a response that bends is not quite that many slopes.
  const effect = change(step * term.slope, goal, summary.linear ? '' : 'about ');
  const rise =
    step === 1
      ? `one ${unit === null || /\s/.test(unit) ? 'unit' : unit} of ${label}`
      : `a rise of ${plainNumber(step)}${withUnit(many(unit, plainNumber(step)))} in ${label}`;
  return `${average === '' ? capital(rise) : average + rise} ${effect}.`;
}

/** One unit where a standard deviation is some units; else the power of ten just below it, a step the data do take. */
function naturalStep(sd: number): number {
  return sd >= 0.5 && sd < 100 ? 1 : Number(`1e${Math.floor(Math.log10(sd))}`);
}

/** "adds 0.73 MPa", "takes 0.73 MPa away"; without a unit the target is named instead. */
function change(by: number, goal: ColumnLabel, about = ''): string {
  const size = `${about}${plainNumber(Math.abs(by), 2)}${withUnit(goal.unit)}`;
  if (by > 0) return goal.unit === null ? `adds ${size} to ${goal.label}` : `adds ${size}`;
  return goal.unit === null ? `takes ${size} from ${goal.label}` : `takes ${size} away`;
}

/** A unit after a number: "28 days". Words of time have a plural, abbreviations have none, and other words cannot be known. */
const many = (unit: string | null, number: string): string | null =>
  unit !== null && number !== '1' && /^(second|minute|hour|day|week|month|year)$/i.test(unit) ? `${unit}s` : unit;

const withUnit = (unit: string | null) => (unit === null ? '' : ` ${unit}`);
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
