import type { PointSample, RunResult } from '../../../core/protocol';
import type { ConvergenceData, ConvergenceRun, Curve } from '../../../renderer/charts/convergence/curves';
import type { FitView } from '../../../renderer/charts/fit-view';
import { markOf } from '../../../renderer/charts/identity';
import type { ChartTheme } from '../../../renderer/charts/theme';

export const theme: ChartTheme = {
  text: '#111111',
  text2: '#222222',
  text3: '#333333',
  axis: '#444444',
  grid: '#555555',
  background: '#ffffff',
  band: '#666666',
  baseline: '#777777',
  series: ['#000001', '#000002', '#000003', '#000004', '#000005', '#000006'],
  sequential: ['#f0f0f0', '#d0d0d0', '#b0b0b0', '#909090', '#707070', '#505050', '#303030'],
  diverging: ['#000080', '#2020a0', '#4040c0', '#8080e0', '#ffffff', '#e08080', '#c04040', '#a02020', '#800000'],
  sans: 'Sans',
};

export const size = { width: 640, height: 360 };

/** Predictions 10, 12, 14, ... and actual values beside them; experts 0 and 1 in turn. */
export function points(n: number, residual: (index: number) => number): PointSample {
  const prediction = Float64Array.from({ length: n }, (_, i) => 10 + 2 * i);
  return {
    of: n,
    row: Float64Array.from({ length: n }, (_, i) => 3 * i),
    prediction,
    actual: prediction.map((value, i) => value + residual(i)),
    sd: new Float64Array(n).fill(2),
    expert: Float64Array.from({ length: n }, (_, i) => i % 2),
  };
}

export interface Errors {
  readonly test: number;
  readonly low: number;
  readonly high: number;
  readonly line: number;
  readonly train?: number;
}

