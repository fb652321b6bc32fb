import type { DatePart, Feature } from '../../model/feature';
import { dateParts } from '../../model/feature';
import {
  forward,
  refusedTargetWords,
  refusedWords,
  takes,
  takesTarget,
  type Transform,
  type TransformKind,
} from '../../model/transform';
import { fail, ok, type Result } from '../../result';
import { inBlocks, type Steps } from '../../turns';
import type { Values } from '../values';
import type { ColumnPreparation } from '../types';
import { datePart, learnDateOrder, parseDate } from './dates';
import { learnFilling } from './fill';
import { countLevels, inOrder, mostFrequentLevel, poolLevels } from './levels';
import { learnLimits, limited } from './winsorise';
import { dateOrderWarnings } from './words';
import { TARGET_LAMBDAS, yeoJohnsonLambda } from './yeo-johnson';

/** What the training rows say of one column: null when it is the same in all of them. */
export interface Learned {
  readonly feature: Feature | null;
  readonly warnings: readonly string[];
}

/** Rows to learn from. */
export interface Training {
  /** Record numbers. */
  readonly rows: Uint32Array;
  /** One a row, all above 0: as if it stood there so often; null for all ones. */
  readonly weights: Float64Array | null;
}

type Kind = Feature['kind'];
type Missing = Extract<Feature, { kind: 'numeric' }>['missing'];

/**
 * Learns every step of a column from the training rows alone, in turns. The steps are taken one after the other: limits are those of the
 * filled values, a transform is fitted to the limited ones.
 *
 * @param values  one a record of the table: numbers, or the texts of a category or of dates
 * @param train   where rows without a value are dropped, each of them has one
 */
export function learnFeature(
  column: string,
  kind: Kind,
  values: Values,
  train: Training,
  preparation: ColumnPreparation = {},
): Steps<Result<Learned>> {
  if (kind === 'numeric') return learnNumber(column, values as Float64Array, train, preparation);
  const texts = values as readonly (string | null)[];
  return kind === 'date'
    ? learnDate(column, texts, train, preparation)
    : learnCategory(column, texts, train, preparation);
}

function* learnNumber(
  column: string,
  values: Float64Array,
  { rows, weights }: Training,
  preparation: ColumnPreparation,
): Steps<Result<Learned>> {
  const filled = yield* fill(column, { values: yield* gathered(values, rows), weights }, preparation.missing);
  if (!filled.ok) return filled;
  const { missing, numbers } = filled.value;
  yield;
  const winsorise =
    preparation.winsorise === undefined ? null : yield* learnLimits(numbers.slice(), preparation.winsorise, weights);
  if (winsorise) for (let i = 0; i < numbers.length; i++) numbers[i] = limited(numbers[i], winsorise);
  yield;
  const transform =
    preparation.transform === undefined
      ? ok(null)
      : yield* learnTransform(column, numbers, preparation.transform, { weights });
  if (!transform.ok) return transform;
  const constant = isConstant(numbers, transform.value);
  if (constant && !hasIndicator(missing)) return ok({ feature: null, warnings: [] });
  return ok({
    feature: {
      column,
      kind: 'numeric',
      missing,
      ...(winsorise && { winsorise }),
      ...(transform.value && { transform: transform.value }),
      ...(constant && { constant: true as const }),
    },
    warnings: [],
  });
}

function* learnDate(
  column: string,
  texts: readonly (string | null)[],
  { rows, weights }: Training,
  preparation: ColumnPreparation,
): Steps<Result<Learned>> {
  const learned = yield* learnDateOrder(texts, rows);
  const { order } = learned;
  const days = new Float64Array(rows.length);
  yield* inBlocks(rows.length, 100, (from, to) => {
    for (let i = from; i < to; i++) days[i] = parseDate(texts[rows[i]] ?? '', order);
  });
  // A text that is no date counts as missing: with drop-row its row is left out when it is encoded.
  const dropped = (preparation.missing ?? 'drop-row') === 'drop-row';
  const all = { values: days, weights };
  const filled = yield* fill(column, dropped ? yield* present(all) : all, preparation.missing);
  if (!filled.ok) return filled;
  const { missing, numbers } = filled.value;
  if (numbers.length === 0) return nothing(column);
  const origin = numbers.reduce((least, day) => Math.min(least, day), Number.POSITIVE_INFINITY);
  yield;
  const parts: DatePart[] = [];
  if (preparation.date === 'parts')
    for (const part of dateParts) {
      if (order === 'time' && part !== 'hour') continue;
      if (yield* varies(numbers, part)) parts.push(part);
    }
  const elapsed = preparation.date !== 'parts' && numbers.some((day) => day !== origin);
  if (!elapsed && parts.length === 0 && !hasIndicator(missing)) return ok({ feature: null, warnings: [] });
  return ok({
    feature: {
      column,
      kind: 'date',
      order,
      missing,
      as: elapsed ? { kind: 'elapsed', origin } : { kind: 'parts', parts },
    },
    warnings: dateOrderWarnings(column, learned),
  });
}

