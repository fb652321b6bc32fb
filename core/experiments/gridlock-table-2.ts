import type { Claim, Experiment } from './experiment';
import { rowOf, spread, thresholdFindings } from './lib/findings';
import { type FitChoice, fitWith } from './lib/fitting';
import { KNOWN, knownGate } from './lib/known-gate';
import { metricNames, recovered, tasksOf } from './lib/measure';
import { simulatedProblem } from './lib/problems';

const { regressorFit, gatingFit, error } = metricNames;

const FREE = 'n = 2000, gates in any direction';
const ORTHOGONAL = 'n = 2000, orthogonal gates';
const LARGE = 'n = 8000, gates in any direction';
const LARGE_ORTHOGONAL = 'n = 8000, orthogonal gates';
const settings: Readonly<Record<string, { rows: number; gates: 'random' | 'orthogonal' }>> = {
  [FREE]: { rows: 2000, gates: 'random' },
  [ORTHOGONAL]: { rows: 2000, gates: 'orthogonal' },
  [LARGE]: { rows: 8000, gates: 'random' },
  [LARGE_ORTHOGONAL]: { rows: 8000, gates: 'orthogonal' },
};

const RAW = 'plain averages (as published)';
const REGRESSION = 'regression';
const POLISHED = 'regression, then joint EM';
const MOMENTS = 'regression, gate by moments (Theorem 3)';
const methods: Readonly<Record<string, FitChoice>> = {
  [RAW]: { options: { moments: 'raw' } },
  [REGRESSION]: { options: { moments: 'regression' } },
  [MOMENTS]: { options: { moments: 'regression', gating: 'moments' } },
  [POLISHED]: { options: { moments: 'regression' }, polish: true },
};

const atLeast = (value: number) => ({ statistic: 'median', operator: '>=', value }) as const;
const atMost = (value: number) => ({ statistic: 'median', operator: '<=', value }) as const;

/** A figure of the table: mean and standard deviation over its runs. */
interface Published {
  readonly mean: number;
  readonly sd: number;
}
const published = {
  [FREE]: { regressor: { mean: 0.9, sd: 0.08 }, gating: { mean: 0.96, sd: 0.02 } },
  [ORTHOGONAL]: { regressor: { mean: 0.93, sd: 0.03 }, gating: { mean: 0.96, sd: 0.03 } },
} as const;
const words = ({ mean, sd }: Published): string => `${mean.toFixed(2)} ± ${sd.toFixed(2)}`;

/** Within a standard deviation of what was published, or beyond it. */
const judged = (reached: number, { mean, sd }: Published) =>
  reached > mean + sd ? 'exceeded' : reached >= mean - sd ? 'reproduced' : 'not reproduced';

const claims: Claim[] = [
  ...([FREE, ORTHOGONAL] as const).flatMap((setting): Claim[] => [
    {
      setting,
      method: RAW,
      metric: regressorFit,
      published: words(published[setting].regressor),
      threshold: atLeast(0.96),
    },
    {
      setting,
      method: RAW,
      metric: gatingFit,
      published: words(published[setting].gating),
      judge: ({ mean }) => judged(mean, published[setting].gating),
    },
    { setting, method: REGRESSION, metric: regressorFit, threshold: atLeast(0.985) },
    { setting, method: POLISHED, metric: regressorFit, threshold: atLeast(0.999) },
    { setting, method: POLISHED, metric: gatingFit, threshold: atLeast(0.98) },
    { setting, method: POLISHED, metric: error, threshold: atMost(0.22) },
  ]),
  { setting: LARGE, method: REGRESSION, metric: regressorFit, threshold: atLeast(0.996) },
  { setting: LARGE, method: POLISHED, metric: error, threshold: atMost(0.11) },
  { setting: LARGE_ORTHOGONAL, method: KNOWN, metric: gatingFit, threshold: atLeast(0.99) },
];

/** Gridlock, Table 2: two experts, gates orthogonal to the regressors or not. */
export const gridlockTable2: Experiment = {
  name: 'gridlock-table-2',
  title: 'Recovery with and without orthogonal gates',
  source: 'Gridlock, Table 2',
  question:
    'Are two experts recovered from 2,000 rows, and does it matter that the gate is orthogonal to the regressors?',
  seeds: 20,
  claims,
  figures: [],
  tasks: ({ seeds, quick }) => tasksOf(quick ? [FREE, ORTHOGONAL] : Object.keys(settings), seeds),
  run({ setting, seed }, _effort, _tables, cancel) {
    const { rows, gates } = settings[setting];
    const drawn = { rows, features: 10, experts: 2, sigma: 0.1, inputs: 'gaussian', gates, seed };
    const { problem, truth } = simulatedProblem(drawn, { cancel });
    const observations = Object.entries(methods).flatMap(([name, choice]) =>
      recovered(setting, name, fitWith(problem, 'spectral-em', choice, seed).parameters, truth),
    );
    return { observations: [...observations, ...knownGate(setting, { problem, truth })], lines: [] };
  },
  findings(report) {
    const free = rowOf(report, FREE, RAW, regressorFit);
    const orthogonal = rowOf(report, ORTHOGONAL, RAW, regressorFit);
    const regression = rowOf(report, FREE, REGRESSION, regressorFit);
    if (!free || !orthogonal || !regression) return [];
    const [inFree, inOrthogonal] = [published[FREE].regressor, published[ORTHOGONAL].regressor];
    const verdicts = [judged(free.mean, inFree), judged(orthogonal.mean, inOrthogonal)];
    // The table is what both of its lines are.
    const verdict = (['not reproduced', 'reproduced'] as const).find((one) => verdicts.includes(one)) ?? 'exceeded';
    // Half of what the two medians are away from 1: less is no difference worth a sentence.
    const matters = Math.abs(free.median - orthogonal.median) > 0.5 * (1 - Math.max(free.median, orthogonal.median));
    return [
      `The table is ${verdict}: the algorithm as published has a mean regressor fit of ${free.mean.toFixed(3)} with gates in any direction (published ${words(inFree)}) and ${orthogonal.mean.toFixed(3)} with orthogonal ones (published ${words(inOrthogonal)}).`,
      matters
        ? `Orthogonal gates matter: ${spread(orthogonal)} against ${spread(free)}.`
        : `Orthogonal gates are not needed: ${spread(orthogonal)} with them, ${spread(free)} without.`,
      `Moments by regression bring the regressors from ${spread(free)} to ${spread(regression)} on the same rows.`,
      ...thresholdFindings(report),
    ];
  },
};
