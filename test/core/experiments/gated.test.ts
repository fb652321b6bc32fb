import { describe, expect, test } from 'vitest';
import { gatedL4 } from '../../../core/experiments/gated-l4';
import { gatedLlog } from '../../../core/experiments/gated-llog';
import { gatedRobustness } from '../../../core/experiments/gated-robustness';
import { ambientDescent, descentErrors, freshBatches, RUN_AWAY } from '../../../core/experiments/lib/l4-descents';
import { axisTruth, drawRows } from '../../../core/experiments/lib/problems';
import { random } from '../../../core/random';
import { quickly, row } from './quickly';

describe('Gated-NN, the experts’ loss', () => {
  const report = quickly(gatedL4, ({ setting, seed }) => seed === 1 && setting === 'k = 2, n = 8000');

  test('L4 of the moments finds the regressors with their signs; the empirical loss in all features runs away', () => {
    const setting = 'k = 2, n = 8000';
    const loss = row(report, setting, 'L4, moments by regression', 'E_reg');
    expect(loss.median).toBeLessThan(0.02);
    expect(loss.threshold).toBe('median <= 0.006');
    expect(row(report, setting, 'L4, moments by regression', 'signs right')).toMatchObject({ min: 1, verdict: 'met' });
    expect(row(report, setting, 'L4, then joint EM', 'E_reg').median).toBeLessThan(1e-3);
    expect(row(report, setting, 'L4 of the rows in all features, no ridge', 'ran away').mean).toBe(1);
    expect(report.findings.join(' ')).toContain('unbounded below: L-BFGS runs away in 100%');
  });

  test('a ridge keeps the same descent at home', () => {
    const truth = axisTruth(2, 6, 0.05);
    const rows = drawRows(truth, 2000, random(1));
    const cancel = new Int32Array(1);
    expect(ambientDescent(truth, rows, { mu: 0.1, lambda: 10, delta: 5 }, 1, cancel).length).toBeLessThan(RUN_AWAY);
    expect(ambientDescent(truth, rows, { mu: 0.1, lambda: 1, delta: 0 }, 1, cancel).length).toBeGreaterThan(RUN_AWAY);
  });

  test('errors on a stream are reported from the first step on, and a raised flag ends it', () => {
    const truth = axisTruth(2, 6, 0.05);
    const options = { weights: { mu: 0.1, lambda: 10, delta: 0 }, steps: 100 };
    const fresh = () => freshBatches(truth, 64, random(1));
    const { steps, errors } = descentErrors(fresh(), truth, options, 1, new Int32Array(1));
    expect(steps).toEqual([0, 50, 100]);
    for (const error of errors) expect(error).toBeGreaterThanOrEqual(0);
    expect(() => descentErrors(fresh(), truth, options, 1, Int32Array.of(1))).toThrow('cancelled');
  });
});

test('Gated-NN, the gate’s loss: descent ends where EM ends, later, and before rows of its own for every step', () => {
  const setting = 'k = 2, sigma = 0.5';
  const report = quickly(gatedLlog, (task) => task.seed === 1 && task.setting === setting);
  const ends = (method: string) => row(report, setting, method, '‖W − W*‖').median;
  const settled = (method: string) => row(report, setting, method, 'iterations to within a tenth of its end').median;
  const [descent, em] = ['projected gradient descent on L_log', 'EM, Newton steps'];
  expect(ends(descent)).toBeCloseTo(ends(em), 3);
  expect(settled(descent)).toBeGreaterThanOrEqual(settled(em));
  expect(ends('L_log, rows of its own for each of 20 steps')).toBeGreaterThan(ends(em));
  expect(ends('projected gradient descent, regressors by L4, noise estimated')).toBeLessThan(0.3);
  const figure = report.figures.find(({ id }) => id === 'k2-s0.5');
  expect(figure?.series.map(({ points }) => points.length)).toEqual([61, 61, 61, 61, 61]);
  expect(report.findings[0]).toContain('ends where EM ends');
});

test('Gated-NN, robustness: other gates and small batches are borne', () => {
  const gates = 'gates that are not orthogonal to the regressors';
  const report = quickly(gatedRobustness, ({ setting, seed }) => seed === 1 && setting === gates);
  for (const method of ['Adam on fresh rows', 'L4, gate by L_log'])
    expect(row(report, gates, method, 'E_reg')).toMatchObject({ verdict: 'reproduced' });
  expect(row(report, gates, 'L4, then joint EM', 'E_reg').median).toBeLessThan(1e-3);
  expect(report.findings.join(' ')).toContain('With gates that are not orthogonal');
});
