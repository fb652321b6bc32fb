import { count, significant, withUnit } from '../../format';
import type { ConvergenceAxes, ConvergenceData, ConvergenceRun, Quantity, Sample } from './curves';
import { bestSeen } from './curves';

/** Gains smaller than this many nats a row are the same optimum for a reader. */
export const sameOptimum = 1e-4;

const log = (on: boolean): string => (on ? ' (log)' : '');

export function acrossName(axes: ConvergenceAxes): string {
  if (axes.across === 'seconds') return `seconds${log(axes.acrossLog)}`;
  return axes.acrossLog ? 'iteration + 1 (log)' : 'iteration';
}

const named: Record<Quantity, string> = {
  excess: 'nats a row below best',
  likelihood: 'log-likelihood, nats a row',
  train: 'training RMSE',
  test: 'held-out RMSE',
  change: 'largest change of a parameter',
};

/** The unit stands on the axis when all runs share it. */
export function upName(axes: ConvergenceAxes, data: ConvergenceData): string {
  const units = new Set(data.runs.map((run) => run.unit));
  const unit = units.size === 1 && (axes.up === 'train' || axes.up === 'test') ? [...units][0] : null;
  return `${named[axes.up]}${unit ? `, ${unit}` : ''}${log(axes.upLog)}`;
}

/** The figure beside a line's name; dots while it still moves. */
export function endWords(run: ConvergenceRun, last: Sample, axes: ConvergenceAxes): string {
  const running = run.running ? ' …' : '';
  if (axes.up !== 'excess') return `${significant(last.y, 4)}${running}`;
  return last.y < 1e-7 ? `best${running}` : `${significant(-last.y, 2)}${running}`;
}

/** Value with its meaning, for the crosshair and the reader of the screen. */
export function readValue(run: ConvergenceRun, sample: Sample, axes: ConvergenceAxes): string {
  if (axes.up === 'excess') return `${significant(sample.y, 2)} below best`;
  const value = significant(sample.y, 5);
  return axes.up === 'train' || axes.up === 'test' ? withUnit(value, run.unit) : value;
}

export function convergenceCaption(
  data: ConvergenceData,
  axes: ConvergenceAxes,
  faint: number,
  restarts: number,
): string {
  const best = [...bestSeen(data).values()];
  const what: Record<Quantity, string> = {
    excess:
      best.length === 1
        ? `Training log-likelihood, nats a row below the best seen (${significant(best[0], 5)})`
        : 'Training log-likelihood, nats a row below the best seen on the same rows',
    likelihood: 'Training log-likelihood, nats a row',
    train: 'Root mean squared error on the training rows',
    test: 'Root mean squared error on the held-out rows, which no fit has seen',
    change: 'Largest absolute change of a parameter from one iteration to the next, in standardised units',
  };
  const sentences = [`${what[axes.up]}.`];
  if (data.common) sentences.push(`${data.common}.`);
  if (faint > 0) {
    sentences.push(
      faint < restarts
        ? `Faint: ${count(faint)} of ${count(restarts)} other starts.`
        : `Faint: ${count(restarts)} other starts.`,
    );
  }
  if (axes.across === 'seconds') sentences.push('Seconds since the start of each fit.');
  return sentences.join(' ');
}
