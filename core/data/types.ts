import { z } from 'zod';

export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-1'] as const;
/** Between groups of three digits; a blank stands for every kind of blank. */
export const thousandsMarks = ['', '.', ',', ' ', "'"] as const;
/** What begins a line that is no record. */
export const commentMarks = ['', '#', '%', '//', ';'] as const;

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
  /** Absent is none. */
  thousands: z.enum(thousandsMarks).optional(),
  /** How a quote inside quotes is written; absent is doubled. */
  escape: z.enum(['double', 'backslash']).optional(),
  /** Absent is none. */
  comment: z.enum(commentMarks).optional(),
  /** Cell texts that mean "no value" in one column only, by the column's name. Never detected: proposed, and chosen by hand. */
  missingIn: z.record(z.string(), z.array(z.string())).optional(),
  /** The sheet of a workbook; absent for a file without sheets. */
  sheet: z.string().optional(),
});
export type Dialect = z.infer<typeof dialect>;

/** What the user set by hand; the rest is detected. */
export const dialectChoice = dialect.partial();
export type DialectChoice = z.infer<typeof dialectChoice>;

export const decisionIds = [
  'sheet',
  'encoding',
  'delimiter',
  'decimal',
  'thousands',
  'header',
  'missing',
  'quote',
  'escape',
  'comment',
  'skip',
] as const;

/** One decision of the detection with its evidence, and what else it could have been. */
export const decision = z.object({
  id: z.enum(decisionIds),
  /** A dialect value as text, and as a person reads it ("comma", "row 1"). */
  chosen: z.string(),
  label: z.string(),
  /** Counts, for example "1,031 of 1,031 lines give 9 fields". */
  because: z.string(),
  alternatives: z.array(z.object({ value: z.string(), label: z.string(), because: z.string() })),
  /** The alternative that explains the file as well, where the table can be read two ways; there is a warning then. */
  rival: z.string().optional(),
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
  /** The cells of the column by what they were read as; together the rows of the table. */
  cells: z.object({ numbers: z.number(), texts: z.number(), missing: z.number(), failed: z.number() }),
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

/** Lines of the file, the first few with what was the matter; line numbers count physical lines from 1. */
const namedLines = z.object({
  count: z.number(),
  first: z.array(z.object({ line: z.number(), reason: z.string() })),
});

export const tableInfo = z.object({
  tableId: z.string(),
  file: z.object({ name: z.string(), bytes: z.number(), sha256: z.string() }),
  /** Data records, and physical lines read. */
  rows: z.number(),
  lines: z.number(),
  dialect,
  decisions: z.array(decision),
  columns: z.array(columnInfo),
  /** Records that were left out. */
  rejected: namedLines,
  /** Records that were read although something was the matter with them. */
  repaired: namedLines,
  /** Texts that a careful person would treat as "no value" in one column; nothing is done until they are in `missingIn`. */
  proposals: z.array(z.object({ column: z.string(), token: z.string(), count: z.number(), because: z.string() })),
  warnings: z.array(z.string()),
  /** Cells not read as their column's type, the first few, for the receipt. Rows count records from 0. */
  failures: z.array(z.object({ column: z.string(), row: z.number(), text: z.string() })),
  seconds: z.number(),
});
export type TableInfo = z.infer<typeof tableInfo>;

/** Which rows are held out. Row numbers count data records of the file from 0, before any row is dropped. Shares are of the used rows. */
export const split = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('fraction'), fraction: z.number().min(0).max(0.9), seed: z.number().int() }),
  z.object({ kind: z.literal('rows'), test: z.array(z.number().int().min(0)) }),
  /** Rows with the same value in the column stay together. */
  z.object({
    kind: z.literal('grouped'),
    column: z.string(),
    fraction: z.number().min(0).max(0.9),
    seed: z.number().int(),
  }),
  /** The last rows in the order of the column (null: of the file) are held out; equal values stay together. */
  z.object({ kind: z.literal('ordered'), column: z.string().nullable(), fraction: z.number().min(0).max(0.9) }),
  /** Rows with one of these values in the column, as texts, are held out. */
  z.object({ kind: z.literal('column'), column: z.string(), test: z.array(z.string()) }),
  /** One fold of (repeated) k-fold: the same folds for the same seed, whatever the method. Both counts from 0. */
  z.object({
    kind: z.literal('fold'),
    folds: z.number().int().min(2),
    fold: z.number().int().min(0),
    repeat: z.number().int().min(0),
    seed: z.number().int(),
    /** Rows with the same value in this column are in the same fold; null for none. */
    groups: z.string().nullable(),
  }),
]);
export type Split = z.infer<typeof split>;

