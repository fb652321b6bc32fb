import { z } from 'zod';

/** What an experiment has found so far: plain data for the command line, the page and files. */

/** One line of the table: a metric of a method in a setting, over the seeds. */
export const experimentRow = z.object({
  setting: z.string(),
  method: z.string(),
  metric: z.string(),
  median: z.number(),
  q25: z.number(),
  q75: z.number(),
  mean: z.number(),
  min: z.number(),
  max: z.number(),
  seeds: z.number(),
  /** The papers' figure in their words, or null where there is none. */
  published: z.string().nullable(),
  /** What a correct implementation reaches, for example "median >= 0.985"; null where nothing is asked. */
  threshold: z.string().nullable(),
  /** Of the threshold: met or missed. Of a published figure or claim: reproduced, exceeded or not reproduced. */
  verdict: z.enum(['met', 'missed', 'reproduced', 'exceeded', 'not reproduced']).nullable(),
});
export type ExperimentRow = z.infer<typeof experimentRow>;

const axis = z.object({ label: z.string(), scale: z.enum(['linear', 'log']) });

/** A figure: a median line and a band between the quartiles for each series. */
export const experimentFigure = z.object({
  id: z.string(),
  title: z.string(),
  x: axis,
  y: axis,
  series: z.array(
    z.object({
      name: z.string(),
      points: z.array(z.object({ x: z.number(), median: z.number(), low: z.number(), high: z.number() })),
      seeds: z.number(),
    }),
  ),
});
export type ExperimentFigure = z.infer<typeof experimentFigure>;

export const experimentReport = z.object({
  name: z.string(),
  title: z.string(),
  source: z.string(),
  question: z.string(),
  quick: z.boolean(),
  /** Seeds asked for. */
  seeds: z.number(),
  rows: z.array(experimentRow),
  figures: z.array(experimentFigure),
  /** What it shows, in sentences made from the figures above; empty until it is finished. */
  findings: z.array(z.string()),
});
export type ExperimentReport = z.infer<typeof experimentReport>;

export const experimentInfo = z.object({
  name: z.string(),
  title: z.string(),
  source: z.string(),
  question: z.string(),
  seeds: z.number(),
  /** Whether tables of the user's are run besides the ones that ship. */
  takesTables: z.boolean(),
});
export type ExperimentInfo = z.infer<typeof experimentInfo>;
