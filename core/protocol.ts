/**
 * Everything a shell may ask of the core and everything the core may say, in one place. Types derive from the schemas; the core
 * checks every request against them. Replies are results, never exceptions.
 */
import { z } from 'zod';
import type { ErrorFacts } from './error-facts';
import { rowFilter, sought } from './data/rows/types';
import { designRecipe, dialectChoice, flow, tableInfo } from './data/types';
import { correlationKinds } from './data/views/types';
import { experimentInfo, experimentReport } from './experiments/types';
import { check, expertSummary, intervalsReport, metricsReport } from './evaluate/types';
import { modelFile, predictingModel } from './model/model-file';
import { activationIds } from './model/spec';
import type { Result } from './result';
import type { SavedWork } from './store/work';

const option = z.object({
  name: z.string(),
  label: z.string(),
  meaning: z.string(),
  advanced: z.boolean().optional(),
  type: z.enum(['choice', 'number', 'boolean']),
  choices: z.array(z.object({ value: z.string(), label: z.string() })).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  default: z.union([z.string(), z.number(), z.boolean()]),
});

const methodInfo = z.object({
  id: z.string(),
  name: z.string(),
  summary: z.string(),
  promise: z.string(),
  assumes: z.array(z.string()),
  whenNot: z.string(),
  source: z.string(),
  options: z.array(option),
});
export type MethodInfo = z.infer<typeof methodInfo>;

const sampleInfo = z.object({
  id: z.string(),
  name: z.string(),
  sentence: z.string(),
  teaches: z.string(),
  rows: z.number(),
  columns: z.number(),
  target: z.string(),
  licence: z.string(),
  source: z.string(),
});
export type SampleInfo = z.infer<typeof sampleInfo>;

/** A file the host has allowed the core to read. The page knows the id and the name, never the path. */
const fileSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('grant'), id: z.string() }),
  z.object({ kind: z.literal('sample'), id: z.string() }),
]);
export type FileSource = z.infer<typeof fileSource>;

/** What to fit: shared by the form, the command line and model.json. */
export const fitSpec = z.object({
  method: z.string(),
  experts: z.number().int().min(1).max(16),
  activation: z.enum(activationIds),
  seed: z.number().int(),
  restarts: z.number().int().min(1).max(1000),
  /** A number is a fixed sigma in target units; null lets the data decide (DESIGN 4: per-expert unless the target is discrete). */
  noise: z.union([z.enum(['per-expert', 'shared']), z.number().positive()]).nullable(),
  polish: z.boolean().nullable(),
  maxIterations: z.number().int().min(1),
  tolerance: z.number().positive(),
  /** Seconds, or null for none. */
  timeLimit: z.number().positive().nullable(),
  options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** A fitted model to start from (the option start=given), in original units. */
  initial: predictingModel.optional(),
});
export type FitSpec = z.infer<typeof fitSpec>;

export const curvePoint = z.object({
  iteration: z.number(),
  seconds: z.number(),
  stage: z.string(),
  /** Mean per row in nats, target in original units. Null where a stage has none. */
  logLikelihood: z.number().nullable(),
  objective: z.number().nullable(),
  parameterChange: z.number().nullable(),
  trainRmse: z.number().nullable(),
  testRmse: z.number().nullable(),
  /** Mean over the rows of KL(r_t ‖ r_{t+1}), nats: how far the responsibilities moved since the last iteration. */
  kl: z.number().nullable(),
});
export type CurvePoint = z.infer<typeof curvePoint>;

export const startState = z.object({
  index: z.number(),
  label: z.string(),
  state: z.enum(['waiting', 'running', 'ended']),
  stage: z.string(),
  termination: z.string().nullable(),
  best: z.boolean(),
});
export type StartState = z.infer<typeof startState>;

/** New points of one start's curve; `replace` when the curve was thinned and is sent whole (at most 1,000 points). */
const curveUpdate = z.object({
  start: z.number(),
  replace: z.boolean(),
  points: z.array(curvePoint),
  stages: z.array(z.object({ iteration: z.number(), seconds: z.number(), label: z.string() })),
});
export type CurveUpdate = z.infer<typeof curveUpdate>;