/** A finished run of two experts whose held-out errors are as given, in MPa. */
export function fitView({ test, low, high, line, train = test }: Errors, change: Partial<RunResult> = {}): FitView {
  const metrics = (rmse: number, rows: number) => ({ rows, rmse, mae: rmse * 0.8, r2: 0.8, logLikelihood: -3.2 });
  const interval = (rmse: { low: number; high: number }) => ({ rmse, mae: rmse });
  const both = (rmse: number) => ({ train: metrics(rmse, 80), test: metrics(rmse, 20) });
  const near = (rmse: number) => interval({ low: rmse * 0.9, high: rmse * 1.1 });
  const alternate = (i: number): number => (i % 2 ? 1 : -1) * (1 + (i % 3) * 0.1);
  const expert = (letter: string, share: number, rmse: number) => ({
    letter,
    share,
    rows: { train: 80 * share, test: 20 * share },
    rmse: { train: rmse, test: rmse * 1.1 },
    sigma: 2,
    constant: 24.7,
    terms: [
      { name: 'Age (day)', column: 'Age (day)', level: null, slope: 0.73, perSd: 46 },
      { name: 'water', column: 'Water', level: null, slope: -0.12, perSd: -2.6 },
    ],
    ranges: [{ column: 'Age (day)', q25: 3, median: 7, q75: 28, allMedian: 28, shift: -0.9 }],
    sentence: 'Mostly up to 28 days.',
    equation: 'strength = 24.7 + 0.73 age - 0.12 water',
  });
  const linear = { intercept: 1, weights: [1, 0] };
  const result: RunResult = {
    runId: 'run',
    recipe: {
      tableId: 'table',
      sha256: 'a'.repeat(64),
      design: {
        target: 'Strength (MPa)',
        features: ['Age (day)', 'Water'],
        gateFeatures: null,
        types: {},
        preprocess: 'standardise',
        output: 'auto',
        intercept: true,
        split: { kind: 'fraction', fraction: 0.2, seed: 1 },
      },
      fit: {
        method: 'joint-em',
        experts: 2,
        activation: 'linear',
        seed: 1,
        restarts: 10,
        noise: null,
        polish: null,
        maxIterations: 500,
        tolerance: 1e-6,
        timeLimit: null,
        options: {},
      },
    },
    report: {
      model: {
        format: 'moe-lab/model',
        version: 1,
        activation: 'linear',
        target: 'Strength (MPa)',
        features: [
          { column: 'Age (day)', kind: 'numeric', missing: { policy: 'drop-row' } },
          { column: 'Water', kind: 'numeric', missing: { policy: 'drop-row' } },
        ],
        pipeline: [{ step: 'drop-missing', columns: ['Age (day)', 'Water'] }],
        columns: [
          { name: 'age', center: 0 },
          { name: 'water', center: 0 },
        ],
        experts: [
          { ...linear, sigma: 2 },
          { ...linear, sigma: 2 },
        ],
        gates: [linear, { intercept: 0, weights: [0, 0] }],
        output: { offset: 0, scale: 1 },
        method: { id: 'joint-em', options: {} },
        seed: 1,
        noise: 'per-expert',
        preprocess: 'standardise',
        data: { file: 'concrete.csv', sha256: 'a'.repeat(64), rows: 100, used: 100, train: 80 },
        termination: { code: 'converged', stage: 'em', iterations: 110, seconds: 1.2 },
        metrics: null,
        createdWith: { version: '0.1.0' },
      },
      metrics: {
        train: metrics(train, 80),
        test: metrics(test, 20),
        baselines: { mean: both(16.2), ols: both(line) },
      },
      termination: { code: 'converged', stage: 'em', iterations: 110, seconds: 1.2 },
      checks: [{ id: 'shape', light: 'amber', sentence: 'Inputs are not bell-shaped' }],
      starts: [
        { method: 'joint-em', seed: 1, label: 'Random start 1', logLikelihood: -3.2, termination: 'converged' },
        { method: 'joint-em', seed: 1, label: 'Random start 2', logLikelihood: -3.25, termination: 'converged' },
      ],
    },
    intervals: {
      model: { train: near(train), test: interval({ low, high }) },
      mean: { train: near(16.2), test: near(16.2) },
      ols: { train: near(line), test: near(line) },
      draws: 2000,
    },
    experts: [expert('A', 0.6, 5), expert('B', 0.4, 6)],
    points: { train: points(80, alternate), test: points(20, alternate) },
    notes: [],
    rate: null,
    partial: false,
    command: 'moe-lab fit concrete.csv --target "Strength (MPa)"',
    ...change,
  };
  return {
    result,
    target: { label: 'Strength', unit: 'MPa' },
    columns: new Map([
      ['Age (day)', { label: 'Age', unit: 'day' }],
      ['Water', { label: 'Water', unit: null }],
    ]),
  };
}

/** A curve whose log-likelihood closes in on `end` by a factor of ten every ten iterations. */
export function curve(start: number, end: number, n = 40, change: Partial<Curve> = {}): Curve {
  return {
    start,
    sound: true,
    points: Array.from({ length: n }, (_, i) => ({
      iteration: i,
      seconds: i / 100,
      stage: 'em',
      logLikelihood: end - 10 ** (-i / 10),
      objective: null,
      parameterChange: i ? 10 ** (-i / 10) : null,
      trainRmse: 6 + 10 ** (-i / 10),
      testRmse: 7 + 10 ** (-i / 10),
      kl: null,
    })),
    stages: [{ iteration: 0, seconds: 0, label: 'joint EM' }],
    ...change,
  };
}

export function convergenceRun(
  slot: number,
  name: string,
  curves: readonly Curve[],
  change: Partial<ConvergenceRun> = {},
): ConvergenceRun {
  return {
    id: name,
    name,
    mark: markOf(slot),
    running: false,
    broken: false,
    rowsKey: 'rows',
    modelKey: 'model',
    unit: 'MPa',
    best: curves[0]?.start ?? null,
    curves,
    ...change,
  };
}

export const convergenceData = (...runs: ConvergenceRun[]): ConvergenceData => ({ runs, common: '80 rows, k = 2' });

/** A text with its unbreakable thin spaces as plain ones. */
export const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

/** Every number anywhere in an option that is not finite, by its path. */
export function notFinite(value: unknown, path = 'option'): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path} = ${value}`];
  if (Array.isArray(value)) return value.flatMap((entry, i) => notFinite(entry, `${path}[${i}]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) => notFinite(entry, `${path}.${key}`));
}
