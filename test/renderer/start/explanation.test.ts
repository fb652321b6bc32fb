import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { twoExperts } from '../../../renderer/views/start/two-experts';

const sample = `${process.cwd()}/resources/samples/seattle-weather.csv`;
const [head, ...rows] = readFileSync(sample, 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split(','));
const at = (row: string[], name: string): number => Number(row[head.indexOf(name)]);

test('the two experts that explain themselves on the first screen predict the sample as the list of examples says', () => {
  const { experts, gate } = twoExperts;
  const squares = rows.map((row) => {
    const day = at(row, 'Day of year');
    const first = 1 / (1 + Math.exp(-(gate.constant + gate.slope * day)));
    const [a, b] = experts.map(({ constant, slope }) => constant + slope * day);
    return (at(row, 'Highest temperature (°C)') - first * a - (1 - first) * b) ** 2;
  });
  const rmse = Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / rows.length);
  expect(rmse).toBeCloseTo(3.6, 1);
});

test('the points are days of the sample', () => {
  const days = new Set(rows.map((row) => `${at(row, 'Day of year')} ${at(row, 'Highest temperature (°C)')}`));
  const { points } = twoExperts;
  for (let i = 0; i < points.length; i += 2) expect(days).toContain(`${points[i]} ${points[i + 1]}`);
});
