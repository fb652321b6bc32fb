import type { ColumnInfo, DialectChoice } from '../../core/data/types';
import type { DataChoices } from '../../core/store/work';
import { carriedOver, record, stillSplit, suggested, usualPreparation } from './column-choices';
import type { ColumnChoices, Preparation } from './column-choices';
import { splitFor, usualSplit } from './split-choice';

/** A text that stands in one column. */
export interface Code {
  readonly column: string;
  readonly token: string;
}

/** Everything that is decided about an open table and can be undone. */
export interface Decisions {
  readonly columns: ColumnChoices;
  readonly preparation: Preparation;
  /** Import decisions made by hand. */
  readonly dialect: DialectChoice;
  /** Codes that may mean no value and were left as the values they are. */
  readonly leftCodes: readonly Code[];
}

export const sameDialect = (a: DialectChoice, b: DialectChoice): boolean => {
  const known = new Set([...Object.keys(a), ...Object.keys(b)] as (keyof DialectChoice)[]);
  return [...known].every((key) => JSON.stringify(a[key]) === JSON.stringify(b[key]));
};

/** What was decided, as far as it fits the columns of the table as it is read now. */
export const fitting = (
  { columns, preparation, dialect, leftCodes }: Decisions,
  table: readonly ColumnInfo[],
): Decisions => ({
  columns: carriedOver(columns, table) ?? suggested(table),
  preparation: stillSplit(preparation, table),
  dialect,
  leftCodes,
});

/** As a project keeps them. */
export function savedDecisions({
  columns,
  preparation,
  leftCodes,
}: Omit<Decisions, 'dialect'>): Omit<DataChoices, 'seed'> {
  const { split, targetTransform, ...others } = preparation;
  const { fraction, ...how } = split;
  return {
    roles: Object.entries(columns.roles),
    types: Object.entries(columns.types),
    users: Object.entries(columns.users),
    prepare: Object.entries(columns.prepare),
    preparation: { ...others, testFraction: fraction, targetTransform, split: { ...how, test: [...how.test] } },
    ...(leftCodes.length
      ? { leftCodes: leftCodes.map(({ column, token }) => [column, token] as [string, string]) }
      : {}),
  };
}

/** As a project kept them, as far as they fit its table; what an earlier version did not know is as it was then. */
export function keptDecisions(saved: DataChoices, columns: readonly ColumnInfo[]): Decisions {
  const kept = carriedOver(
    {
      roles: record(saved.roles),
      types: record(saved.types),
      users: record(saved.users ?? []),
      prepare: record(saved.prepare ?? []),
    },
    columns,
  );
  const { testFraction, split, ...others } = saved.preparation;
  return {
    columns: kept ?? suggested(columns),
    // A project's table is kept as it was read.
    dialect: {},
    leftCodes: (saved.leftCodes ?? []).map(([column, token]) => ({ column, token })),
    preparation: {
      ...usualPreparation,
      ...others,
      split: splitFor({ ...usualSplit, ...split, fraction: testFraction }, columns),
    },
  };
}
