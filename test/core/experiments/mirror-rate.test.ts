import { expect, test } from 'vitest';
import { mirrorRate } from '../../../core/experiments/mirror-rate';
import { gradientDescent } from '../../../core/experiments/lib/gradient-descent';
import { concluded, reportOf } from '../../../core/experiments/lib/report';
import { simulatedProblem } from '../../../core/experiments/lib/problems';
import { objective } from '../../../core/model/likelihood';
import { copyParameters } from '../../../core/model/spec';

const effort = { seeds: 1, quick: true };

test('the predicted rate is that of the EM map and of its iterates, and EM is the fastest of the three', () => {
  const task = mirrorRate.tasks(effort, [])[0];
  const measured = mirrorRate.run(task, effort, [], new Int32Array(1));
  const report = concluded(mirrorRate, reportOf(mirrorRate, effort, [measured]));
  const median = (method: string, metric: string) =>
    report.rows.find((row) => row.method === method && row.metric === metric)?.median ?? Number.NaN;
  expect(report.rows.filter(({ threshold }) => threshold !== null)).toHaveLength(3);
  expect(report.rows.filter(({ verdict }) => verdict === 'missed')).toEqual([]);
  const iterations = ['EM', 'gradient EM', 'gradient descent'].map((method) =>
    median(method, 'iterations to a hundredth of the error'),
  );
  expect(iterations[0]).toBeLessThan(iterations[1]);
  expect(iterations[1]).toBeLessThan(iterations[2]);
  expect(median('missing information', 'rate')).toBeGreaterThan(0.1);
  const figure = report.figures.find(({ series }) => series.length > 0);
  expect(figure?.series.map(({ name }) => name)).toEqual(['EM', 'gradient EM', 'gradient descent']);
  expect(report.findings[0]).toContain(task.setting);
  expect(report.findings.at(-1)).toBe('All 3 thresholds asked are met.');
  const why = 'Gradient EM is faster than gradient descent';
  expect(report.findings.join(' ')).toContain(`${why} in 1 of 1 settings`);
  const alike = report.rows.map((row) => (row.metric.startsWith('iterations') ? { ...row, median: 40 } : row));
  expect(mirrorRate.findings({ ...report, rows: alike }).join(' ')).not.toContain(why);
});

test('a step of gradient descent never raises the loss and leaves the last gate at 0', () => {
  const shape = { rows: 400, features: 5, experts: 3, inputs: 'gaussian', gates: 'random', seed: 2 } as const;
  for (const sigma of [0.3, 2]) {
    const { problem, truth } = simulatedProblem({ ...shape, sigma }, { noise: { kind: 'fixed', sigma }, gateRidge: 0 });
    const start = copyParameters(truth);
    start.expertWeights.reverse();
    let before = Number.NEGATIVE_INFINITY;
    let steps = 0;
    for (const parameters of gradientDescent(problem, start)) {
      const now = objective(problem, parameters);
      expect(now).toBeGreaterThan(before);
      expect(parameters.gateWeights.subarray(10).every((weight) => weight === 0)).toBe(true);
      before = now;
      if (steps++ > 30) break;
    }
  }
});
