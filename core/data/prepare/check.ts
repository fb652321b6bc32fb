import type { Feature } from '../../model/feature';
import { fail, type Result } from '../../result';
import type { ColumnPreparation } from '../types';

type Kind = Feature['kind'];

const kinds: Readonly<Record<Kind, string>> = {
  numeric: 'a column of numbers',
  categorical: 'a category',
  date: 'a date',
};

/** Which columns a step is for. */
const meantFor: readonly {
  readonly step: Exclude<keyof ColumnPreparation, 'missing'>;
  readonly kind: Kind;
  readonly words: string;
}[] = [
  { step: 'winsorise', kind: 'numeric', words: 'Moving extreme values to a limit is for numbers' },
  { step: 'transform', kind: 'numeric', words: 'A transform is for numbers' },
  { step: 'reference', kind: 'categorical', words: 'A reference level is for categories' },
  { step: 'pool', kind: 'categorical', words: 'Pooling rare levels is for categories' },
  { step: 'date', kind: 'date', words: 'Elapsed days and parts are for dates' },
];

/** A refusal when a step is not for such a column: nothing that was chosen is passed over in silence. */
export function checkPreparation(column: string, kind: Kind, preparation: ColumnPreparation): Result<never> | null {
  const stray = meantFor.find((one) => preparation[one.step] !== undefined && one.kind !== kind);
  if (stray)
    return fail(
      'design/preparation',
      `${stray.words}, and “${column}” is ${kinds[kind]}: leave the step out, or set another type.`,
      { column, step: stray.step },
    );
  const { missing } = preparation;
  return kind === 'categorical' && (missing === 'mean' || missing === 'median')
    ? fail(
        'design/preparation',
        `“${column}” is a category and has no ${missing}: fill in its most frequent value, or an indicator.`,
        { column, step: 'missing' },
      )
    : null;
}
