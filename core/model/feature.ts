import { z } from 'zod';
import { transform } from './transform';

/**
 * How one column of a file becomes numbers, with everything that was learnt for it on the training rows. The steps are always taken
 * in this order: missing, winsorise, transform (numbers); missing, pooled, levels (categories); order, missing, as (dates).
 */

/** `value` stands for a missing one; `indicator` says whether there is a column for it: none where no training row lacks a value. */
const missingOf = <V extends z.ZodType>(value: V) =>
  z.discriminatedUnion('policy', [
    z.object({ policy: z.literal('drop-row') }),
    z.object({ policy: z.enum(['mean', 'median', 'most-frequent']), value }),
    z.object({ policy: z.literal('indicator'), value, indicator: z.boolean() }),
  ]);

/** Values below `low` become `low`, those above `high` become `high`: quantiles of the training rows at `share` and 1 − `share` (type 7). */
const winsorised = z.object({ share: z.number(), low: z.number(), high: z.number() });

/** Levels with fewer than `below` training rows, which are the one level `into`. */
const pooled = z.object({ below: z.number(), levels: z.array(z.string()), into: z.string() });

/** How a date is written: the order of its parts, or a time of day alone. */
export const dateOrders = ['year-month-day', 'day-month-year', 'month-day-year', 'time'] as const;
export type DateOrder = (typeof dateOrders)[number];

export const dateParts = ['year', 'month', 'weekday', 'hour'] as const;
export type DatePart = (typeof dateParts)[number];

export const feature = z.discriminatedUnion('kind', [
  z.object({
    column: z.string(),
    kind: z.literal('numeric'),
    missing: missingOf(z.number()),
    winsorise: winsorised.optional(),
    transform: transform.optional(),
    /** The same in every training row, so that only the column that says "is missing" is used. */
    constant: z.literal(true).optional(),
  }),
  z.object({
    column: z.string(),
    kind: z.literal('categorical'),
    levels: z.array(z.string()),
    reference: z.string(),
    missing: missingOf(z.string()),
    pooled: pooled.optional(),
  }),
  z.object({
    column: z.string(),
    kind: z.literal('date'),
    order: z.enum(dateOrders),
    /** In days since 1970-01-01 00:00, as all of a date; the clock is read as it stands. */
    missing: missingOf(z.number()),
    /** Days since `origin`, the earliest training row; or parts: month from 1, weekday from Monday = 1, hour from 0. */
    as: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('elapsed'), origin: z.number() }),
      z.object({ kind: z.literal('parts'), parts: z.array(z.enum(dateParts)) }),
    ]),
  }),
]);
/** A column of model.json's `features`. */
export type Feature = z.infer<typeof feature>;

/** One step from a raw row to z. `name` is the encoded column it makes. */
export const pipelineStep = z.discriminatedUnion('step', [
  /** Text to days since 1970-01-01 00:00 (a time of day alone: a share of a day). */
  z.object({ step: z.literal('date'), column: z.string(), order: z.enum(dateOrders) }),
  /** A row without a value in one of these has no prediction. */
  z.object({ step: z.literal('drop-missing'), columns: z.array(z.string()) }),
  z.object({
    step: z.literal('impute'),
    column: z.string(),
    policy: z.enum(['mean', 'median', 'most-frequent', 'indicator']),
    value: z.union([z.number(), z.string()]),
  }),
  /** 1 where the raw row has no value in the column, else 0. */
  z.object({ step: z.literal('indicator'), column: z.string(), name: z.string() }),
  z.object({ step: z.literal('winsorise'), column: z.string(), ...winsorised.shape }),
  z.object({ step: z.literal('transform'), column: z.string(), transform, name: z.string() }),
  z.object({ step: z.literal('elapsed-days'), column: z.string(), origin: z.number(), name: z.string() }),
  z.object({
    step: z.literal('date-parts'),
    column: z.string(),
    parts: z.array(z.object({ part: z.enum(dateParts), name: z.string() })),
  }),
  z.object({ step: z.literal('pool'), column: z.string(), ...pooled.shape }),
  z.object({ step: z.literal('one-hot'), column: z.string(), levels: z.array(z.string()), reference: z.string() }),
]);
export type PipelineStep = z.infer<typeof pipelineStep>;
