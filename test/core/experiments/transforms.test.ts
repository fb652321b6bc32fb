import { expect, test } from 'vitest';
import { effortOf, runTask } from '../../../core/experiments/run';
import { concluded, reportOf } from '../../../core/experiments/lib/report';
import { transforms } from '../../../core/experiments/transforms';

const effort = effortOf(transforms, null, true);
const measured = transforms.tasks(effort, []).map((task) => {
  const result = runTask(transforms, { experiment: 'transforms', task, effort, tables: [], cancel: new Int32Array(1) });
  if (!result.ok || result.value === null) throw new Error('not measured');
  return result.value;
});
const report = concluded(transforms, reportOf(transforms, effort, measured));

test('Every coefficient of every response agrees with the table, and the laws of sigma are exact', () => {
  const asked = report.rows.filter(({ threshold }) => threshold !== null);
  expect(asked).toHaveLength(11);
  expect(asked.filter(({ verdict }) => verdict !== 'met')).toEqual([]);
});

test('The published ReLU system fails its own conditions and turns the constant of the fourth moment negative', () => {
  const published = report.rows.filter(({ method }) => method === 'system as published');
  const value = (metric: string) => published.find((row) => row.metric === metric)?.median;
  expect(value('a')).toBeCloseTo(-7.03, 2);
  expect(value('b')).toBeCloseTo(12.5, 2);
  expect(value('c')).toBeCloseTo(-6.44, 2);
  expect(value('c4')).toBeCloseTo(-1.51, 2);
  expect(value('largest of the three conditions')).toBeCloseTo(1.1247, 3);
  expect(published.filter(({ verdict }) => verdict === 'not reproduced')).toHaveLength(2);
  expect(report.findings.at(-1)).toContain('The published ReLU system (Gated-NN, Example 2) is wrong');
});

test('The constant c4 stays positive with the corrected system only', () => {
  const [corrected, published] = report.figures[0].series;
  expect(corrected.points.every(({ median }) => median > 0)).toBe(true);
  expect(published.points.some(({ median }) => median < 0)).toBe(true);
  expect(published.points[0].median).toBeCloseTo(corrected.points[0].median, 9);
});
