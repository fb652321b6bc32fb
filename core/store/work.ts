import { z } from 'zod';
import { columnPreparation, columnType, designRecipe, dialect } from '../data/types';
import { experimentReport } from '../experiments/types';
import { activationIds } from '../model/spec';
import { curvePoint, fitSpec, runResult, startState } from '../protocol';

/**
 * What the page holds beside its table, as a project file keeps it: choices, runs, experiments. Only what has ended is kept; a fit
 * under way is no work yet. Lists stand in for records by column name, because a file may name a column as it likes.
 */

/** Part of a file name inside the project. */
const id = z.string().regex(/^[A-Za-z0-9-]{1,64}$/);
const words = z.object({ label: z.string(), unit: z.string().nullable() });
/** The id of a method, or the name of its option. */
const word = z.string().regex(/^[A-Za-z][A-Za-z0-9-]*$/);
const optionValue = z.union([z.string(), z.number(), z.boolean()]);

const savedError = z.object({
  code: z.string(),
  message: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
});

const curve = z.object({
  start: z.number().int().min(0),
  sound: z.boolean(),
  points: z.array(curvePoint),
  stages: z.array(z.object({ iteration: z.number(), seconds: z.number(), label: z.string() })),
});

/** What was asked of a run, and of which table. */
export const runRecipe = z.object({
  id,
  number: z.number().int().min(1),
  /** Position in the run marks (colour, dash, symbol). */
  slot: z.number().int().min(0).max(9999),
  name: z.string(),
  /** Drawn in the chart. */
  shown: z.boolean(),
  request: z.object({ design: designRecipe, fit: fitSpec }),
  /** The table it was made on, which need not be the project's. */
  table: z.object({
    sha256: z.string(),
    dialect,
    file: z.string(),
    target: words,
    columns: z.array(z.tuple([z.string(), words])),
    complete: z.boolean(),
  }),
});

/** What came of it. */
export const runOutcome = z.object({
  state: z.enum(['done', 'partial', 'failed', 'cancelled', 'interrupted']),
  starts: z.array(startState),
  /** Seconds. */
  elapsed: z.number(),
  fraction: z.number(),
  /** Milliseconds since 1970. */
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  result: runResult.nullable(),
  error: savedError.nullable(),
});

export const runTrace = z.object({ curves: z.array(curve) });

export const savedRun = runRecipe.extend(runOutcome.shape).extend(runTrace.shape);
export type SavedRun = z.infer<typeof savedRun>;

export const savedExperiment = z.object({
  id,
  name: z.string(),
  seeds: z.number().int().min(1).nullable(),
  quick: z.boolean(),
  /** The user's own table that was run besides, by its name. */
  file: z.string().nullable(),
  state: z.enum(['done', 'cancelled', 'failed', 'interrupted']),
  done: z.number(),
  total: z.number(),
  elapsed: z.number(),
  startedAt: z.number(),
  report: experimentReport.nullable(),
  error: savedError.nullable(),
});
export type SavedExperiment = z.infer<typeof savedExperiment>;

/** What was decided about the table. What is optional came later: absent is as it was before there was a choice. */
export const dataChoices = z.object({
  roles: z.array(z.tuple([z.string(), z.enum(['target', 'feature', 'weight', 'ignore'])])),
  /** Types set by hand. */
  types: z.array(z.tuple([z.string(), columnType])),
  /** Features that the experts alone, or the gate alone, looks at. */
  users: z.array(z.tuple([z.string(), z.enum(['experts', 'gate'])])).optional(),
  prepare: z.array(z.tuple([z.string(), columnPreparation])).optional(),
  preparation: z.object({
    preprocess: designRecipe.shape.preprocess,
    output: designRecipe.shape.output,
    intercept: z.boolean(),
    testFraction: z.number().min(0).max(0.9),
    targetTransform: designRecipe.shape.targetTransform,
    /** How rows are held out, with what another kind of split would need; absent is at random. */
    split: z
      .object({
        kind: z.enum(['fraction', 'grouped', 'ordered', 'column', 'fold']),
        column: z.string().nullable(),
        test: z.array(z.string()),
        folds: z.number().int().min(2),
        fold: z.number().int().min(0),
        repeat: z.number().int().min(0),
      })
      .optional(),
  }),
  seed: z.number().int(),
  /** Codes that may mean no value and were left as the values they are: column and text. */
  leftCodes: z.array(z.tuple([z.string(), z.string()])).optional(),
});
export type DataChoices = z.infer<typeof dataChoices>;

/** What stands in the form of the model. */
const modelChoices = z.object({
  settings: z.object({
    experts: fitSpec.shape.experts,
    activation: z.enum(activationIds),
    restarts: fitSpec.shape.restarts,
    noise: fitSpec.shape.noise,
    polish: fitSpec.shape.polish,
    maxIterations: fitSpec.shape.maxIterations,
    tolerance: fitSpec.shape.tolerance,
    timeLimit: fitSpec.shape.timeLimit,
  }),
  seedLocked: z.boolean(),
  /** Ids of the ticked methods; null for those that are ticked at first. */
  methods: z.array(z.string()).nullable(),
  /** Options set by hand: method, name, value. */
  options: z.array(z.tuple([word, word, optionValue])),
  /** The run whose model methods start from that start from a given one. */
  startFrom: id.nullable(),
});
export type ModelChoices = z.infer<typeof modelChoices>;

export const savedWork = z.object({
  data: dataChoices,
  model: modelChoices,
  /** Oldest first. */
  runs: z.array(savedRun),
  /** The run, and the result, that is looked at. */
  selectedRun: id.nullable(),
  shownResult: id.nullable(),
  experiments: z.array(savedExperiment),
});
export type SavedWork = z.infer<typeof savedWork>;
