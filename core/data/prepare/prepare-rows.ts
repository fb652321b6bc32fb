import type { Feature } from '../../model/feature';
import { fail, ok, type Result } from '../../result';
import { inTurns } from '../../turns';
import type { CheckedRecipe } from '../design-check';
import { listed } from '../names';
import type { ColumnWarning, DesignRecipe, Flow } from '../types';
import type { ReadColumn } from '../values';
import { encodedColumns, type EncodedColumn } from './encoded-columns';
import type { EncodedCounts, EncodedPart, Encoder } from './encoder';
import { learnFeature, type Training } from './learn';
import { fillWords, outsideWarnings } from './words';

export interface Prepared {
  readonly features: Feature[];
  readonly encoded: readonly EncodedColumn[];
  readonly train: EncodedPart;
  readonly test: EncodedPart;
  /** Records left out besides those without a value, by column. */
  readonly outside: NonNullable<Flow['outside']>;
  readonly flow: Pick<Flow, 'imputed' | 'pooled' | 'winsorised'>;
  /** By column, held-out records with a level that training did not see. */
  readonly unseen: ReadonlyMap<string, number>;
  readonly warnings: readonly string[];
  /** Columns that are the same in every training row and so left out, in one sentence for all of them. */
  readonly flagged: readonly ColumnWarning[];
}

/**
 * Learns the steps of every column from the training rows and takes them on both parts. Lets others run.
 *
 * @param encoder  of the same training rows and of the held-out ones
 */
export async function prepareRows(
  columns: CheckedRecipe['used'],
  { prepare }: Pick<DesignRecipe, 'prepare'>,
  read: ReadColumn,
  train: Training,
  encoder: Encoder,
): Promise<Result<Prepared>> {
  const features: Feature[] = [];
  const constant: string[] = [];
  const warnings: string[] = [];
  for (const used of columns) {
    const { column, kind } = used;
    const preparation = prepare && Object.hasOwn(prepare, column) ? prepare[column] : {};
    const values = await read(used);
    const learned = await inTurns(learnFeature(column, kind, values, train, preparation));
    if (!learned.ok) return learned;
    warnings.push(...learned.value.warnings);
    const { feature } = learned.value;
    if (feature === null) {
      constant.push(column);
      continue;
    }
    features.push(feature);
    await encoder.add(feature, values);
  }
  const encoded = encodedColumns(features);
  const same = `${listed(constant)} ${constant.length === 1 ? 'is' : 'are'} the same in every training row`;
  if (encoded.length === 0) return fail('design/no-features', `${same}: choose features that vary.`);
  const parts = await encoder.finish();
  if (!parts.ok) return parts;
  const { train: learnt, test } = parts.value;
  if (learnt.rows.length === 0) return fail('design/no-training-rows', noRows(learnt.counts));
  const outside = [...learnt.counts.outside, ...test.counts.outside];
  return ok({
    features,
    encoded,
    ...parts.value,
    outside: [...new Set(outside.map(([column]) => column))].map((column) => {
      const own = outside.filter(([name]) => name === column).map(([, what]) => what);
      return { column, rows: own.reduce((sum, { rows }) => sum + rows, 0), reason: own[0].reason };
    }),
    flow: flowOf(features, learnt.counts, test.counts),
    unseen: test.counts.unseen,
    warnings,
    flagged: constant.map((column) => ({ column, sentence: `${same} and left out.` })),
  });
}

const noRows = ({ outside }: EncodedCounts) =>
  `No training row is left: ${outsideWarnings([...outside].map(([column, what]) => ({ column, ...what }))).join(' ')}`;

/** What happened to the cells, by column; nothing where nothing did. */
function flowOf(features: readonly Feature[], train: EncodedCounts, test: EncodedCounts): Prepared['flow'] {
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