const runProgress = z.object({
  runId: z.string(),
  state: z.enum(['queued', 'running']),
  starts: z.array(startState),
  curves: z.array(curveUpdate),
  elapsed: z.number(),
  /** 0 to 1: an honest guess from iterations and starts done. */
  fraction: z.number(),
});
export type RunProgress = z.infer<typeof runProgress>;

const termination = z.object({ code: z.string(), stage: z.string(), iterations: z.number(), seconds: z.number() });

/** fit --json (public). */
export const fitReport = z.object({
  model: modelFile,
  metrics: metricsReport,
  termination,
  checks: z.array(check),
  starts: z.array(
    z.object({
      method: z.string(),
      seed: z.number(),
      label: z.string(),
      logLikelihood: z.number(),
      termination: z.string(),
    }),
  ),
});
export type FitReport = z.infer<typeof fitReport>;

/** Predictions of a sample of rows for the charts (at most 5,000; `of` says how many there are). */
const numbers = z.custom<Float64Array>((value) => value instanceof Float64Array);
const pointSample = z.object({
  of: z.number(),
  row: numbers,
  actual: numbers,
  prediction: numbers,
  sd: numbers,
  /** Index of the likeliest expert under the gate. */
  expert: numbers,
});
export type PointSample = z.infer<typeof pointSample>;

/** How fast EM converges at the fit, predicted and observed: the share of the error that an iteration keeps. */
const rateReport = z.object({
  /** The largest eigenvalue of the missing over the complete information; null where it could not be told, which the sentence says. */
  predicted: z.number().nullable(),
  /** From the last iterations of the start that was kept; null where there were too few. */
  observed: z.number().nullable(),
  iterationsPerDigit: z.number().nullable(),
  sentence: z.string(),
});
export type RateReport = z.infer<typeof rateReport>;

/** A finished run as the application keeps it: complete without the core. */
export const runResult = z.object({
  runId: z.string(),
  recipe: z.object({ tableId: z.string(), design: designRecipe, fit: fitSpec, sha256: z.string() }),
  report: fitReport,
  intervals: intervalsReport,
  experts: z.array(expertSummary),
  points: z.object({ train: pointSample, test: pointSample.nullable() }),
  /** Null where the fit does not end in joint EM. */
  rate: rateReport.nullable(),
  notes: z.array(z.string()),
  /** True when the user cancelled and this is the best seen until then. */
  partial: z.boolean(),
  /** The same run from the command line. */
  command: z.string(),
});
export type RunResult = z.infer<typeof runResult>;

const runFinished = z.discriminatedUnion('state', [
  z.object({ state: z.literal('done'), runId: z.string(), result: runResult }),
  z.object({
    state: z.literal('failed'),
    runId: z.string(),
    error: z.object({ code: z.string(), message: z.string() }),
  }),
  z.object({ state: z.literal('cancelled'), runId: z.string() }),
]);
export type RunFinished = z.infer<typeof runFinished>;

/** An experiment on its way: what it has found so far, at most twice a second. */
const experimentProgress = z.object({
  runId: z.string(),
  done: z.number(),
  total: z.number(),
  elapsed: z.number(),
  report: experimentReport,
});
export type ExperimentProgress = z.infer<typeof experimentProgress>;

/** A cancelled experiment keeps what was done. */
const experimentFinished = z.discriminatedUnion('state', [
  z.object({ state: z.literal('done'), runId: z.string(), elapsed: z.number(), report: experimentReport }),
  z.object({ state: z.literal('cancelled'), runId: z.string(), elapsed: z.number(), report: experimentReport }),
  z.object({
    state: z.literal('failed'),
    runId: z.string(),
    error: z.object({ code: z.string(), message: z.string() }),
  }),
]);
export type ExperimentFinished = z.infer<typeof experimentFinished>;

const sort = z.object({ column: z.string(), descending: z.boolean() }).nullable();
/** All of them must hold; absent is none. It narrows what is seen, never what is fitted. */
const filter = z.array(rowFilter).optional();

