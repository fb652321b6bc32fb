import { z } from 'zod';

const errors = z.object({
  rows: z.number(),
  rmse: z.number(),
  mae: z.number(),
  r2: z.number(),
  logLikelihood: z.number(),
});
export type Metrics = z.infer<typeof errors>;
export const metrics = errors;

const both = z.object({ train: errors, test: errors.nullable() });

/** The `metrics` of fit --json (public). */
export const metricsReport = both.extend({ baselines: z.object({ mean: both, ols: both }) });
export type MetricsReport = z.infer<typeof metricsReport>;

export const check = z.object({ id: z.string(), light: z.enum(['green', 'amber', 'red']), sentence: z.string() });
export type Check = z.infer<typeof check>;

/** A 95% interval, by bootstrap over rows. */
export const interval = z.object({ low: z.number(), high: z.number() });
const errorIntervals = z.object({ rmse: interval, mae: interval });
export const intervalsReport = z.object({
  model: z.object({ train: errorIntervals, test: errorIntervals.nullable() }),
  mean: z.object({ train: errorIntervals, test: errorIntervals.nullable() }),
  ols: z.object({ train: errorIntervals, test: errorIntervals.nullable() }),
  /** Resamples of each part of at most 5,000 rows; larger parts use the normal approximation, 0 when all do. */
  draws: z.number(),
});
export type IntervalsReport = z.infer<typeof intervalsReport>;

/** What one expert is and where it applies. Rows are counted by their likeliest expert under the gate. */
export const expertSummary = z.object({
  /** A, B, C ...: its place in the model, which is by share of all training rows. */
  letter: z.string(),
  /** Mean gate probability over the training rows. */
  share: z.number(),
  rows: z.object({ train: z.number(), test: z.number() }),
  rmse: z.object({ train: z.number().nullable(), test: z.number().nullable() }),
  sigma: z.number(),
  /**
   * Constant of the line y = constant + sum slope_j z_j in original units (not centred): the expert's equation where it is linear, else
   * the line of its average effects (see evaluate/average-line).
   */
  constant: z.number(),
  /** One entry an encoded column: slope in original units, its effect of one training standard deviation. */
  terms: z.array(
    z.object({
      name: z.string(),
      column: z.string(),
      level: z.string().nullable(),
      slope: z.number(),
      perSd: z.number(),
    }),
  ),
  /** Where it applies: quartiles of each numeric column over its training rows, most telling columns first. */
  ranges: z.array(
    z.object({
      column: z.string(),
      q25: z.number(),
      median: z.number(),
      q75: z.number(),
      allMedian: z.number(),
      shift: z.number(),
    }),
  ),
  /** A finding in words: where it applies and what it says. */
  sentence: z.string(),
  /** The equation as text in original units; evaluates to the expert's mean. */
  equation: z.string(),
});
export type ExpertSummary = z.infer<typeof expertSummary>;
