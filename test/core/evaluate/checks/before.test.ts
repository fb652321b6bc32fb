import { finish } from '../../../../core/turns';
import { describe, expect, test } from 'vitest';
import { checksBefore, checksFor, dataChecks } from '../../../../core/evaluate/checks';
import { checksAfter } from '../../../../core/evaluate/checks/after';
import { bellShaped } from '../../../../core/evaluate/checks/bell-shaped';
import { condition } from '../../../../core/evaluate/checks/condition';
import { correlationOf } from '../../../../core/evaluate/checks/correlation';
import { columnShapes as columnShapesInTurns } from '../../../../core/evaluate/checks/shapes';
import { repeatedRows as repeatedRowsInTurns } from '../../../../core/evaluate/checks/repeated-rows';
import { parameterCount, rowsPerParameter } from '../../../../core/evaluate/checks/rows-per-parameter';
import type { Part } from '../../../../core/evaluate/part';
import { methods } from '../../../../core/fit';
import { momentAssumptions } from '../../../../core/fit/directions/moment-assumptions';
import { random } from '../../../../core/random';
import { twoExperts } from './mixture';

const columnShapes = (...args: Parameters<typeof columnShapesInTurns>) => finish(columnShapesInTurns(...args));
const repeatedRows = (...args: Parameters<typeof repeatedRowsInTurns>) => finish(repeatedRowsInTurns(...args));

const part = (z: ArrayLike<number>, n: number): Part => ({
  rows: Array.from({ length: n }, (_, i) => i),
  z: Float64Array.from(z),
  actual: Float64Array.from({ length: n }, (_, i) => i),
  weights: null,
});
const numeric = (name: string) => ({ name, column: name, level: null });
const stream = random(3);
const normals = (count: number) => Array.from({ length: count }, () => stream.normal());
const size = {
  experts: 3,
  expertColumns: 8,
  gateColumns: 8,
  intercept: true,
  gateIntercept: true,
  noise: 'per-expert',
} as const;

describe('rows for each number', () => {
  test('three experts of eight columns are 27 + 18 + 3 numbers', () => expect(parameterCount(size)).toBe(48));

  test('shared or fixed noise, no intercepts and a narrower gate have fewer', () => {
    expect(parameterCount({ ...size, noise: 'shared' })).toBe(46);
    expect(parameterCount({ ...size, noise: 'fixed', intercept: false })).toBe(24 + 16);
    expect(parameterCount({ ...size, gateColumns: 2 })).toBe(27 + 6 + 3);
  });

  test.each([
    [960, 'green'],
    [480, 'amber'],
    [100, 'red'],
  ] as const)('%i rows are %s', (rows, light) => expect(rowsPerParameter(rows, size).light).toBe(light));
});

describe('bell-shaped inputs', () => {
  const shape = (z: number[]) => {
    const rows = part(z, z.length / 2);
    return bellShaped(columnShapes(rows, 2), [numeric('a'), numeric('b')]);
  };

  test('the moments of 1, 2, 3, 10 are those worked by hand', () => {
    const [{ mean, sd, skewness, excessKurtosis }] = columnShapes(part([1, 2, 3, 10], 4), 1);
    // Deviations -3, -2, -1, 6: second moment 12.5, third 45, fourth 348.5.
    expect(mean).toBe(4);
    expect(sd).toBeCloseTo(Math.sqrt(12.5), 14);
    expect(skewness).toBeCloseTo(45 / 12.5 ** 1.5, 14);
    expect(excessKurtosis).toBeCloseTo(348.5 / 12.5 ** 2 - 3, 14);
  });

  test('normal columns are green', () => expect(shape(normals(4000)).light).toBe('green'));

  test('the most skewed column is named', () => {
    const check = shape(normals(4000).map((value, i) => (i % 2 === 0 ? value : Math.exp(value))));
    expect(check.light).toBe('red');
    expect(check.sentence).toContain('b is the furthest');
  });

  test('indicators of a category are never bell-shaped', () => {
    const rows = part(normals(40), 20);
    const check = bellShaped(columnShapes(rows, 2), [numeric('a'), { name: 's=M', column: 's', level: 'M' }]);
    expect(check.light).not.toBe('green');
    expect(check.sentence).toContain('1 is a category');
    expect(bellShaped(columnShapes(rows, 2).slice(1), [{ name: 's=M', column: 's', level: 'M' }]).light).toBe('red');
  });

  test('a number of two values is not bell-shaped, though its skewness and kurtosis are small', () => {
    const check = shape(normals(4000).map((value, i) => (i % 2 === 0 ? value : Number(value > 0))));
    expect(check.light).not.toBe('green');
    expect(check.sentence).toContain('1 has fewer than ten values');
  });

  test('different values are counted up to ten', () => {
    const z = Array.from({ length: 60 }, (_, i) => [i % 2, i % 9, i]).flat();
    expect(columnShapes(part(z, 60), 3).map(({ values }) => values)).toEqual([2, 9, 10]);
  });
});

