import type { CurvePoint } from '../../../core/protocol';
import type { ChartControl, ChartSettings } from '../chart';
import type { Mark } from '../identity';

/** One start's curve as it has arrived so far (at most 1,000 points). */
export interface Curve {
  readonly start: number;
  /** False once the start has ended in a way that disqualifies it (a sigma on its floor, divergence). */
  readonly sound: boolean;
  readonly points: readonly CurvePoint[];
  /** Where a stage begins. */
  readonly stages: readonly { readonly iteration: number; readonly seconds: number; readonly label: string }[];
}

/** A run as the convergence chart sees it. */
export interface ConvergenceRun {
  readonly id: string;
  readonly name: string;
  readonly mark: Mark;
  readonly running: boolean;
  /** Ended without a result: what it had reached when it was cut short is drawn, and compared with nothing. */
  readonly broken: boolean;
  /** Log-likelihoods may be compared between runs with the same key: same rows, same target. */
  readonly rowsKey: string;
  /** Fits with the same key estimate the same model, so that their optima may be called the same or another. */
  readonly modelKey: string;
  readonly unit: string | null;
  /** The start that leads, or won. */
  readonly best: number | null;
  readonly curves: readonly Curve[];
}

export interface ConvergenceData {
  readonly runs: readonly ConvergenceRun[];
  /** What the runs have in common, for the caption: "824 rows, k = 3". */
  readonly common: string;
}

export type Quantity = 'excess' | 'likelihood' | 'train' | 'test' | 'change';
export interface ConvergenceAxes {
  readonly across: 'iteration' | 'seconds';
  readonly acrossLog: boolean;
  readonly up: Quantity;
  readonly upLog: boolean;
}

const values: Record<Quantity, (point: CurvePoint) => number | null> = {
  excess: (point) => point.logLikelihood,
  likelihood: (point) => point.logLikelihood,
  train: (point) => point.trainRmse,
  test: (point) => point.testRmse,
  change: (point) => point.parameterChange,
};

const finite = (value: number | null): value is number => value !== null && Number.isFinite(value);

export function convergenceControls(data: ConvergenceData, chosen: ChartSettings = {}): ChartControl[] {
  const heldOut = data.runs.some((run) =>
    run.curves.some((curve) => curve.points.some((point) => finite(point.testRmse))),
  );
  const scale = [
    { value: 'log', label: 'log' },
    { value: 'linear', label: 'linear' },
  ];
  return [
    {
      id: 'across',
      label: 'Across',
      choices: [
        { value: 'iteration', label: 'Iterations' },
        { value: 'seconds', label: 'Seconds' },
      ],
      initial: 'iteration',
    },
    { id: 'acrossScale', label: '', choices: scale, initial: 'log' },
    {
      id: 'up',
      label: 'Up',
      choices: [
        { value: 'excess', label: 'Below best' },
        { value: 'likelihood', label: 'Log-likelihood' },
        { value: 'train', label: 'Training error' },
        ...(heldOut ? [{ value: 'test', label: 'Held-out error' }] : []),
        { value: 'change', label: 'Change' },
      ],
      initial: 'excess',
    },
    // Log-likelihoods are of either sign: they have no logarithm.
    ...(chosen.up === 'likelihood' ? [] : [{ id: 'upScale', label: '', choices: scale, initial: 'log' }]),
  ];
}

export const axesOf = (settings: ChartSettings): ConvergenceAxes => ({
  across: settings.across === 'seconds' ? 'seconds' : 'iteration',
  acrossLog: settings.acrossScale !== 'linear',
  up: settings.up as Quantity,
  upLog: settings.upScale !== 'linear' && settings.up !== 'likelihood',
});

/** Data are never changed after they are made, so what is worked out from them once holds. */
const bestOf = new WeakMap<ConvergenceData, ReadonlyMap<string, number>>();

/** The highest log-likelihood seen on the same rows, by `rowsKey`. */
export function bestSeen(data: ConvergenceData): ReadonlyMap<string, number> {
  const known = bestOf.get(data);
  if (known) return known;
  const best = new Map<string, number>();
  for (const run of data.runs) {
    for (const curve of run.curves.filter((candidate) => candidate.sound)) {
      for (const { logLikelihood } of curve.points) {
        if (finite(logLikelihood)) best.set(run.rowsKey, Math.max(best.get(run.rowsKey) ?? -Infinity, logLikelihood));
      }
    }
  }
  bestOf.set(data, best);
  return best;
}

/** A point to be plotted, with the point of the fit it stands for. */
export interface Sample {
  readonly x: number;
  readonly y: number;
  readonly point: CurvePoint;
}

const shortestSecond = 1e-3;

/**
 * A curve in the chosen quantities; points without a value (moments have no likelihood) are left out. On a log axis iterations
 * are shifted by one, so that iteration 0 is shown, and times below a millisecond stand at a millisecond.
 */
export function samples(curve: Curve, axes: ConvergenceAxes, best: number): Sample[] {
  const out: Sample[] = [];
  for (const point of curve.points) {
    const value = values[axes.up](point);
    if (!finite(value)) continue;
    const y = axes.up === 'excess' ? best - value : value;
    const x =
      axes.across === 'iteration'
        ? point.iteration + (axes.acrossLog ? 1 : 0)
        : axes.acrossLog
          ? Math.max(point.seconds, shortestSecond)
          : point.seconds;
    out.push({ x, y, point });
  }
  return out;
}

/**
 * At most `limit` of the samples, evenly spread over the axis as it is drawn, the last always among them. For the faint
 * restarts, which are read as a band and not point by point.
 */
export function thin(all: readonly Sample[], limit: number, log: boolean): readonly Sample[] {
  if (all.length <= limit) return all;
  const scale = (x: number): number => (log ? Math.log(x) : x);
  const low = scale(all[0].x);
  const step = (scale(all[all.length - 1].x) - low) / (limit - 1) || 1;
  const out: Sample[] = [];
  let next = low;
  for (const sample of all) {
    if (scale(sample.x) < next - 1e-12) continue;
    out.push(sample);
    next = Math.max(next + step, scale(sample.x));
  }
  if (out[out.length - 1] !== all[all.length - 1]) out.push(all[all.length - 1]);
  return out;
}

/** The curve drawn strongly: the leading start's, or the only one there is. */
export const leadingCurve = (run: ConvergenceRun): Curve | null =>
  run.curves.find((curve) => curve.start === run.best) ?? run.curves[0] ?? null;