export const missingPolicies = ['drop-row', 'mean', 'median', 'most-frequent', 'indicator'] as const;
export const transforms = ['log', 'log1p', 'sqrt', 'yeo-johnson'] as const;
export const targetTransforms = ['none', 'log', 'sqrt', 'yeo-johnson'] as const;

/** What is done to one feature before it is encoded, in this order. Absent is as it was before there was a choice: nothing, or drop-row. */
export const columnPreparation = z.object({
  /** What stands for a missing value; `indicator` is the median (the reference level of a category) and a column that says so. */
  missing: z.enum(missingPolicies).optional(),
  /** Share of the training rows in each tail that is moved to the quantile there; numbers only. */
  winsorise: z.number().gt(0).lt(0.5).optional(),
  transform: z.enum(transforms).optional(),
  /** Categories: the level that all zeros stand for. */
  reference: z.string().optional(),
  /** Categories: levels with fewer training rows than this are one level. */
  pool: z.number().int().min(2).optional(),
  /** Dates: days since the first training row, or year, month, day of the week and, where it varies, hour. */
  date: z.enum(['elapsed', 'parts']).optional(),
});
export type ColumnPreparation = z.infer<typeof columnPreparation>;

export const preprocessings = ['standardise', 'robust', 'whiten', 'none'] as const;

/** From a table to numbers: roles, encoding, scaling and split. Part of every run's recipe. */
export const designRecipe = z.object({
  target: z.string(),
  features: z.array(z.string()),
  /** Features of the gate, or null for the same as the experts'. */
  gateFeatures: z.array(z.string()).nullable(),
  /** Column types set by hand (number <-> category). */
  types: z.record(z.string(), columnType),
  /** By column; absent or without an entry: rows without a value are dropped and nothing else is done. */
  prepare: z.record(z.string(), columnPreparation).optional(),
  /** Scaling for the fit alone: exported numbers are in the units of the encoded vector. */
  preprocess: z.enum(preprocessings),
  /** A column of case weights (0 leaves a row out), or null. */
  weights: z.string().nullable().optional(),
  /** The target as it is fitted; predictions and errors are in the file's units. Absent is none. */
  targetTransform: z.enum(targetTransforms).optional(),
  output: z.enum(['auto', 'none']),
  intercept: z.boolean(),
  split,
});
export type DesignRecipe = z.infer<typeof designRecipe>;

/** A warning about one column. */
const columnWarning = z.object({ column: z.string(), sentence: z.string() });
export type ColumnWarning = z.infer<typeof columnWarning>;

/** What the recipe does to the rows and columns, for the flow line. */
export const flow = z.object({
  read: z.number(),
  rejected: z.number(),
  /** Rows left out because the target, a feature or the column of the split has no value, or the weight is not above 0, and which columns are to blame. */
  dropped: z.number(),
  droppedBy: z.array(z.object({ column: z.string(), rows: z.number() })),
  used: z.number(),
  train: z.number(),
  test: z.number(),
  /** How the rows were divided, in a sentence, where their numbers do not say it. */
  split: z.string().optional(),
  columns: z.number(),
  /** The encoded vector z: one entry a number. */
  encoded: z.array(z.object({ name: z.string(), column: z.string(), level: z.string().nullable() })),
  /** Cells without a value that another stands for, and that value as a person reads it. Absent is none, as with all below. */
  imputed: z
    .array(
      z.object({
        column: z.string(),
        policy: z.enum(missingPolicies),
        value: z.string(),
        train: z.number(),
        test: z.number(),
      }),
    )
    .optional(),
  /** Rare levels that became one. */
  pooled: z
    .array(
      z.object({
        column: z.string(),
        into: z.string(),
        levels: z.array(z.string()),
        train: z.number(),
        test: z.number(),
      }),
    )
    .optional(),
  /** Values moved to a limit, with the limits in the column's units. */
  winsorised: z
    .array(z.object({ column: z.string(), low: z.number(), high: z.number(), train: z.number(), test: z.number() }))
    .optional(),
  /** Rows left out because a step cannot take their value, such as the logarithm of 0; the reason follows the count in words. */
  outside: z.array(z.object({ column: z.string(), rows: z.number(), reason: z.string() })).optional(),
  /** Constant in training and so left out, unseen levels, and the like. */
  warnings: z.array(z.string()),
  /** Those of the warnings that speak against a column as a feature, with that column. */
  flagged: z.array(columnWarning).optional(),
});
export type Flow = z.infer<typeof flow>;
