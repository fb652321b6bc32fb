import { rowsForMoments } from '../evaluate/checks/rows-for-moments';
import { recovery } from '../model/match';
import type { ProblemInMemory } from '../model/problem';
import type { Claim, Effort, Experiment, Measured } from './experiment';
import { thresholdFindings } from './lib/findings';
import { fitWith, type FitChoice } from './lib/fitting';
import { metricNames, observe, tasksOf } from './lib/measure';
import { simulatedProblem } from './lib/problems';
import type { ExperimentFigure, ExperimentReport } from './types';

interface Shape {
  readonly experts: number;
  readonly features: number;
}

const shapes: readonly Shape[] = [
  { experts: 2, features: 10 },
  { experts: 3, features: 10 },
  { experts: 4, features: 10 },
  { experts: 3, features: 20 },
  { experts: 6, features: 10 },
];
const nameOf = ({ experts, features }: Shape): string => `${experts} experts, ${features} features`;
const shapeOf = new Map(shapes.map((shape) => [nameOf(shape), shape]));

const SIGMA = 0.5;
const ROWS = [1000, 2000, 4000, 8000, 16_000, 64_000];
const QUICK_ROWS = ROWS.filter((rows) => rows <= 8000);

/** How the directions are found. One iteration of the gate is enough: it does not move them. */
interface Finder {
  readonly figure: string;
  readonly name: string;
  readonly method: string;
  readonly choice: FitChoice;
}
const REGRESSION = 'regression moments';
const finders: readonly Finder[] = [
  {
    figure: 'regression',
    name: REGRESSION,
    method: 'spectral-em',
    choice: { maxIterations: 1, options: { moments: 'regression' } },
  },
  {
    figure: 'averages',
    name: 'plain averages (as published)',
    method: 'spectral-em',
    choice: { maxIterations: 1, options: { moments: 'raw' } },
  },
  { figure: 'l4', name: 'L4', method: 'l4-llog', choice: { maxIterations: 1 } },
];

const { regressorFit } = metricNames;
const settingOf = (shape: string, rows: number): string => `${shape}, n = ${rows}`;
const claim = (shape: Shape, rows: number, value: number): Claim => ({
  setting: settingOf(nameOf(shape), rows),
  method: REGRESSION,
  metric: regressorFit,
  threshold: { statistic: 'median', operator: '>=', value },
});

/** The first rows of a problem. */
function firstRows(problem: ProblemInMemory, n: number): ProblemInMemory {
  const { x, y } = problem.train;
  return { ...problem, train: { n, x: x.subarray(0, n * problem.d), y: y.subarray(0, n), weights: null } };
}

function measure(name: string, seed: number, { quick }: Effort, cancel: Int32Array): Measured {
  const shape = shapeOf.get(name);
  if (!shape) throw new Error(`There is no setting ${name}.`);
  const sizes = quick ? QUICK_ROWS : ROWS;
  const rows = sizes[sizes.length - 1];
  const drawn = { ...shape, rows, sigma: SIGMA, inputs: 'gaussian', gates: 'random', seed } as const;
  const { problem, truth } = simulatedProblem(drawn, { cancel });
  const curves = finders.map(({ figure, name: method, method: id, choice }) => {
    const fits = sizes.map(
      (n) => recovery(fitWith(firstRows(problem, n), id, choice, seed).parameters, truth).regressorFit,
    );
    return {
      line: { figure, series: name, x: sizes, y: fits },
      observations: sizes.flatMap((n, at) => observe(settingOf(name, n), method, { [regressorFit]: fits[at] })),
    };
  });
  return {
    observations: curves.flatMap(({ observations }) => observations),
    lines: curves.map(({ line }) => line),
  };
}

/** Directions are called reliable from here. */
const RELIABLE = 0.95;

/** Where the median line first reaches it, between two numbers of rows on their logarithms; null where it does not. */
export function rowsNeeded(points: readonly { readonly x: number; readonly median: number }[]): number | null {
  const at = points.findIndex(({ median }) => median >= RELIABLE);
  if (at < 0) return null;
  if (at === 0) return points[0].x;
  const [before, after] = [points[at - 1], points[at]];
  const part = (RELIABLE - before.median) / (after.median - before.median);
  return before.x * (after.x / before.x) ** part;
}

const figureOf = (id: string, title: string): Omit<ExperimentFigure, 'series'> => ({
  id,
  title,
  x: { label: 'rows', scale: 'log' },
  y: { label: 'regressor fit', scale: 'linear' },
});

/** Two digits: how many rows are needed is not known better. */
const about = (rows: number): string => Number(rows.toPrecision(2)).toLocaleString('en-GB');

/** At which number of rows each way of finding them brings the directions near enough, a sentence a shape. */
function needs({ figures }: ExperimentReport): string[] {
  return [...shapeOf].flatMap(([shape, { experts, features }]) => {
    const reached = finders.flatMap(({ figure, name }) => {
      const points = figures.find(({ id }) => id === figure)?.series.find((series) => series.name === shape)?.points;
      return points === undefined || points.length === 0 ? [] : [`${name} ${reach(points)}`];
    });
    if (reached.length === 0) return [];
    const rule = `the check before a fit asks for ${about(rowsForMoments(experts, features))}`;
    return [`${shape}, rows for a median fit of ${RELIABLE}: ${reached.join(', ')}; ${rule}.`];
  });
}

function reach(points: ExperimentFigure['series'][number]['points']): string {
  const needed = rowsNeeded(points);
  if (needed === null) return `more than ${about(points[points.length - 1].x)}`;
  return needed === points[0].x ? `at most ${about(needed)}` : `about ${about(needed)}`;
}

/** How many rows the directions from moments need. */
export const sampleSize: Experiment = {
  name: 'sample-size',
  title: 'Rows that moments need',
  source: 'The methods of Gridlock and Gated-NN, in settings of our own',
  question: 'From how many rows on are the directions found from moments close to the true ones?',
  seeds: 20,
  claims: [claim(shapes[1], 8000, 0.98), claim(shapes[2], 8000, 0.94)],
  figures: [
    figureOf('regression', 'Regression moments'),
    figureOf('averages', 'Plain averages, as published'),
    figureOf('l4', 'L4, fourth moments'),
  ],
  tasks: ({ seeds, quick }) => tasksOf(quick ? shapes.slice(0, 3).map(nameOf) : shapes.map(nameOf), seeds),
  run: ({ setting, seed }, effort, _tables, cancel) => measure(setting, seed, effort, cancel),
  findings: (report) => [...needs(report), ...thresholdFindings(report)],
};
