import type { Feature } from '../../model/feature';
import { fail, ok, type Result } from '../../result';
import { inTurns } from '../../turns';
import type { CheckedRecipe } from '../design-check';
import { encodeRows, type Encoded } from '../encode';
import { listed } from '../names';
import type { DesignRecipe, Flow } from '../types';
import type { Values } from '../values';
import { encodedColumns, type EncodedColumn } from './encoded-columns';
import { learnFeature } from './learn';
import { fillWords, outsideWarnings } from './words';

/** Some records with their features encoded: those whose values every step takes. */
export interface PreparedPart {
  readonly rows: Uint32Array;
  /** rows.length × d, row-major. */
  readonly z: Float64Array;
}

export interface Prepared {
  readonly features: Feature[];
  readonly encoded: readonly EncodedColumn[];
  readonly train: PreparedPart;
  readonly test: PreparedPart;
  /** Records left out besides those without a value, by column. */
  readonly outside: NonNullable<Flow['outside']>;
  readonly flow: Pick<Flow, 'imputed' | 'pooled' | 'winsorised'>;
  /** By column, held-out records with a level that training did not see. */
  readonly unseen: ReadonlyMap<string, number>;
  readonly warnings: readonly string[];
}

/** Larger matrices than 2 GB are refused with a sentence rather than met by an allocation that fails. */
const LARGEST_MATRIX = 2 ** 28;

/**
 * Learns the steps of every column from the training rows and takes them on both parts. Lets others run.
 *
 * @param weights  one for each of `train`, or null for all ones
 */
export async function prepareRows(
  columns: CheckedRecipe['used'],
  { prepare }: Pick<DesignRecipe, 'prepare'>,
  values: ReadonlyMap<string, Values>,
  train: Uint32Array,
  test: Uint32Array,
  weights: Float64Array | null,
): Promise<Result<Prepared>> {
  const features: Feature[] = [];
  const constant: string[] = [];
  const warnings: string[] = [];
  for (const { column, kind } of columns) {
    const preparation = prepare && Object.hasOwn(prepare, column) ? prepare[column] : {};
    const learned = await inTurns(
      learnFeature(column, kind, values.get(column)!, { rows: train, weights }, preparation),
    );
    if (!learned.ok) return learned;
    warnings.push(...learned.value.warnings);
    if (learned.value.feature === null) constant.push(column);
    else features.push(learned.value.feature);
  }
  const encoded = encodedColumns(features);
  const same = `${listed(constant)} ${constant.length === 1 ? 'is' : 'are'} the same in every training row`;
  if (encoded.length === 0) return fail('design/no-features', `${same}: choose features that vary.`);
  const total = train.length + test.length;
  if (total * encoded.length > LARGEST_MATRIX)
    return fail(
      'design/too-large',
      `${total.toLocaleString('en')} rows by ${encoded.length.toLocaleString('en')} encoded columns are more than fit into memory: leave out categories with many values.`,
    );
  const parts = { train: await encodeRows(features, values, train), test: await encodeRows(features, values, test) };
  const left = { train: takenRows(train, parts.train), test: takenRows(test, parts.test) };
  if (left.train.rows.length === 0) return fail('design/no-training-rows', noRows(parts.train));
  const outside = [...parts.train.outside, ...parts.test.outside];
  return ok({
    features,
    encoded,
    ...left,
    outside: [...new Set(outside.map(([column]) => column))].map((column) => {
      const own = outside.filter(([name]) => name === column).map(([, what]) => what);
      return { column, rows: own.reduce((sum, { rows }) => sum + rows, 0), reason: own[0].reason };
    }),
    flow: flowOf(features, parts.train, parts.test),
    unseen: parts.test.unseen,
    warnings: [...(constant.length ? [`${same} and left out.`] : []), ...warnings],
  });
}

const noRows = ({ outside }: Encoded) =>
  `No training row is left: ${outsideWarnings([...outside].map(([column, what]) => ({ column, ...what }))).join(' ')}`;

/** The records whose values every step takes. */
export function takenRows(rows: Uint32Array, { z, refused }: Encoded): PreparedPart {
  const kept = rows.filter((_, i) => refused[i] === 0);
  if (kept.length === rows.length) return { rows, z };
  const d = rows.length === 0 ? 0 : z.length / rows.length;
  const left = new Float64Array(kept.length * d);
  for (let i = 0, at = 0; i < rows.length; i++)
    if (refused[i] === 0) left.set(z.subarray(i * d, (i + 1) * d), at++ * d);
  return { rows: kept, z: left };
}

/** What happened to the cells, by column; nothing where nothing did. */
function flowOf(features: readonly Feature[], train: Encoded, test: Encoded): Prepared['flow'] {
  const counts = (of: 'filled' | 'moved' | 'pooled', column: string) => ({
    train: train[of].get(column) ?? 0,
    test: test[of].get(column) ?? 0,
  });
  const imputed = features.flatMap((feature) => {
    const { column, missing } = feature;
    if (missing.policy === 'drop-row') return [];
    return [{ column, policy: missing.policy, value: fillWords(feature), ...counts('filled', column) }];
  });
  const pooled = features.flatMap((feature) =>
    feature.kind === 'categorical' && feature.pooled
      ? [
          {
            column: feature.column,
            into: feature.pooled.into,
            levels: [...feature.pooled.levels],
            ...counts('pooled', feature.column),
          },
        ]
      : [],
  );
  const winsorised = features.flatMap((feature) =>
    feature.kind === 'numeric' && feature.winsorise
      ? [
          {
            column: feature.column,
            low: feature.winsorise.low,
            high: feature.winsorise.high,
            ...counts('moved', feature.column),
          },
        ]
      : [],
  );
  return {
    ...(imputed.length > 0 && { imputed }),
    ...(pooled.length > 0 && { pooled }),
    ...(winsorised.length > 0 && { winsorised }),
  };
}
