import { fail, ok, type Result } from '../../result';
import type { Steps } from '../../turns';
import { rowsWhere } from '../records';

/** The two parts of the used records, and how they came about. */
export interface Parts {
  /** Record numbers, ascending. */
  readonly train: Uint32Array;
  readonly test: Uint32Array;
  /** How the rows were divided, in a sentence; null where the numbers of rows say it all. */
  readonly note: string | null;
  readonly warnings: readonly string[];
}

/** What a way of dividing rows yields, in turns: the used records can be many. */
export type Dividing = Steps<Result<Parts>>;

/** Divides the used records by a flag each, 1 for held out. */
export function partsOf(
  used: Uint32Array,
  held: Uint8Array,
  { note = null, warnings = [] }: Partial<Pick<Parts, 'note' | 'warnings'>> = {},
): Result<Parts> {
  const train = rowsWhere(used, (i) => held[i] === 0);
  if (train.length === 0)
    return fail(
      'design/no-training-rows',
      'Every usable row is held out, so none is left to fit: hold out fewer rows.',
    );
  return ok({ train, test: rowsWhere(used, (i) => held[i] === 1), note, warnings });
}

/** The splits' own streams of random numbers, far from those of the starts of a fit; each repeat of k-fold has one. */
export const SPLIT_STREAM = 1_000_000;
export const foldStream = (repeat: number): number => SPLIT_STREAM + 1 + repeat;

export const rowCount = (n: number): string => `${n.toLocaleString('en')} ${n === 1 ? 'row' : 'rows'}`;
export const share = (part: number): string => `${Number((100 * part).toPrecision(2))}%`;
