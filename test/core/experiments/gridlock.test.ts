import { describe, expect, test } from 'vitest';
import { gridlockFigure3 } from '../../../core/experiments/gridlock-figure-3';
import { gridlockNonlinear } from '../../../core/experiments/gridlock-nonlinear';
import { gridlockTable1 } from '../../../core/experiments/gridlock-table-1';
import { gridlockTable2 } from '../../../core/experiments/gridlock-table-2';
import type { ExperimentReport, ExperimentRow } from '../../../core/experiments/types';
import { quickly, row } from './quickly';

/** A report in which every row named has this median and mean, for findings alone. */
const reportWith = (rows: readonly (Pick<ExperimentRow, 'setting' | 'method' | 'metric'> & { value: number })[]) =>
  ({
    rows: rows.map(({ value, ...names }) => ({
      ...names,
      ...{ median: value, q25: value, q75: value, mean: value, min: value, max: value, seeds: 20 },
      ...{ published: null, threshold: null, verdict: null },
    })),
  }) as unknown as ExperimentReport;

describe('Gridlock, Table 1', () => {
  const report = quickly(gridlockTable1, ({ setting, seed }) => seed === 1 && setting.endsWith('p = 0.5'));

  test('Regressors and gate are recovered from a mixture of normals, better after joint EM', () => {
    const setting = 'n = 2000, p = 0.5';
    const scores = row(report, setting, 'score functions (as published)', 'regressor fit');
    const polished = row(report, setting, 'score functions, then joint EM', 'regressor fit');
    expect(scores.median).toBeGreaterThan(0.9);
    expect(scores).toMatchObject({ published: '0.91 to 0.94 over p', threshold: 'median >= 0.955', seeds: 1 });
    expect(polished.median).toBeGreaterThan(0.999);
  });

  test('What it says of the published table follows from the measured rows', () => {
    const said = (fit: number, gate: number) =>
      gridlockTable1.findings(
        reportWith([
          ...[0.1, 0.5].map((p) => ({
            ...{ setting: `n = 2000, p = ${p}`, method: 'score functions (as published)' },
            ...{ metric: 'regressor fit', value: fit },
          })),
          {
            ...{ setting: 'n = 2000, p = 0.1', method: 'score functions (as published)' },
            ...{ metric: 'gating fit', value: gate },
          },
        ]),
      )[0];
    expect(said(0.97, 0.98)).toContain('The table is exceeded');
    expect(said(0.93, 0.95)).toContain('The table is reproduced');
    expect(said(0.89, 0.98)).toContain('The table is not reproduced');
  });
});

describe('Gridlock, Table 2', () => {
  const report = quickly(gridlockTable2, ({ seed }) => seed <= 2);

  test.each(['gates in any direction', 'orthogonal gates'])('With %s every method recovers both experts', (gates) => {
    const setting = `n = 2000, ${gates}`;
    const fit = (method: string) => row(report, setting, method, 'regressor fit').median;
    expect(fit('plain averages (as published)')).toBeGreaterThan(0.94);
    expect(fit('regression')).toBeGreaterThan(fit('plain averages (as published)'));
    expect(fit('regression, then joint EM')).toBeGreaterThan(0.999);
    expect(row(report, setting, 'regression, gate by moments (Theorem 3)', 'gating fit').median).toBeGreaterThan(0.94);
    expect(row(report, setting, 'gate by moments, regressors known', 'gating fit').median).toBeGreaterThan(0.95);
  });

  test('What it says of the published table follows from the measured rows', () => {
    const rows = (free: number, orthogonal: number) => [
      ...[
        ['n = 2000, gates in any direction', 'plain averages (as published)', free] as const,
        ['n = 2000, orthogonal gates', 'plain averages (as published)', orthogonal] as const,
        ['n = 2000, gates in any direction', 'regression', 0.99] as const,
      ].map(([setting, method, value]) => ({ setting, method, metric: 'regressor fit', value })),
    ];
    const said = (free: number, orthogonal: number) => gridlockTable2.findings(reportWith(rows(free, orthogonal)))[0];
    expect(said(0.985, 0.97)).toContain('The table is exceeded');
    expect(said(0.97, 0.97)).toContain('The table is reproduced');
    expect(said(0.985, 0.89)).toContain('The table is not reproduced');
    expect(said(0.97, 0.97)).toContain('(published 0.90 ± 0.08)');
    const gating = (setting: string) =>
      gridlockTable2.claims.find(
        (claim) => claim.setting.endsWith(setting) && claim.metric === 'gating fit' && claim.judge !== undefined,
      )!;
    const of = (mean: number) => ({ mean }) as ExperimentRow;
    expect(gating('gates in any direction').published).toBe('0.96 ± 0.02');
    expect(gating('gates in any direction').judge?.(of(0.935))).toBe('not reproduced');
    expect(gating('orthogonal gates').judge?.(of(0.935))).toBe('reproduced');
    expect(gating('orthogonal gates').judge?.(of(0.985))).toBe('reproduced');
    expect(gating('gates in any direction').judge?.(of(0.985))).toBe('exceeded');
  });

  test('Thresholds that belong to more rows are not asked of a quick run', () => {
    expect(report.rows.some(({ setting }) => setting.includes('8000'))).toBe(false);
    expect(report.rows.filter(({ threshold }) => threshold !== null)).toHaveLength(10);
    expect(report.findings.some((sentence) => sentence.includes('thresholds'))).toBe(true);
  });
});

