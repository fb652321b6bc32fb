import type { Feature } from '../../model/feature';
import type { Rows } from '../../model/problem';
import { fail, ok, type Result } from '../../result';
import { encodeRows, type Encoded } from '../encode';
import { rowsWhere, valuesAt } from '../records';
import type { Values } from '../values';
import { encodedColumns } from './encoded-columns';

/** What belongs to a record besides its features. */
export interface Outcomes {
  /** The targets, one a record of the table: read when they are asked for. */
  readonly targets: () => Promise<Float64Array>;
  /** One a record of the table, or null for all ones. */
  readonly weights: Float64Array | null;
}

/** What happened to the cells of some records. */
export type EncodedCounts = Omit<Encoded, 'z' | 'refused'>;

/** One part with its features encoded: those of its records whose values every step takes. */
export interface EncodedPart {
  readonly rows: Uint32Array;
  /** In original units: x are the encoded features, y the targets of the file. */
  readonly original: Rows;
  readonly counts: EncodedCounts;
}

/** Makes the rows of both parts of the features as they are learnt, one after the other. */
export interface Encoder {
  /** The next feature, while its values are at hand. */
  add(feature: Feature, values: Values): Promise<void>;
  /** After the last. */
  finish(): Promise<Result<{ readonly train: EncodedPart; readonly test: EncodedPart }>>;
}

/** Larger matrices than 2 GB are refused with a sentence rather than met by an allocation that fails. */
export const LARGEST_MATRIX = 2 ** 28;

/**
 * Encodes into memory once all features are known: the values are kept until then.
 *
 * @param train  record numbers, ascending, as those of `test`
 */
export function encoderInMemory(train: Uint32Array, test: Uint32Array, { targets, weights }: Outcomes): Encoder {
  const features: Feature[] = [];
  const values = new Map<string, Values>();
  return {
    add(feature, own) {
      features.push(feature);
      values.set(feature.column, own);
      return Promise.resolve();
    },
    async finish() {
      const d = encodedColumns(features).length;
      const total = train.length + test.length;
      if (total * d > LARGEST_MATRIX)
        return fail(
          'design/too-large',
          `${total.toLocaleString('en')} rows by ${d.toLocaleString('en')} encoded columns are more than fit into memory: leave out categories with many values.`,
        );
      const target = await targets();
      const part = async (all: Uint32Array): Promise<EncodedPart> => {
        const encoded = await encodeRows(features, values, all);
        const { rows, z } = takenRows(all, encoded);
        const original = {
          n: rows.length,
          x: z,
          y: valuesAt(target, rows),
          weights: weights && valuesAt(weights, rows),
        };
        return { rows, original, counts: encoded };
      };
      return ok({ train: await part(train), test: await part(test) });
    },
  };
}

/** The records whose values every step takes, with their features. */
export function takenRows(
  rows: Uint32Array,
  { z, refused }: Encoded,
): { readonly rows: Uint32Array; readonly z: Float64Array } {
  const kept = rowsWhere(rows, (i) => refused[i] === 0);
  if (kept.length === rows.length) return { rows, z };
  const d = rows.length === 0 ? 0 : z.length / rows.length;
  const left = new Float64Array(kept.length * d);
  for (let i = 0, at = 0; i < rows.length; i++)
    if (refused[i] === 0) left.set(z.subarray(i * d, (i + 1) * d), at++ * d);
  return { rows: kept, z: left };
}
