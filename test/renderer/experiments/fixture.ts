import type {
  ExperimentFigure,
  ExperimentInfo,
  ExperimentReport,
  ExperimentRow,
} from '../../../core/experiments/types';

export const info: ExperimentInfo = {
  name: 'gridlock-figure-3',
  title: 'Error against iteration',
  source: 'Gridlock, figure 3',
  question: 'Does EM get stuck?',
  seeds: 20,
  takesTables: false,
};

export const row = (change: Partial<ExperimentRow> = {}): ExperimentRow => ({
  setting: 'k = 3',
  method: 'random EM',
  metric: 'E(A, W)',
  median: 0.31,
  q25: 0.28,
  q75: 0.4,
  mean: 0.33,
  min: 0.2,
  max: 0.9,
  seeds: 20,
  published: null,
  threshold: null,
  verdict: null,
  ...change,
});

/** Errors that fall with the iteration, in a band of a tenth to both sides. */
const falling = (name: string, from: number, seeds = 20): ExperimentFigure['series'][number] => ({
  name,
  seeds,
  points: [0, 1, 2, 4, 8].map((x) => {
    const median = from / (1 + x);
    return { x, median, low: 0.9 * median, high: 1.1 * median };
  }),
});

export const figure: ExperimentFigure = {
  id: 'k3',
  title: 'Spectral starts are ahead at first',
  x: { label: 'iteration', scale: 'log' },
  y: { label: 'error', scale: 'log' },
  series: [falling('random EM', 2), falling('spectral, then EM', 1)],
};

export const report = (change: Partial<ExperimentReport> = {}): ExperimentReport => ({
  name: info.name,
  title: info.title,
  source: info.source,
  question: info.question,
  quick: false,
  seeds: 20,
  rows: [row()],
  figures: [figure],
  findings: [],
  ...change,
});