describe('Gridlock, Figure 3', () => {
  const report = quickly(gridlockFigure3, ({ setting, seed }) => seed === 1 && setting === 'k = 3');

  test('In the first iterations moments lead joint EM; at the end joint EM is where EM from the truth is', () => {
    const [figure, other] = report.figures;
    expect(other.series).toEqual([]);
    const line = (name: string) => figure.series.find((series) => series.name === name)!.points;
    const algorithm = line('Algorithms 1 and 2, plain averages (as published)');
    const random = line('joint EM, random start');
    const truth = line('joint EM from the truth');
    expect(algorithm).toHaveLength(41);
    expect(algorithm[3].median).toBeLessThan(random[3].median);
    expect(random[40].median).toBeLessThan(algorithm[40].median);
    expect(random[40].median).toBeCloseTo(truth[40].median, 1);
    expect(line('Algorithms 1 and 2, then joint EM (its iterations)')[40].median).toBeCloseTo(truth[40].median, 1);
  });

  test('Both ways reach what EM from the truth reaches, and the findings say so from the rows', () => {
    expect(row(report, 'k = 3', 'Algorithms 1 and 2, then joint EM', 'success').mean).toBe(1);
    expect(row(report, 'k = 3', 'joint EM, random start', 'success').mean).toBe(1);
    const excess = row(report, 'k = 3', 'joint EM, random start', 'E(A,W) above Algorithms 1 and 2 at the end');
    expect(excess).toMatchObject({ published: 'stuck above Algorithms 1 and 2', verdict: 'not reproduced' });
    const error = (method: string) => row(report, 'k = 3', method, 'E(A,W)').mean;
    const algorithm = 'Algorithms 1 and 2, plain averages (as published)';
    expect(excess.mean).toBeCloseTo(error('joint EM, random start') - error(algorithm), 12);
    expect(report.findings[1]).toContain('does not reproduce with full M-steps: 100%');
  });

  test('Where random starts do fail, the claim that joint EM gets stuck is called reproduced', () => {
    const sentences = gridlockFigure3.findings(
      reportWith(
        (
          [
            ['Algorithms 1 and 2, plain averages (as published)', 'E(A,W)', 0.5],
            ['joint EM, random start', 'E(A,W)', 3],
            ['joint EM from the truth', 'E(A,W)', 0.3],
            ['Algorithms 1 and 2, plain averages (as published)', 'lead after 10 iterations', -1],
            ['joint EM, random start', 'E(A,W) above Algorithms 1 and 2 at the end', 2.5],
            ['joint EM, random start', 'success', 0.2],
          ] as const
        ).map(([method, metric, value]) => ({ setting: 'k = 3', method, metric, value })),
      ),
    );
    expect(sentences[0]).toContain('behind joint EM');
    expect(sentences[1]).toContain('joint EM gets stuck above the algorithm is reproduced: 20%');
  });
});

describe('Gridlock, nonlinear experts', () => {
  const report = quickly(gridlockNonlinear, ({ seed, setting }) => seed === 1 && !setting.startsWith('leaky'));

  test.each(['sigmoid', 'tanh', 'relu'])('Joint EM finishes what the moments of %s begin', (activation) => {
    const setting = `${activation}, n = 2000`;
    expect(row(report, setting, 'regression', 'regressor fit').median).toBeGreaterThan(0.8);
    expect(row(report, setting, 'regression, then joint EM', 'regressor fit').median).toBeGreaterThan(0.999);
    expect(row(report, setting, 'joint EM, random start', 'success').mean).toBe(1);
  });

  test('A wrong sign is told, because the fit of directions does not show it', () => {
    const wrong = gridlockNonlinear.findings(
      reportWith([{ setting: 'relu, n = 2000', method: 'regression', metric: 'signs right', value: 0.75 }]),
    );
    expect(wrong).toEqual([
      'The third moment gives an expert the wrong sign at times, which the fit of directions does not show and the gate does: relu, n = 2000, regression: 25% of the data sets.',
    ]);
  });
});

test.each([gridlockTable1, gridlockTable2, gridlockFigure3, gridlockNonlinear])(
  'Every claim of $name is about a setting that a full run has',
  ({ claims, tasks }) => {
    const settings = new Set(tasks({ seeds: 1, quick: false }, []).map(({ setting }) => setting));
    expect(claims.filter(({ setting }) => !settings.has(setting))).toEqual([]);
  },
);
