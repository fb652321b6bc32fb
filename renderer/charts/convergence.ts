import { count, list, significant, withUnit } from '../format';
import type { Chart, ChartStop, ChartTable } from './chart';
import { axesOf, bestSeen, convergenceControls } from './convergence/curves';
import type { ConvergenceAxes, ConvergenceData, ConvergenceRun, Sample } from './convergence/curves';
import { convergenceOption, faintCurves, strongLines } from './convergence/plot';
import { convergenceCaption, readValue, sameOptimum } from './convergence/words';

/** How the chosen runs approach their optimum: one line a run, restarts faint behind it. */
export const convergence: Chart<ConvergenceData> = {
  id: 'convergence',
  applies: (data) => data.runs.some((run) => run.curves.some((curve) => curve.points.length > 0)),
  title: (data, settings) => finding(data, axesOf(settings)),
  caption(data, settings) {
    const restarts = data.runs.reduce((sum, run) => sum + Math.max(0, run.curves.length - 1), 0);
    return convergenceCaption(data, axesOf(settings), faintCurves(data).length, restarts);
  },
  controls: convergenceControls,
  option: (data, theme, size, settings) => convergenceOption(data, theme, size, axesOf(settings)),
  table: (data) => curveTable(data),
  stops: (data, settings) => crosshair(data, axesOf(settings)),
};

/** What the curves show, from the last value of each run's leading start. */
function finding(data: ConvergenceData, axes: ConvergenceAxes): string {
  const lines = strongLines(data, { ...axes, up: axes.up === 'change' ? 'excess' : axes.up });
  const running = data.runs.filter((run) => run.running).length;
  if (!lines.length) return running ? 'The curve starts when the first likelihood is known' : 'No curve was kept';
  const sound = lines.filter((line) => !line.run.broken);
  if (!sound.length) return lines.length === 1 ? `${lines[0].run.name} was cut short` : 'Every run was cut short';
  const ends = sound.map((line) => ({ run: line.run, last: line.samples[line.samples.length - 1] }));
  if (axes.up === 'train' || axes.up === 'test') return errorFinding(ends, axes, running);
  const keys = new Set(sound.map((line) => line.run.rowsKey));
  if (keys.size > 1) return 'These runs used different rows: each is measured against the best on its own';
  if (ends.length === 1) return single(ends[0].run, ends[0].last);
  const best = bestSeen(data).get(ends[0].run.rowsKey) ?? 0;
  const gap = (end: (typeof ends)[number]): number => best - (end.last.point.logLikelihood ?? -Infinity);
  const ordered = [...ends].sort((a, b) => gap(a) - gap(b));
  const together = ordered.filter((end) => gap(end) - gap(ordered[0]) <= sameOptimum);
  if (running) return `${ordered[0].run.name} leads; ${running === 1 ? 'one run goes on' : `${running} runs go on`}`;
  const end = new Set(together.map(({ run }) => run.modelKey)).size === 1 ? 'optimum' : 'likelihood';
  if (together.length === ordered.length) return `All ${ordered.length} runs end at the same ${end}`;
  if (together.length > 1) return `${list(together.map(({ run }) => run.name))} end at the same ${end}, the highest`;
  const next = gap(ordered[1]) - gap(ordered[0]);
  return `${ordered[0].run.name} ends highest; ${ordered[1].run.name} ${significant(next, 2)} nats a row below`;
}

function single(run: ConvergenceRun, last: Sample): string {
  if (!run.running && last.point.iteration === 0) return `${run.name} was solved in one step`;
  const iteration = count(last.point.iteration);
  return run.running ? `${run.name} is at iteration ${iteration}` : `${run.name} ended after iteration ${iteration}`;
}

function errorFinding(
  ends: readonly { run: ConvergenceRun; last: Sample }[],
  axes: ConvergenceAxes,
  running: number,
): string {
  const [lowest] = [...ends].sort((a, b) => a.last.y - b.last.y);
  const value = withUnit(significant(lowest.last.y, 3), lowest.run.unit);
  const which = axes.up === 'train' ? 'Training' : 'Held-out';
  if (ends.length === 1) return `${which} error ${running ? 'is at' : 'ends at'} ${value}`;
  return `${which} error: ${lowest.run.name} ${running ? 'is lowest so far' : 'ends lowest'}, ${value}`;
}

function curveTable(data: ConvergenceData): ChartTable {
  return {
    columns: [
      'run',
      'start',
      'stage',
      'iteration',
      'seconds',
      'log_likelihood',
      'parameter_change',
      'train_rmse',
      'test_rmse',
    ],
    rows: data.runs.flatMap((run) =>
      run.curves.flatMap((curve) =>
        curve.points.map((point) => [
          run.name,
          curve.start,
          point.stage,
          point.iteration,
          // The clock's own steps are no finer.
          Number(point.seconds.toFixed(3)),
          point.logLikelihood,
          point.parameterChange,
          point.trainRmse,
          point.testRmse,
        ]),
      ),
    ),
  };
}

const stopCount = 60;

/** The crosshair stands at up to 60 positions of the longest line; at each, every run's value there (its last before). */
function crosshair(data: ConvergenceData, axes: ConvergenceAxes): ChartStop[] {
  const lines = strongLines(data, axes);
  const xs = lines.flatMap((line) => line.samples.map((sample) => sample.x)).sort((a, b) => a - b);
  if (!xs.length) return [];
  const unique = xs.filter((x, i) => i === 0 || x > xs[i - 1]);
  const scale = (x: number): number => (axes.acrossLog ? Math.log(x) : x);
  const step = (scale(unique[unique.length - 1]) - scale(unique[0])) / stopCount;
  const chosen = unique.filter((x, i) => {
    const bin = (value: number): number => (step > 0 ? Math.floor((scale(value) - scale(unique[0])) / step) : 0);
    return i === unique.length - 1 || bin(unique[i + 1]) !== bin(x);
  });
  return chosen.map((x) => ({
    x,
    y: null,
    read: () => ({
      title:
        axes.across === 'iteration' ? `Iteration ${count(x - (axes.acrossLog ? 1 : 0))}` : `${significant(x, 3)} s`,
      entries: lines.flatMap(({ run, samples: line }) => {
        const at = line.findLast((sample) => sample.x <= x);
        const ended = line[line.length - 1].x < x;
        return at
          ? [{ mark: run.mark, name: run.name, value: `${readValue(run, at, axes)}${ended ? ', ended' : ''}` }]
          : [];
      }),
    }),
  }));
}
