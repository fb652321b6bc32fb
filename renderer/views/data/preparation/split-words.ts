import type { SplitKind } from '../../../stores/split-choice';

/** The ways of holding rows out, and when each is the right one. */
export const splitKinds: readonly { value: SplitKind; label: string; detail: string }[] = [
  {
    value: 'fraction',
    label: 'At random',
    detail: 'Rows are drawn by the seed: right when they do not depend on each other',
  },
  {
    value: 'grouped',
    label: 'Whole groups',
    detail: 'Rows with the same value of a column stay together: repeated measurements of one thing',
  },
  {
    value: 'ordered',
    label: 'The last rows',
    detail: 'In the order of the file or of a column: rows that follow each other in time',
  },
  { value: 'column', label: 'By a column', detail: 'A column of the file says which rows' },
  {
    value: 'fold',
    label: 'One of several folds',
    detail: 'Each fold can be held out in turn; every method sees the same folds',
  },
];

/** What the column of a split is to the split. */
export const splitColumnNames: Readonly<Record<SplitKind, string>> = {
  fraction: '',
  grouped: 'Groups of',
  ordered: 'Order of',
  column: 'Column',
  fold: 'Groups of',
};

/** The same among the words of a column. */
export const splitGuideNames: Readonly<Record<SplitKind, string>> = {
  fraction: '',
  grouped: 'groups of the split',
  ordered: 'order of the split',
  column: 'column of the split',
  fold: 'groups of the split',
};

/** What that column decides, said where the column is shown. */
export const splitColumnTells: Readonly<Record<SplitKind, string>> = {
  fraction: '',
  grouped: 'Its rows are held out in whole groups.',
  ordered: 'The rows that come last by it are held out.',
  column: 'It says which rows are held out.',
  fold: 'Its groups are never divided between folds.',
};
