/**
 * How well spectral-em and its variants recover simulated mixtures, and what it predicts on real tables:
 *   node scripts/run-ts.mjs test/bench/recovery.ts [numeric.csv ...]     the target is the last column; SEEDS=10 for fewer
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { SimulationSettings } from '../../core/data/synthetic';
import type { Settings } from '../../core/fit/method';
import { runStart, type StartResult } from '../../core/fit/run';
import { completeSettings } from '../../core/fit/settings';
import { spectralEm } from '../../core/fit/spectral-em';
import { recovery } from '../../core/model/match';
import { summarise } from '../../core/model/predict';
import type { Problem } from '../../core/model/problem';
import { simulatedProblem, tableProblem } from './problems';

const SEEDS = Number(process.env.SEEDS ?? 20);
const SPLITS = 6;

function settingsOf(polish: boolean, options: Record<string, string | number>): Settings {
  const settings = completeSettings(spectralEm, { polish, options });
  if (!settings.ok) throw new Error(settings.error.message);
  return settings.value;
}

function fitted(problem: Problem, polish: boolean, options: Record<string, string | number>): StartResult {
  const settings = settingsOf(polish, options);
  const now = () => performance.now() / 1000;
  const [start] = spectralEm.starts(problem, settings);
  const result = runStart(problem, spectralEm, settings, start, 0, { now, timeLimit: null, onEvent: () => undefined });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  return sorted[low] + (at - low) * ((sorted[low + 1] ?? sorted[low]) - sorted[low]);
}

const median = (values: readonly number[]) => quantile(values, 0.5).toFixed(4);
const spread = (values: readonly number[]) =>
  `${median(values)} [${quantile(values, 0.25).toFixed(4)}, ${quantile(values, 0.75).toFixed(4)}]`;

interface Variant {
  readonly name: string;
  readonly polish?: boolean;
  readonly options?: Record<string, string | number>;
}

/** The moments, as published and polished. */
const estimators: readonly Variant[] = ['regression', 'raw'].flatMap((moments) => [
  { name: `${moments}, as published`, options: { moments } },
  { name: `${moments}, polished`, polish: true, options: { moments } },
]);
const decompositions: readonly Variant[] = ['jacobi', 'power', 'orth-als'].map((decomposition) => ({
  name: `decomposition ${decomposition}`,
  options: { decomposition },
}));
const gatings: readonly Variant[] = ['em', 'gradient-em', 'moments'].map((gating) => ({
  name: `gate by ${gating}`,
  options: { gating },
}));
const mixtures: readonly Variant[] = [
  { name: 'scores of two normals', options: { moments: 'gmm', components: 2 } },
  { name: 'scores of normals by BIC', options: { moments: 'gmm' } },
  { name: 'regression', options: { moments: 'regression' } },
  { name: 'two normals, polished', polish: true, options: { moments: 'gmm', components: 2 } },
];

function printSimulated(settings: Omit<SimulationSettings, 'seed'>, variants: readonly Variant[]): void {
  const { rows, features, experts, sigma, inputs, gates, activation } = settings;
  console.log(
    `\nk=${experts} d=${features} n=${rows} sigma=${sigma} ${activation} experts, ${inputs} inputs, ${gates} gates; ${SEEDS} seeds, median [quartiles]`,
  );
  const simulations = Array.from({ length: SEEDS }, (_, seed) => simulatedProblem({ ...settings, seed }));
  for (const { name, polish = false, options = {} } of variants) {
    const runs = simulations.map(({ problem, truth }) => {
      const result = fitted(problem, polish, options);
      return { ...recovery(result.parameters, truth), seconds: result.seconds, iterations: result.iterations };
    });
    console.log(
      `  ${name.padEnd(26)} regressor fit ${spread(runs.map((run) => run.regressorFit))}  gating fit ${spread(runs.map((run) => run.gatingFit))}` +
        `  E(A,W) ${median(runs.map((run) => run.error))}  iterations ${quantile(
          runs.map((run) => run.iterations),
          0.5,
        )}  ${median(runs.map((run) => run.seconds))} s`,
    );
  }
}

function readNumbers(path: string): number[][] {
  const [, ...lines] = readFileSync(path, 'utf8').trim().split(/\r?\n/);
  return lines.map((line) => line.split(',').map(Number));
}

function printTable(path: string): void {
  const table = readNumbers(path);
  console.log(
    `\n${basename(path)}: ${table.length} rows, ${table[0].length - 1} features; ${SPLITS} random 75/25 splits, median test MSE / var(y)`,
  );
  for (const k of [2, 3, 4]) {
    const cells = (
      [
        ['base none', false, 'none'],
        ['base least-squares', false, 'least-squares'],
        ['base auto', false, 'auto'],
        ['polished', true, 'auto'],
      ] as const
    ).map(([name, polish, base]) => {
      const endings = new Map<string, number>();
      const errors = Array.from({ length: SPLITS }, (_, seed) => {
        const problem = tableProblem(table, k, 0.25, seed);
        const { parameters, termination } = fitted(problem, polish, { base });
        endings.set(termination, (endings.get(termination) ?? 0) + 1);
        // The target is standardised on training rows: its variance is 1.
        return problem.test
          ? summarise(problem.test, parameters, { id: 'linear' }, problem.cancel).rmse ** 2
          : Number.NaN;
      });
      const unusual = [...endings].filter(([code]) => code !== 'converged').map(([code, count]) => ` ${count} ${code}`);
      return `${name} ${quantile(errors, 0.5).toFixed(3)}${unusual.length ? ` (${unusual.join(',').trim()})` : ''}`;
    });
    console.log(`  k=${k}  ${cells.join('   ')}`);
  }
}

const papers = { features: 10, inputs: 'gaussian', gates: 'random', activation: 'linear' } as const;
const quiet = { ...papers, experts: 2, sigma: 0.1 } as const;
printSimulated({ ...quiet, rows: 2000 }, [...estimators, ...gatings]);
printSimulated({ ...quiet, rows: 8000 }, estimators);
printSimulated({ ...papers, experts: 3, rows: 8000, sigma: 0.5 }, [...estimators, ...decompositions]);
printSimulated({ ...papers, experts: 4, rows: 8000, sigma: 0.5 }, [...estimators, ...decompositions]);
for (const share of ['.1', '.3', '.5', '.7', '.9'])
  printSimulated({ ...quiet, rows: 2000, inputs: `gmm:${share}` }, mixtures);
for (const [activation, sigma] of [
  ['sigmoid', 0.05],
  ['tanh', 0.1],
  ['relu', 0.1],
  ['leaky-relu', 0.1],
] as const)
  printSimulated({ ...quiet, rows: 20000, sigma, activation }, estimators);
for (const path of process.argv.slice(2)) printTable(path);