/** method -> what goes in, what comes out. */
export const requests = {
  'engine/hello': {
    params: z.object({}),
    result: z.object({
      version: z.string(),
      workers: z.number(),
      methods: z.array(methodInfo),
      samples: z.array(sampleInfo),
    }),
  },
  'engine/memory': { params: z.object({}), result: z.object({ bytes: z.number() }) },
  /** Bytes that fits may use from now on (null: as it is): more rows than fit are read from files. Tells what holds. */
  'engine/limit': {
    params: z.object({ bytes: z.number().min(1).nullable() }),
    result: z.object({ bytes: z.number() }),
  },
  /** Reads a table, or the table of a project together with the work that the project keeps. */
  'data/open': {
    params: z.object({ source: fileSource, dialect: dialectChoice }),
    result: tableInfo.extend({ project: z.custom<SavedWork>().optional() }),
  },
  /** Lines of the file as they stand, from the first or from a later one (from 1), and how each is cut into cells. */
  'data/raw': {
    params: z.object({
      tableId: z.string(),
      lines: z.number().int().min(1).max(200),
      from: z.number().int().min(1).optional(),
    }),
    result: z.object({
      lines: z.array(z.object({ line: z.number(), text: z.string(), cells: z.array(z.string()) })),
    }),
  },
  /** Rows of the grid: original text of every cell, with the record number of each row. `total` counts the rows that the filter shows. */
  'data/page': {
    params: z.object({
      tableId: z.string(),
      offset: z.number().int().min(0),
      limit: z.number().int().min(1).max(1000),
      sort,
      filter,
    }),
    result: z.object({
      rows: z.array(
        z.object({
          row: z.number(),
          cells: z.array(z.string().nullable()),
          /** A letter a cell: v is a value, 0 the number zero, m no value, f a value that its column cannot use. */
          states: z.string(),
        }),
      ),
      total: z.number(),
    }),
  },
  /** The next cell in sight after a place, or before it; round the end to the beginning. `position` counts the rows in sight from 0. */
  'data/find': {
    params: z.object({
      tableId: z.string(),
      what: sought,
      filter,
      sort,
      from: z.object({ position: z.number().int(), column: z.number().int() }),
      backwards: z.boolean(),
    }),
    result: z.object({
      found: z.object({ position: z.number(), column: z.number(), row: z.number(), nth: z.number() }).nullable(),
      count: z.number(),
    }),
  },
  /** Different values of a column with the cells that hold each, the most frequent first; those with a text in them. */
  'data/levels': {
    params: z.object({
      tableId: z.string(),
      column: z.string(),
      contains: z.string(),
      offset: z.number().int().min(0),
      limit: z.number().int().min(1).max(1000),
    }),
    result: z.object({
      levels: z.array(z.object({ value: z.string(), count: z.number() })),
      total: z.number(),
    }),
  },
  /**
   * Points to draw: the rows with a value in every column of `columns`, or at most `limit` of them drawn at random, the same ones
   * each time. `by` is a further column that the marks show; a row without a value there is drawn (NaN). Of `total` rows, `of` have
   * all values. Numbers of a column of texts count `levels`, and one more stands for every other text.
   */
  'data/points': {
    params: z.object({
      tableId: z.string(),
      columns: z.array(z.string()).min(1).max(8),
      by: z.string().nullable(),
      limit: z.number().int().min(1).max(5000),
      filter,
    }),
    result: z.object({
      total: z.number(),
      of: z.number(),
      row: numbers,
      columns: z.array(numbers),
      levels: z.array(z.array(z.string()).nullable()),
      by: z.object({ values: numbers, levels: z.array(z.string()).nullable() }).nullable(),
    }),
  },
  /** Correlations of every pair of columns of numbers over the rows that have both, as many as `counts`: c x c by row, NaN where undefined. */
  'data/correlations': {
    params: z.object({
      tableId: z.string(),
      columns: z.array(z.string()).min(1).max(60),
      kind: z.enum(correlationKinds),
      filter,
    }),
    result: z.object({ columns: z.array(z.string()), rows: z.number(), values: numbers, counts: numbers }),
  },
  /** The bytes of a project file with this table and this work, which the core checks part by part; the host writes them. */
  'project/pack': {
    params: z.object({
      tableId: z.string(),
      work: z.custom<SavedWork>((value) => typeof value === 'object' && value !== null),
    }),
    result: z.object({ bytes: z.custom<Uint8Array>() }),
  },
  'data/close': { params: z.object({ tableId: z.string() }), result: z.object({}) },
  /** What a recipe does to the rows, what the data say about the methods' assumptions, and what each method will cost. */
  'design/prepare': {
    params: z.object({ tableId: z.string(), design: designRecipe, fit: fitSpec }),
    result: z.object({
      flow,
      checks: z.array(check),
      /** Rows for each number to fit, and how many numbers. */
      parameters: z.number(),
      /** Bytes that the rows take and may take, and whether they are read from files at every pass; in a sentence as well. */
      memory: z
        .object({
          rows: z.number(),
          columns: z.number(),
          matrix: z.number(),
          inMemory: z.number(),
          needed: z.number(),
          allowed: z.number(),
          onFile: z.boolean(),
          disk: z.number(),
          sentence: z.string(),
        })
        .optional(),
      methods: z.array(
        z.object({
          id: z.string(),
          /** Why it cannot run here, in one sentence, or null. */
          refusal: z.string().nullable(),
          fits: z.number(),
          seconds: z.number(),
          /** Passes over the training rows of each fit, about. */
          passes: z.number().optional(),
          assumes: z.array(check),
        }),
      ),
    }),
  },
  /** The first used rows as the experts get them: encoded, in original units, before they are scaled. */
  'design/preview': {
    params: z.object({
      tableId: z.string(),
      design: designRecipe,
      limit: z.number().int().min(1).max(1000),
      /** That of the form, so that its design is not built twice. */
      activation: z.enum(activationIds).default('linear'),
    }),
    result: z.object({
      columns: z.array(z.string()),
      /** In the order of the file; row numbers count its records from 0. */
      rows: z.array(z.object({ row: z.number(), split: z.enum(['train', 'test']), values: z.array(z.number()) })),
      /** Used rows. */
      total: z.number(),
    }),
  },
  'fit/start': {
    params: z.object({ runId: z.string(), tableId: z.string(), design: designRecipe, fit: fitSpec }),
    result: z.object({}),
  },
  /** Stop within 0.2 s and keep the best parameters so far, or drop a queued run. */
  'fit/cancel': { params: z.object({ runId: z.string() }), result: z.object({}) },
  /** The starts of this run go before those of others that wait; for who looks at it. */
  'fit/first': { params: z.object({ runId: z.string() }), result: z.object({}) },
  /** Rows of a result: gate probabilities, prediction and residual; computed from the model, so any kept result can be asked. */
  'result/page': {
    params: z.object({
      tableId: z.string(),
      design: designRecipe,
      model: modelFile,
      which: z.enum(['all', 'train', 'test']),
      offset: z.number().int().min(0),
      limit: z.number().int().min(1).max(1000),
      sort: z
        .object({ by: z.enum(['row', 'actual', 'prediction', 'residual', 'sd', 'certainty']), descending: z.boolean() })
        .nullable(),
    }),
    result: z.object({
      total: z.number(),
      rows: z.array(
        z.object({
          row: z.number(),
          split: z.enum(['train', 'test']),
          actual: z.number(),
          prediction: z.number(),
          sd: z.number(),
          gates: z.array(z.number()),
          means: z.array(z.number()),
        }),
      ),
    }),
  },
  /** Gate probabilities along one column, the others at their medians (categories at the most frequent level). */
  'result/gate-curve': {
    params: z.object({ tableId: z.string(), design: designRecipe, model: modelFile, column: z.string() }),
    result: z.object({
      /** Grid positions (numbers) or level names. */
      x: z.array(z.union([z.number(), z.string()])),
      gates: z.array(z.array(z.number())),
      prediction: z.array(z.number()),
      /** A sample of the column's training values, for the rug. */
      rug: z.array(z.number()),
    }),
  },
  /** The files an export consists of, with their text; the host saves them. */
  'result/export': {
    params: z.object({
      format: z.string(),
      tableId: z.string(),
      design: designRecipe,
      model: modelFile,
      curves: z.array(z.object({ start: z.number(), points: z.array(curvePoint) })),
    }),
    result: z.object({
      files: z.array(z.object({ name: z.string(), mime: z.string(), content: z.custom<string | Uint8Array>() })),
    }),
  },
  /** Nobody looks at the result any more: what is kept of its rows is given back. */
  'result/close': { params: z.object({ model: modelFile }), result: z.object({}) },
  'experiments/list': { params: z.object({}), result: z.object({ experiments: z.array(experimentInfo) }) },
  /** Runs one of the papers' tables or figures; seeds null is as many as it is meant for. */
  'experiment/start': {
    params: z.object({
      runId: z.string(),
      name: z.string(),
      seeds: z.number().int().min(1).max(1000).nullable(),
      quick: z.boolean(),
      /** Open tables to run besides those that ship, where the experiment takes tables. */
      tables: z.array(z.object({ tableId: z.string(), target: z.string() })),
    }),
    result: z.object({}),
  },
  'experiment/cancel': { params: z.object({ runId: z.string() }), result: z.object({}) },
  'export/formats': {
    params: z.object({}),
    result: z.object({ formats: z.array(z.object({ id: z.string(), name: z.string(), sentence: z.string() })) }),
  },
} as const;

