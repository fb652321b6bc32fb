import { z } from 'zod';

/** What narrows the rows in sight, of one column. It never changes what is fitted. */
export const rowFilter = z.discriminatedUnion('kind', [
  /** Numbers from min to max, both included; null is open. */
  z.object({
    column: z.string(),
    kind: z.literal('range'),
    min: z.number().nullable(),
    max: z.number().nullable(),
  }),
  /** Cells whose text, without the blanks around it, is one of these. */
  z.object({ column: z.string(), kind: z.literal('values'), values: z.array(z.string()).max(10_000) }),
  z.object({ column: z.string(), kind: z.literal('missing') }),
  /** Cells with a value that is not of the column's type. */
  z.object({ column: z.string(), kind: z.literal('failed') }),
  /** Cells with this text in them, in capitals or not. */
  z.object({ column: z.string(), kind: z.literal('contains'), text: z.string() }),
]);
export type RowFilter = z.infer<typeof rowFilter>;

/** What is looked for among the cells in sight. */
export const sought = z.discriminatedUnion('kind', [
  /** A text, in capitals or not, in any cell. */
  z.object({ kind: z.literal('text'), text: z.string().min(1) }),
  /** Cells of one column of which this is so: a number, a value that is none, no value, not of the column's type. */
  z.object({ kind: z.literal('cells'), column: z.string(), state: z.enum(['number', 'text', 'missing', 'failed']) }),
  /** A record, counted from 0. */
  z.object({ kind: z.literal('row'), row: z.number().int().min(0) }),
]);
export type Sought = z.infer<typeof sought>;
