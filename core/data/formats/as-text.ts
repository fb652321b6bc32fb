import type { Decision, DialectChoice, TableInfo } from '../types';

/** A text table that was made of a file of another kind, for the path every text table takes. */
export interface AsText {
  /** The text file, in the table's own folder; not the user's. */
  readonly path: string;
  /** What is no question for this kind of file, and what was chosen by hand. */
  readonly choice: DialectChoice;
  /** Decisions the format itself asks for, and those that are none for it. */
  readonly decisions: readonly Decision[];
  readonly settled: readonly Decision['id'][];
  /** The sheet, where the file has sheets. */
  readonly sheet?: string;
  readonly warnings: readonly string[];
  /** Rows the text does not hold; their lines are rows of the file as its own program counts them. */
  readonly rejected: TableInfo['rejected'];
}