describe('condition of the inputs', () => {
  const names = [numeric('a'), numeric('b'), numeric('c')];
  const check = (third: (a: number, b: number) => number) => {
    const z = Array.from({ length: 500 }, () => normals(2)).flatMap(([a, b]) => [a, b, third(a, b)]);
    const rows = part(z, 500);
    return condition(correlationOf(rows, columnShapes(rows, 3)), names);
  };

  test('independent columns are green', () => expect(check(() => stream.normal()).light).toBe('green'));

  test('a nearly repeated column is amber and both are named', () => {
    const { light, sentence } = check((a) => a + 0.02 * stream.normal());
    expect(light).toBe('amber');
    expect(sentence).toMatch(/most of all (a and c|c and a)/);
  });

  test('an exact sum of others is red', () => expect(check((a, b) => a + b).light).toBe('red'));

  test('a constant column is nobody’s copy', () => expect(check(() => 7).light).toBe('green'));

  test('one column has nothing to be confused with', () => {
    const rows = part(normals(10), 10);
    expect(condition(correlationOf(rows, columnShapes(rows, 1)), [numeric('a')]).light).toBe('green');
  });
});

describe('repeated rows', () => {
  const rows = (values: number[]): Part => ({ ...part(values, values.length), actual: Float64Array.from(values) });

  test('different rows are green, and so is a target that differs', () => {
    expect(repeatedRows(rows([1, 2, 3]), null, 1).light).toBe('green');
    expect(repeatedRows(part([1, 1, 1], 3), null, 1).sentence).toBe('No row repeats another.');
  });

  test('half the rows repeated is amber, with the count', () => {
    const check = repeatedRows(rows([1, 1, 2, 2]), null, 1);
    expect(check.light).toBe('amber');
    expect(check.sentence).toContain('2 training rows repeat another (50%)');
  });

  test('held-out rows that repeat training rows are red', () => {
    expect(repeatedRows(rows([1, 2, 3]), rows([1, 2]), 1).light).toBe('red');
  });

  test('zero and minus zero are the same value', () => {
    expect(repeatedRows(rows([0, -0]), null, 1).sentence).toContain('1 training row repeats another');
  });
});

test('each method is shown the general checks and those its promise rests on', async () => {
  const rows = part(normals(200), 100);
  const data = await dataChecks(rows, null, [numeric('a'), numeric('b')]);
  const checks = checksBefore(data, 100, { ...size, expertColumns: 2, gateColumns: 2 });
  expect(checks.map(({ id }) => id)).toContain('bell-shaped');
  expect(checks.find(({ id }) => id === 'experts-within-features')?.light).toBe('red');
  expect(checksFor(checks, {}).map(({ id }) => id)).toEqual(['rows-per-parameter', 'condition', 'repeated-rows']);
  expect(checksFor(checks, { restsOn: ['bell-shaped'] }).map(({ id }) => id)).toContain('bell-shaped');
});

test('every check a method rests on is made before the fit, by the method or after it', async () => {
  const rows = part(normals(200), 100);
  const data = await dataChecks(rows, null, [numeric('a'), numeric('b')]);
  const before = checksBefore(data, 100, { ...size, expertColumns: 2, gateColumns: 2 });
  const after = finish(checksAfter(twoExperts({ gate: 1, gap: 1, sigma: 1 })));
  const made = [...before, ...after].map(({ id }) => id);
  for (const { restsOn = [] } of methods) expect(made).toEqual(expect.arrayContaining([...restsOn]));
  expect(checksFor(after, {}).map(({ id }) => id)).not.toContain('slopes-independent');
  expect(checksFor(after, { restsOn: momentAssumptions }).map(({ id }) => id)).toContain('slopes-independent');
});