export type Method = keyof typeof requests;
export type Params<M extends Method> = z.input<(typeof requests)[M]['params']>;
export type Reply<M extends Method> = z.infer<(typeof requests)[M]['result']>;

export const events = {
  'run/progress': runProgress,
  'run/finished': runFinished,
  'experiment/progress': experimentProgress,
  'experiment/finished': experimentFinished,
} as const;
export type EventName = keyof typeof events;
export type EventData<E extends EventName> = z.infer<(typeof events)[E]>;

/** What travels from a client to the core. */
export const requestMessage = z.object({
  type: z.literal('request'),
  id: z.number(),
  method: z.string(),
  params: z.unknown(),
});
export type RequestMessage = z.infer<typeof requestMessage>;

/** What travels to a client: from the core, or from the host about the core. */
export type ClientMessage =
  | { type: 'reply'; id: number; result: Result<unknown> }
  | { type: 'event'; event: EventName; data: unknown }
  | { type: 'host'; status: HostStatus }
  /** The user opened a file outside the page: on the command line, from the menu, with the operating system. */
  | { type: 'open'; file: Grant };

/** A file the host lets the core read, as the page knows it. */
export interface Grant {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
}

/** Why the core is not there: what the host saw, or that the page lost the host itself. */
export type CoreEnd =
  'out-of-memory' | 'crashed' | 'killed' | 'unresponsive' | 'exited' | 'launch-failed' | 'disconnected';

