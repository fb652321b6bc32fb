import { describe, expect, test } from 'vitest';
import { inputScaling, scaleRow, type InputScaling } from '../../../../core/data/scaling/inputs';
import { finish } from '../../../../core/turns';
import { random } from '../../../../core/random';
import { columnMoments } from '../columns';

type Preprocess = 'standardise' | 'robust' | 'whiten' | 'none';
interface Table {
  readonly z: Float64Array;
  readonly d: number;
  readonly weights?: Float64Array;
  readonly levels?: readonly (string | null)[];
  readonly classes?: readonly number[];
}

const learn = ({ z, d, weights, levels, classes }: Table, preprocess: Preprocess, intercept = true): InputScaling => {
  const n = z.length / d;
  const encoded = Array.from({ length: d }, (_, j) => ({ name: `z${j}`, column: `z${j}`, level: levels?.[j] ?? null }));
  const moments = columnMoments(z, n, d, weights ?? null);
  const rows = { n, x: z, y: new Float64Array(n), weights: weights ?? null };
  const columns = { rows, moments, encoded, classes: classes ?? new Uint8Array(d).fill(3) };
  const found = finish(inputScaling(columns, { preprocess, intercept }));
  if (!found.ok) throw new Error(found.error.message);
  return found.value;
};

/** n rows of d columns, each a mix of the ones before it. */
const mixedColumns = (n: number, d: number, seed: number) => {
  const stream = random(seed);
  const z = new Float64Array(n * d);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < d; j++) {
      z[i * d + j] = (j + 1) * stream.normal() + 100 * j;
      for (let a = 0; a < j; a++) z[i * d + j] += 0.5 * (z[i * d + a] - 100 * a);
    }
  return z;
};

const scaledBy = (z: Float64Array, scaling: InputScaling) => {
  const x = new Float64Array(z.length);
  const d = scaling.centers.length;
  for (let at = 0; at < z.length; at += d) scaleRow(z, at, scaling, x);
  return x;
};

const covariance = (x: Float64Array, d: number, a: number, b: number) => {
  const n = x.length / d;
  const mean = (j: number) => x.filter((_, at) => at % d === j).reduce((sum, value) => sum + value, 0) / n;
  const [ma, mb] = [mean(a), mean(b)];
  let sum = 0;
  for (let i = 0; i < n; i++) sum += (x[i * d + a] - ma) * (x[i * d + b] - mb);
  return sum / (n - 1);
};

describe('standardise and none', () => {
  test('inputs are centred only with intercepts, and left alone without preprocessing', () => {
    const table = { z: Float64Array.of(3, 5, 7), d: 1 };
    expect(learn(table, 'standardise')).toMatchObject({ centers: Float64Array.of(5), scales: Float64Array.of(2) });
    expect(learn(table, 'standardise', false)).toMatchObject({
      centers: Float64Array.of(0),
      scales: Float64Array.of(2),
    });
    expect(learn(table, 'none')).toMatchObject({ centers: Float64Array.of(0), scales: Float64Array.of(1) });
  });
});

describe('robust', () => {
  test('centres numbers by the median and scales them by the quartiles; an outlier moves neither', () => {
    const values = Float64Array.from({ length: 101 }, (_, i) => i);
    const plain = learn({ z: values, d: 1 }, 'robust');
    expect(plain.centers[0]).toBe(50);
    expect(plain.scales[0]).toBeCloseTo(50 / 1.3489795003921634, 12);
    values[100] = 1e9;
    expect(learn({ z: values, d: 1 }, 'robust')).toEqual(plain);
  });

  test('a column without spread between its quartiles falls back on the standard deviation, and is named', () => {
    const z = Float64Array.from({ length: 40 }, (_, at) => (at % 2 === 0 ? (at < 34 ? 7 : at) : at));
    const { scales, warnings } = learn({ z, d: 2 }, 'robust');
    expect(scales[0]).toBe(columnMoments(z, 20, 2).sds[0]);
    expect(warnings).toEqual([
      'Half of the training rows or more have the same value of “z0”, so it is scaled by the standard deviation, not by quartiles.',
    ]);
  });

  test('an indicator is standardised without a word', () => {
    const z = Float64Array.from({ length: 20 }, (_, i) => (i < 3 ? 1 : 0));
    const scaling = learn({ z, d: 1, levels: ['red'] }, 'robust');
    const { centers, scales } = learn({ z, d: 1 }, 'standardise');
    expect(scaling).toEqual({ centers, scales, factor: null, warnings: [] });
  });
});

describe('whiten', () => {
  test('the training rows have unit variances and no covariances, whatever the columns', () => {
    for (const seed of [1, 2, 3]) {
      const d = 5;
      const z = mixedColumns(200, d, seed);
      const x = scaledBy(z, learn({ z, d }, 'whiten'));
      for (let a = 0; a < d; a++)
        for (let b = 0; b <= a; b++) expect(covariance(x, d, a, b)).toBeCloseTo(a === b ? 1 : 0, 9);
    }
  });

  test('columns of different classes are not mixed', () => {
    const z = mixedColumns(100, 4, 4);
    const { factor } = learn({ z, d: 4, classes: [1, 2, 1, 3] }, 'whiten');
    const used = Array.from({ length: 4 }, (_, i) =>
      Array.from({ length: 4 }, (_, j) => (factor![i * 4 + j] === 0 ? 0 : 1)),
    );
    expect(used).toEqual([
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [1, 0, 1, 0],
      [0, 0, 0, 1],
    ]);
  });

  test('a combination of other columns is standardised alone, named, and disturbs no other column', () => {
    const n = 80;
    const base = mixedColumns(n, 3, 5);
    const z = new Float64Array(n * 4);
    for (let i = 0; i < n; i++)
      z.set([base[i * 3], base[i * 3 + 1], base[i * 3] - 2 * base[i * 3 + 1] + 9, base[i * 3 + 2]], i * 4);
    const scaling = learn({ z, d: 4 }, 'whiten');
    expect(scaling.warnings).toEqual([
      '“z2” is a combination of other columns, so it is only standardised, not whitened.',
    ]);
    const x = scaledBy(z, scaling);
    expect(covariance(x, 4, 2, 2)).toBeCloseTo(1, 9);
    for (const [a, b] of [
      [0, 1],
      [0, 3],
      [1, 3],
    ])
      expect(covariance(x, 4, a, b)).toBeCloseTo(0, 9);
    expect(x.every(Number.isFinite)).toBe(true);
  });

  test('more columns than can be whitened in good time are refused', () => {
    const d = 501;
    const z = Float64Array.from({ length: 2 * d }, (_, i) => i % 7);
    expect(() => learn({ z, d }, 'whiten')).toThrow(/501 encoded columns are too many/);
  });
});

test('a row of weight 2 counts twice in every scaling', () => {
  const d = 3;
  const z = mixedColumns(60, d, 6);
  const weights = Float64Array.from({ length: 60 }, (_, i) => 1 + (i % 3));
  const repeated = Float64Array.from(
    Array.from(weights).flatMap((w, i) => Array.from({ length: w }, () => [...z.subarray(i * d, i * d + d)]).flat()),
  );
  for (const preprocess of ['standardise', 'robust', 'whiten'] as const) {
    const own = learn({ z, d, weights }, preprocess);
    const other = learn({ z: repeated, d }, preprocess);
    for (const part of ['centers', 'scales', 'factor'] as const)
      own[part]?.forEach((value, at) => expect(value).toBeCloseTo(other[part]![at], 10));
  }
});
