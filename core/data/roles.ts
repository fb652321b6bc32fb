import type { ColumnInfo, ColumnType } from './types';

/** A column before it has a role. */
export type Described = Omit<ColumnInfo, 'notes' | 'suggestedRole'> & {
  readonly notes: readonly string[];
  /** Names or numbers the rows and says nothing about them. */
  readonly identifier: boolean;
};

/** Names that say "this is what is to be predicted". Not "Y": it is as often a coordinate. */
const targetName = /^(y|target|response|outcome|output|label)$|\bstrength\b|^(quality|price)$/;

const usable = ({ type, distinct, identifier, missing }: Described, rows: number) =>
  (type === 'number' || type === 'category' || type === 'boolean') && !identifier && distinct > 1 && missing < rows;

/** Names of numbers that only tell rows apart: "id", "Patient No.", "GameID"; not "acid". */
const identifierName = /(^|[^\p{L}])(id|idx|index|no|nr|key)\.?$/iu;
const camelIdentifier = /\p{Ll}I[Dd]$/u;

/** What tells whether a column only names or numbers the rows. */
export interface Identity {
  readonly name: string;
  readonly type: ColumnType;
  readonly distinct: number;
  /** Cells with a value. */
  readonly filled: number;
  /** Whole numbers only, each one more than the one before, and the smallest of them. */
  readonly integer: boolean;
  readonly counting: boolean;
  readonly first: number | null;
}

/** True for texts that never repeat and for whole numbers that never repeat and count up from 0 or 1, or are called an id. */
export function isIdentifier({ name, type, distinct, filled, integer, counting, first }: Identity): boolean {
  if (filled < 5 || distinct < filled) return false;
  if (type === 'text' || type === 'category') return true;
  if (type !== 'number' || !integer) return false;
  return (counting && (first === 0 || first === 1)) || identifierName.test(name) || camelIdentifier.test(name);
}

/** Fewer values than these are more often a code or a count than what is to be predicted. */
const VALUES_OF_A_TARGET = 10;

/**
 * One target (the last column of numbers that is not a code, unless a name says otherwise), features, and what is better left out.
 */
export function suggestRoles(columns: readonly Described[], rows: number): ColumnInfo['suggestedRole'][] {
  const numeric = columns.filter((column) => column.type === 'number' && usable(column, rows));
  const target =
    numeric.findLast(({ label, name }) => targetName.test(label.toLowerCase()) && name !== 'Y') ??
    numeric.findLast(({ distinct }) => distinct >= VALUES_OF_A_TARGET) ??
    numeric.at(-1);
  return columns.map((column) => (column === target ? 'target' : usable(column, rows) ? 'feature' : 'ignore'));
}

/** The columns a fit uses when none are named: every one that was not better left out. */
export const defaultFeatures = (columns: readonly ColumnInfo[], target: string): string[] =>
  columns.filter(({ name, suggestedRole }) => name !== target && suggestedRole !== 'ignore').map(({ name }) => name);
