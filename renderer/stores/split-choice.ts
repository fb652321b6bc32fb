import type { ColumnInfo, Split } from '../../core/data/types';

/** Kinds a form offers; rows named one by one come from the command line alone. */
export type SplitKind = Exclude<Split['kind'], 'rows'>;

/** Which rows are held out, as the form keeps it. What another kind would need is kept beside what this one does. */
export interface SplitChoice {
  readonly kind: SplitKind;
  /** Share of the used rows, 0 to 0.9: at random, of whole groups, or the last ones. */
  readonly fraction: number;
  /** The column of the groups, of the order (null: of the file) or of the user's own split. */
  readonly column: string | null;
  /** Values of the own split's column that are held out, as texts. */
  readonly test: readonly string[];
  readonly folds: number;
  /** Which fold and which repetition, from 0. */
  readonly fold: number;
  readonly repeat: number;
}

export const usualSplit: SplitChoice = {
  kind: 'fraction',
  fraction: 0.2,
  column: null,
  test: [],
  folds: 5,
  fold: 0,
  repeat: 0,
};

/** The split of the recipe. */
export function splitOf(choice: SplitChoice, seed: number): Split {
  const { kind, fraction, column, test, folds, fold, repeat } = choice;
  if (kind === 'ordered') return { kind, column, fraction };
  if (kind === 'fold') return { kind, folds, fold: Math.min(fold, folds - 1), repeat, seed, groups: column };
  if (kind === 'grouped' && column !== null) return { kind, column, fraction, seed };
  if (kind === 'column' && column !== null) return { kind, column, test: [...test] };
  return { kind: 'fraction', fraction, seed };
}

/** Whether chance decides: only then does the seed matter to the split. */
export const isRandom = ({ kind }: SplitChoice): boolean => kind !== 'ordered' && kind !== 'column';

/** Whether a column says which rows are held out: what is predicted never does. */
export const guidesRows = ({ kind, column }: SplitChoice, name: string): boolean =>
  kind !== 'fraction' && column === name;

/** A kind with a column to begin with, so that every choice can be carried out: the likeliest column the table has. */
export function splitBy(
  kind: SplitKind,
  choice: SplitChoice,
  columns: readonly ColumnInfo[],
  target: string | null,
): SplitChoice {
  const others = columns.filter(({ name }) => name !== target);
  const named = (pattern: RegExp): ColumnInfo | undefined => others.find(({ name }) => pattern.test(name));
  if (kind === 'ordered') return { ...choice, kind, column: others.find(({ type }) => type === 'date')?.name ?? null };
  if (kind === 'grouped') {
    const groups = named(/group|batch|subject|patient|site|family|cluster/i) ?? others.find(repeats) ?? others.at(0);
    return groups ? { ...choice, kind, column: groups.name } : choice;
  }
  if (kind === 'column') {
    const own =
      named(/split|fold|test|train|valid|hold.?out|part(ition)?$/i) ?? others.find(({ distinct }) => distinct === 2);
    const column = own ?? [...others].sort((a, b) => a.distinct - b.distinct).at(0);
    return column ? { ...choice, kind, column: column.name, test: likelyTest(column) } : choice;
  }
  return { ...choice, kind, column: null };
}

/** Texts or a few whole numbers, each in several rows. */
const repeats = ({ type, distinct, cells, summary }: ColumnInfo): boolean =>
  distinct > 2 &&
  distinct <= (cells.numbers + cells.texts) / 2 &&
  (type === 'category' || type === 'text' || (summary?.integer ?? false));

/** The values an own split is likely to name, where the column says what they are: levels, or whole numbers without a gap. */
function splitValues({ levels, summary, distinct }: ColumnInfo): string[] | null {
  if (levels) return levels.map(({ value }) => value);
  if (!summary?.integer || distinct > 50 || summary.max - summary.min + 1 !== distinct) return null;
  return Array.from({ length: distinct }, (_, i) => String(summary.min + i));
}

const byText = new Intl.Collator('en', { numeric: true }).compare;

/** Numbers by their size, and of texts the tenth part after the ninth. */
export function inReadingOrder(values: readonly string[]): string[] {
  const numbers = values.every((value) => value.trim() !== '' && !Number.isNaN(Number(value)));
  return [...values].sort(numbers ? (a, b) => Number(a) - Number(b) : byText);
}

/** What an own split holds out until told otherwise: values that say so, else 1 of 0 and 1, else the last. */
export function likelyTest(column: ColumnInfo): string[] {
  const values = splitValues(column) ?? [];
  const said = values.filter((value) => /test|valid|hold|out|eval/i.test(value));
  if (said.length > 0 && said.length < values.length) return said;
  return values.length > 1 ? inReadingOrder(values).slice(-1) : [];
}

/** The same choice for another table: without a column that it does not have. */
export function splitFor(choice: SplitChoice, columns: readonly ColumnInfo[]): SplitChoice {
  const known = choice.column === null || columns.some(({ name }) => name === choice.column);
  if (known) return choice;
  const { fraction, folds, fold, repeat } = choice;
  return { ...usualSplit, fraction, folds, fold, repeat, kind: choice.kind === 'fold' ? 'fold' : 'fraction' };
}