function* learnCategory(
  column: string,
  texts: readonly (string | null)[],
  { rows, weights }: Training,
  { missing: policy = 'drop-row', reference: wanted, pool: below }: ColumnPreparation,
): Steps<Result<Learned>> {
  const { counts: seen, missing: absent } = yield* countLevels(texts, rows, weights);
  if (seen.size === 0) return policy === 'drop-row' ? ok({ feature: null, warnings: [] }) : nothing(column);
  if (wanted !== undefined && !seen.has(wanted)) {
    const levels = inOrder([...seen.keys()]);
    return fail(
      'design/unknown-reference',
      `No training row has “${wanted}” in “${column}”: choose its reference among ${levels
        .slice(0, 6)
        .map((level) => `“${level}”`)
        .join(', ')}${levels.length > 6 ? ' and others' : ''}.`,
      { column },
    );
  }
  const { counts, pool } = below === undefined ? { counts: seen, pool: null } : poolLevels(seen, below, wanted);
  const frequent = mostFrequentLevel(seen);
  const usual = pool?.levels.includes(frequent) ? pool.into : frequent;
  const reference = wanted ?? mostFrequentLevel(counts);
  const missing: Extract<Feature, { kind: 'categorical' }>['missing'] =
    policy === 'indicator'
      ? { policy, value: reference, indicator: absent > 0 }
      : policy === 'drop-row'
        ? { policy }
        : { policy, value: usual };
  if (counts.size < 2 && !(missing.policy === 'indicator' && missing.indicator))
    return ok({ feature: null, warnings: [] });
  return ok({
    feature: {
      column,
      kind: 'categorical',
      levels: inOrder([...counts.keys()]),
      reference,
      missing,
      ...(pool && { pooled: pool }),
    },
    warnings: [],
  });
}

/** Values with their weights, as `Training` has them. */
interface Weighted {
  readonly values: Float64Array;
  readonly weights: Float64Array | null;
}

/** The training values with what stands for those that are missing: filled in place. */
function* fill(
  column: string,
  all: Weighted,
  policy: ColumnPreparation['missing'] = 'drop-row',
): Steps<Result<{ missing: Missing; numbers: Float64Array }>> {
  const numbers = all.values;
  if (policy === 'drop-row') return ok({ missing: { policy }, numbers });
  const known = yield* present(all);
  if (known.values.length === 0) return nothing(column);
  const absent = numbers.length - known.values.length;
  yield;
  const value = yield* learnFilling(known.values, policy === 'indicator' ? 'median' : policy, known.weights);
  for (let i = 0; i < numbers.length; i++) if (Number.isNaN(numbers[i])) numbers[i] = value;
  const missing = policy === 'indicator' ? { policy, value, indicator: absent > 0 } : { policy, value };
  return ok({ missing, numbers });
}

/**
 * A transform with what is learnt for it, or a refusal when it does not take every training value.
 *
 * @param weights   one a number, or null for all ones
 * @param isTarget  then its inverse must be defined everywhere, and its slope at every value
 */
export function* learnTransform(
  column: string,
  numbers: Float64Array,
  kind: TransformKind,
  { weights = null, isTarget = false }: { weights?: Float64Array | null; isTarget?: boolean } = {},
): Steps<Result<Transform>> {
  const [taken, words] = isTarget ? [takesTarget, refusedTargetWords] : [takes, refusedWords];
  let refused = 0;
  for (let i = 0; i < numbers.length; i++) if (!taken({ kind }, numbers[i])) refused++;
  yield;
  if (refused > 0)
    return fail(
      'design/transform-domain',
      `${refused.toLocaleString('en')} training ${refused === 1 ? 'row has a value' : 'rows have values'} of “${column}” that ${refused === 1 ? 'is' : 'are'} ${words[kind]}, which ${kind} cannot take${isTarget ? ' in a target' : ''}: choose ${isTarget ? 'yeo-johnson' : 'another transform'}, or none.`,
      { column, rows: refused },
    );
  return ok(
    kind === 'yeo-johnson'
      ? { kind, lambda: yield* yeoJohnsonLambda(numbers, isTarget ? TARGET_LAMBDAS : undefined, weights) }
      : { kind },
  );
}

function isConstant(numbers: Float64Array, transform: Transform | null): boolean {
  if (transform === null) return numbers.every((value) => value === numbers[0]);
  const first = forward(transform, numbers[0]);
  return numbers.every((value) => forward(transform, value) === first);
}

const hasIndicator = (missing: Missing) => missing.policy === 'indicator' && missing.indicator;

function* gathered(values: Float64Array, rows: Uint32Array): Steps<Float64Array> {
  const own = new Float64Array(rows.length);
  yield* inBlocks(rows.length, 2, (from, to) => {
    for (let i = from; i < to; i++) own[i] = values[rows[i]];
  });
  return own;
}

/** The values that are there, with their weights. */
function* present({ values, weights }: Weighted): Steps<Weighted> {
  const found = new Float64Array(values.length);
  const own = weights && new Float64Array(values.length);
  let at = 0;
  yield* inBlocks(values.length, 3, (from, to) => {
    for (let i = from; i < to; i++) {
      if (Number.isNaN(values[i])) continue;
      if (own) own[at] = weights![i];
      found[at++] = values[i];
    }
  });
  return { values: found.subarray(0, at), weights: own && own.subarray(0, at) };
}

/** Whether a part of the days is not the same in all of them. */
function* varies(days: Float64Array, part: DatePart): Steps<boolean> {
  const first = datePart(days[0], part);
  let found = false;
  yield* inBlocks(days.length, 40, (from, to) => {
    for (let i = from; i < to && !found; i++) found = datePart(days[i], part) !== first;
  });
  return found;
}

const nothing = (column: string) =>
  fail(
    'design/nothing-to-learn',
    `No training row has a value of “${column}”, so nothing can stand for a missing one: leave the column out.`,
    { column },
  );
