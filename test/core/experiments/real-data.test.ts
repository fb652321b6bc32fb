import { expect, test } from 'vitest';
import type { NumericTable } from '../../../core/experiments/experiment';
import { realData } from '../../../core/experiments/real-data';
import { random } from '../../../core/random';
import { quickly, row } from './quickly';

/** Two planes that meet where the first feature is 0, with noise .2. */
function ridgeTable(name: string, d: number): NumericTable {
  const stream = random(7);
  const n = 240;
  const values = new Float64Array(n * (d + 1));
  for (let r = 0; r < n; r++) {
    const at = r * (d + 1);
    for (let j = 0; j < d; j++) values[at + j] = 5 + 2 * stream.normal();
    values[at + d] = 100 + 3 * Math.abs(values[at] - 5) + (values[at + d - 1] - 5) + 0.2 * stream.normal();
  }
  return { name, n, d, values };
}

const report = quickly(realData, ({ seed }) => seed === 1, [ridgeTable('ridge', 2)]);

test('best fits as well as any of the starts it is made of (it is chosen with the gate ridge), and predicts held-out rows better than a line', () => {
  const at = (method: string, metric: string) => row(report, 'ridge, k = 2', method, metric).median;
  for (const method of [
    'EM, one random start',
    'EM, best of the random starts',
    'spectral start, then EM',
    'L4 start, then EM',
  ])
    expect(at('best', 'training log-likelihood')).toBeGreaterThan(at(method, 'training log-likelihood') - 1e-3);
  expect(at('best', 'test MSE / var(y)')).toBeLessThan(0.1 * at('least squares', 'test MSE / var(y)'));
});

test('errors are told in the target’s units and in its variances', () => {
  const mse = row(report, 'ridge, k = 2', 'least squares', 'test MSE / var(y)').median;
  const rmse = row(report, 'ridge, k = 2', 'least squares', 'test RMSE').median;
  // sd(y) of 3 |2 z| + 2 z' is √(36 (1 − 2/π) + 4) = 4.13.
  expect(rmse / Math.sqrt(mse)).toBeCloseTo(4.13, 0);
});

test('a table of too few rows for so many experts is fitted by least squares alone, and that is said', () => {
  const { values, ...small } = ridgeTable('small', 6);
  const few = quickly(realData, ({ seed }) => seed === 1, [{ ...small, n: 24, values: values.slice(0, 24 * 7) }]);
  expect(few.rows.filter(({ setting }) => setting === 'small, k = 3').map(({ method }) => method)).not.toContain(
    'best',
  );
  expect(few.findings.some((sentence) => /^small, k = 3: too few rows/.test(sentence))).toBe(true);
});

test('a start that does not apply has no row: three experts on two features', () => {
  const methods = report.rows.filter(({ setting }) => setting === 'ridge, k = 3').map(({ method }) => method);
  expect(methods).toContain('best');
  expect(methods).not.toContain('spectral start, then EM');
  expect(methods).not.toContain('L4 start, then EM');
});

test('each figure has a line for EM, gradient EM and gradient descent from the same start, and findings speak of every setting', () => {
  const [two, three, four] = report.figures.map(({ series }) => series.map(({ name }) => name));
  const descents = ['EM', 'gradient EM', 'gradient descent', 'gradient descent by Adam'];
  expect(two).toEqual(descents.map((name) => `ridge: ${name}`));
  expect(three).toEqual(two);
  // A quick run has no more than three experts.
  expect(four).toEqual([]);
  const begins = report.figures[0].series.map(({ points }) => points[0].median);
  for (const gap of begins) expect(gap).toBeCloseTo(begins[0], 6);
  for (const setting of ['ridge, k = 2', 'ridge, k = 3'])
    expect(report.findings.filter((sentence) => sentence.startsWith(`${setting}: `))).toHaveLength(3);
  expect(report.findings.join(' ')).not.toContain('NaN');
});
