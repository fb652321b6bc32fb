import { z } from 'zod';

export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;

/** How a text file is cut into cells. Public: profile --json, model.json. */
export const dialect = z.object({
  encoding: z.enum(encodings),
  /** ',', ';', '\t', '|' or 'spaces' (runs of blanks). */
  delimiter: z.enum([',', ';', '\t', '|', 'spaces']),
  quote: z.enum(['"', "'", '']),
  decimal: z.enum(['.', ',']),
  header: z.boolean(),
  /** Lines before the header (or before the first record). */
  skip: z.number().int().min(0),
  /** Cell texts, after trimming, that mean "no value". */
  missing: z.array(z.string()),
});
export type Dialect = z.infer<typeof dialect>;

/** What the user set by hand; the rest is detected. */
export const dialectChoice = dialect.partial();
export type DialectChoice = z.infer<typeof dialectChoice>;

export const decisionIds = ['encoding', 'delimiter', 'decimal', 'header', 'missing', 'quote', 'skip'] as const;

/** One decision of the detection with its evidence, and what else it could have been. */
export const decision = z.object({
  id: z.enum(decisionIds),
  /** A dialect value as text, and as a person reads it ("comma", "row 1"). */
  chosen: z.string(),
  label: z.string(),
  /** Counts, for example "1,031 of 1,031 lines give 9 fields". */
  because: z.string(),
  alternatives: z.array(z.object({ value: z.string(), label: z.string(), because: z.string() })),
  byHand: z.boolean(),
});
export type Decision = z.infer<typeof decision>;

export const columnType = z.enum(['number', 'category', 'text', 'date', 'boolean']);
export type ColumnType = z.infer<typeof columnType>;

export const columnInfo = z.object({
  /** Position in the file, from 0. */
  index: z.number().int(),
  /** Trimmed and unique (a repeated name gets " (2)"). */
  name: z.string(),
  /** As it stands in the file. */
  original: z.string(),
  /** The name without its unit, and the unit found in it ("Age (day)" -> "Age", "day"). */
  label: z.string(),
  unit: z.string().nullable(),
  type: columnType,
  missing: z.number(),
  /** Cells that are neither missing nor of the column's type. */
  failed: z.number(),
  distinct: z.number(),
  /** Numeric columns: the figures of its numbers. */
  summary: z
    .object({
      min: z.number(),
      q25: z.number(),
      median: z.number(),
      q75: z.number(),
      max: z.number(),
      mean: z.number(),
      sd: z.number(),
      skewness: z.number(),
      integer: z.boolean(),
    })
    .nullable(),
  /** Numeric columns: counts between edges (one more edge than counts). */
  histogram: z.object({ edges: z.array(z.number()), counts: z.array(z.number()) }).nullable(),
  /** Other columns: the most frequent values. */
  levels: z.array(z.object({ value: z.string(), count: z.number() })).nullable(),
  /** What a careful person would point out: constant, ID-like, few rows per level. */
  notes: z.array(z.string()),
  suggestedRole: z.enum(['target', 'feature', 'ignore']),
});
export type ColumnInfo = z.infer<typeof columnInfo>;

export const tableInfo = z.object({
  tableId: z.string(),
  file: z.object({ name: z.string(), bytes: z.number(), sha256: z.string() }),
  /** Data records, and physical lines read. */
  rows: z.number(),
  lines: z.number(),
  dialect,
  decisions: z.array(decision),
  columns: z.array(columnInfo),
  rejected: z.object({ count: z.number(), first: z.array(z.object({ line: z.number(), reason: z.string() })) }),
  warnings: z.array(z.string()),
  /** Cells not read as their column's type, the first few, for the receipt. Rows count records from 0. */
  failures: z.array(z.object({ column: z.string(), row: z.number(), text: z.string() })),
  seconds: z.number(),
});
export type TableInfo = z.infer<typeof tableInfo>;

/** Which rows are held out. Row numbers count data records of the file from 0, before any row is dropped. */
export const split = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('fraction'), fraction: z.number().min(0).max(0.9), seed: z.number().int() }),
  z.object({ kind: z.literal('rows'), test: z.array(z.number().int().min(0)) }),
]);
export type Split = z.infer<typeof split>;

/** From a table to numbers: roles, encoding, scaling and split. Part of every run's recipe. */
export const designRecipe = z.object({
  target: z.string(),
  features: z.array(z.string()),
  /** Features of the gate, or null for the same as the experts'. */
  gateFeatures: z.array(z.string()).nullable(),
  /** Column types set by hand (number <-> category). */
  types: z.record(z.string(), columnType),
  preprocess: z.enum(['standardise', 'none']),
  output: z.enum(['auto', 'none']),
  intercept: z.boolean(),
  split,
});
export type DesignRecipe = z.infer<typeof designRecipe>;

/** What the recipe does to the rows and columns, for the flow line. */
export const flow = z.object({
  read: z.number(),
  rejected: z.number(),
  /** Rows left out because the target or a feature has no value, and which columns are to blame. */
  dropped: z.number(),
  droppedBy: z.array(z.object({ column: z.string(), rows: z.number() })),
  used: z.number(),
  train: z.number(),
  test: z.number(),
  columns: z.number(),
  /** The encoded vector z: one entry a number. */
  encoded: z.array(z.object({ name: z.string(), column: z.string(), level: z.string().nullable() })),
  /** Constant in training and so left out, unseen levels, and the like. */
  warnings: z.array(z.string()),
});
export type Flow = z.infer<typeof flow>;