/** The host's word about the core's process. `reason` is the cause in words. */
export type HostStatus =
  | { state: 'starting' }
  | { state: 'ready'; restarts: number }
  /** The core ended without being asked; the host starts it again, at most three times. */
  | { state: 'restarting'; cause: CoreEnd; reason: string; attempt: number }
  | { state: 'gone'; cause: CoreEnd; reason: string };

/** What the host says to the core it started (its own channel, never the page's). */
export const controlMessage = z.discriminatedUnion('type', [
  /** In Electron the client's MessagePort travels with this message; elsewhere its messages come as client-message. */
  z.object({ type: z.literal('client-open'), client: z.number() }),
  z.object({ type: z.literal('client-message'), client: z.number(), message: z.unknown() }),
  z.object({ type: z.literal('client-close'), client: z.number() }),
  /** The user chose this file; clients may open it by the id. */
  z.object({ type: z.literal('grant'), id: z.string(), name: z.string(), path: z.string() }),
  /** Asks for a sign of life: the core says `alive`. */
  z.object({ type: z.literal('ping') }),
  z.object({ type: z.literal('shutdown') }),
]);
export type ControlMessage = z.infer<typeof controlMessage>;

/** What the core says to its host. */
export type CoreMessage =
  | { type: 'ready' }
  | { type: 'client-message'; client: number; message: ClientMessage }
  | { type: 'alive' }
  /** A mistake of ours, for the host's log. */
  | { type: 'error'; error: ErrorFacts };
