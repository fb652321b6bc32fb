import { cellKind, type CellKind } from './cell-kind';
import { charactersOf, withoutUnit, type Marks, type ThousandsMark } from './number-text';
import { thousandsMarks, type Dialect, type DialectChoice } from './types';

export type GroupMark = Exclude<ThousandsMark, ''>;

/** What the cells of a sample say about the decimal mark and the mark of thousands. */
export interface MarkEvidence {
  /** Numbers only a decimal point explains: 79.98. */
  point: number;
  /** Numbers only a decimal comma explains: 0,66. */
  comma: number;
  /** 1.234 and 1,234: a decimal mark, or a thousands mark. 1 234: a number, or two. */
  doubtfulPoint: number;
  doubtfulComma: number;
  doubtfulBlank: number;
  /** Numbers only groups of thousands explain, by the mark between them: 1,234,567, 1,234.5, 1'234. */
  readonly groups: Record<GroupMark, number>;
  /** One cell of each, for the sentence. */
  pointExample: string;
  commaExample: string;
  blankExample: string;
  readonly groupExamples: Record<GroupMark, string>;
}

export const noMarks = (): MarkEvidence => ({
  point: 0,
  comma: 0,
  doubtfulPoint: 0,
  doubtfulComma: 0,
  doubtfulBlank: 0,
  groups: { '.': 0, ',': 0, ' ': 0, "'": 0 },
  pointExample: '',
  commaExample: '',
  blankExample: '',
  groupExamples: { '.': '', ',': '', ' ': '', "'": '' },
});

/** Adds one trimmed cell to the evidence. */
export function weighMarks(evidence: MarkEvidence, kind: CellKind, text: string): void {
  if (kind === 'unit') {
    const number = withoutUnit(text);
    const bare = cellKind(number);
    if (bare !== 'unit') weighMarks(evidence, bare, number);
    return;
  }
  let point = kind === 'point';
  let comma = kind === 'comma';
  if (kind === 'grouped') {
    const marks = text.replace(/[\d+-]/g, '');
    if (marks === '.') {
      if (evidence.doubtfulPoint++ === 0) evidence.pointExample ||= text;
    } else if (marks === ',') {
      if (evidence.doubtfulComma++ === 0) evidence.commaExample ||= text;
    } else if (marks === ' ') {
      if (evidence.doubtfulBlank++ === 0) evidence.blankExample = text;
    } else {
      const mark = groupMarkOf(marks[0]);
      if (evidence.groups[mark]++ === 0) evidence.groupExamples[mark] = text;
      // The last of two different marks is the decimal mark.
      const last = marks[marks.length - 1];
      point = last === '.' && mark !== '.';
      comma = last === ',' && mark !== ',';
    }
  }
  if (point) {
    if (evidence.point++ === 0) evidence.pointExample = text;
  } else if (comma) {
    if (evidence.comma++ === 0) evidence.commaExample = text;
  }
}

const groupMarkOf = (character: string): GroupMark =>
  (thousandsMarks.find((mark) => mark !== '' && charactersOf[mark].includes(character)) ?? ' ') as GroupMark;

export interface ChosenMarks extends Marks {
  /** The decimal mark could mark thousands: every cell with it is like 1,234. */
  readonly doubtful: boolean;
}

/** Cells like 1,234 or 1 234 that are needed before their mark is taken for one of thousands that no cell proves. */
const UNPROVEN = 3;

/**
 * The marks the evidence speaks for, together: neither can be the other. "1,234" alone decides nothing in a comma-separated file,
 * where it was quoted because it holds a comma; elsewhere a lone comma is taken for the decimal mark, and `doubtful` says that it
 * could mark thousands.
 */
export function chooseMarks(
  evidence: MarkEvidence,
  delimiter: Dialect['delimiter'],
  { decimal, thousands }: Pick<DialectChoice, 'decimal' | 'thousands'>,
): ChosenMarks {
  const other = thousands === '.' ? ',' : thousands === ',' ? '.' : undefined;
  const found = chooseDecimal(evidence, delimiter);
  const chosen = decimal ?? other ?? found.decimal;
  const doubtful = found.doubtful && decimal === undefined && thousands === undefined;
  return { decimal: chosen, doubtful, thousands: thousands ?? chooseThousands(evidence, chosen) };
}

function chooseDecimal(
  { point, comma, doubtfulPoint, doubtfulComma, groups }: MarkEvidence,
  delimiter: Dialect['delimiter'],
): { decimal: Dialect['decimal']; doubtful: boolean } {
  // What groups thousands is no decimal mark.
  const points = point + groups[','];
  const commas = comma + groups['.'];
  if (commas > points) return { decimal: ',', doubtful: false };
  if (points > 0) return { decimal: '.', doubtful: false };
  if (doubtfulComma > doubtfulPoint && delimiter !== ',') return { decimal: ',', doubtful: true };
  // A table has other numbers with a point than those with three digits before or behind it.
  return { decimal: '.', doubtful: doubtfulPoint > 0 };
}

function chooseThousands(evidence: MarkEvidence, decimal: Dialect['decimal']): ThousandsMark {
  const { groups, point, comma, doubtfulPoint, doubtfulComma, doubtfulBlank } = evidence;
  const possible = (Object.keys(groups) as GroupMark[]).filter((mark) => mark !== decimal);
  const most = possible.reduce((best, mark) => (groups[mark] > groups[best] ? mark : best));
  if (groups[most] > 0) return most;
  // Where the one mark is the decimal mark for sure, the other is none.
  if (decimal === '.' && point > 0 && doubtfulComma >= UNPROVEN) return ',';
  if (decimal === ',' && comma > 0 && doubtfulPoint >= UNPROVEN) return '.';
  return doubtfulBlank >= UNPROVEN ? ' ' : '';
}
