import type { ColumnInfo } from '../../core/data/types';
import type { DataChoices } from '../../core/store/work';
import { carriedOver, record, suggested, usualPreparation } from './column-choices';
import type { ColumnChoices, Preparation } from './column-choices';
import { splitFor, usualSplit } from './split-choice';

/** Everything that is decided about an open table and can be undone. */
export interface Decisions {
  readonly columns: ColumnChoices;
  readonly preparation: Preparation;
}

/** As a project keeps them. */
export function savedDecisions({ columns, preparation }: Decisions): Omit<DataChoices, 'seed'> {
  const { split, targetTransform, ...others } = preparation;
  const { fraction, ...how } = split;
  return {
    roles: Object.entries(columns.roles),
    types: Object.entries(columns.types),
    users: Object.entries(columns.users),
    prepare: Object.entries(columns.prepare),
    preparation: { ...others, testFraction: fraction, targetTransform, split: { ...how, test: [...how.test] } },
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
    preparation: {
      ...usualPreparation,
      ...others,
      split: splitFor({ ...usualSplit, ...split, fraction: testFraction }, columns),
    },
  };
}
