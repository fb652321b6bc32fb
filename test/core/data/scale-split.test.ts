import { describe, expect, test } from 'vitest';
import { noiseModel, outputScaling, resolveNoise } from '../../../core/data/scale';
import { splitRows } from '../../../core/data/split';
import { random } from '../../../core/random';
import { spreadOf, tiesOf } from './columns';

const rows = (...numbers: number[]) => Uint32Array.from(numbers);
const upTo = (n: number) => Uint32Array.from({ length: n }, (_, i) => i);

describe('the split', () => {
  test('holds out round(fraction * used) rows; the parts are disjoint, ascending and together all rows', () => {
    for (const [n, fraction] of [
      [100, 0.2],
      [7, 0.5],
      [33, 0.1],
      [10, 0],
    ] as const) {
      const parts = splitRows(upTo(n), { kind: 'fraction', fraction, seed: 3 }, n);
      if (!parts.ok) throw new Error(parts.error.message);
      const { train, test: held } = parts.value;
      expect(held).toHaveLength(Math.round(fraction * n));
      expect([...train, ...held].sort((a, b) => a - b)).toEqual([...upTo(n)]);
      for (const part of [train, held]) expect([...part]).toEqual([...part].sort((a, b) => a - b));
    }
  });

  test('is the same for the same seed and another for another', () => {
    const held = (seed: number) => {
      const parts = splitRows(upTo(200), { kind: 'fraction', fraction: 0.2, seed }, 200);
      return parts.ok ? [...parts.value.test] : [];
    };
    expect(held(1)).toEqual(held(1));
    expect(held(1)).not.toEqual(held(2));
  });

  test('holds out every row equally often', () => {
    const counts = new Array<number>(20).fill(0);
    for (let seed = 0; seed < 2000; seed++) {
      const parts = splitRows(upTo(20), { kind: 'fraction', fraction: 0.25, seed }, 20);
      if (parts.ok) parts.value.test.forEach((row) => counts[row]++);
    }
    // 2,000 draws with probability 1/4: standard error 19.4.
    for (const count of counts) expect(Math.abs(count - 500)).toBeLessThan(5 * 19.4);
  });

  test('by list names records before any was dropped, and says when some of them cannot be used', () => {
    const parts = splitRows(rows(0, 2, 3, 5), { kind: 'rows', test: [5, 2, 4, 5] }, 6);
    expect(parts).toMatchObject({ ok: true, value: { train: rows(0, 3), test: rows(2, 5) } });
    expect(parts.ok && parts.value.warnings.join()).toMatch(/^1 of the 3 rows to hold out/);
  });

  test('refuses rows the table does not have, and to hold out all of them', () => {
    expect(splitRows(upTo(5), { kind: 'rows', test: [5] }, 5)).toMatchObject({
      ok: false,
      error: { code: 'design/split-out-of-range' },
    });
    expect(splitRows(upTo(3), { kind: 'rows', test: [0, 1, 2] }, 3)).toMatchObject({
      ok: false,
      error: { code: 'design/no-training-rows' },
    });
  });
});

describe('scaling', () => {
  test('the target lands where its activation can reach it, and stays as it is without intercepts', () => {
    const target = Float64Array.of(10, 20, 60);
    const auto = { output: 'auto', intercept: true } as const;
    const scaled = (activation: Parameters<typeof outputScaling>[1]) => {
      const { offset, scale } = outputScaling(spreadOf(target), activation, auto);
      return [...target].map((y) => (y - offset) / scale);
    };
    const standardised = scaled('linear');
    expect(standardised.reduce((sum, y) => sum + y, 0)).toBeCloseTo(0, 12);
    expect(standardised.reduce((sum, y) => sum + y * y, 0)).toBeCloseTo(2, 12);
    expect(Math.min(...scaled('relu'))).toBe(0);
    expect([Math.min(...scaled('sigmoid')), Math.max(...scaled('sigmoid'))]).toEqual([
      expect.closeTo(0.05, 12),
      expect.closeTo(0.95, 12),
    ]);
    expect([Math.min(...scaled('tanh')), Math.max(...scaled('tanh'))]).toEqual([
      expect.closeTo(-0.9, 12),
      expect.closeTo(0.9, 12),
    ]);
    expect(outputScaling(spreadOf(target), 'leaky-relu', auto).offset).toBe(0);
    expect(outputScaling(spreadOf(target), 'linear', { output: 'auto', intercept: false })).toEqual({
      offset: 0,
      scale: 1,
    });
    expect(outputScaling(spreadOf(target), 'tanh', { output: 'none', intercept: true })).toEqual({
      offset: 0,
      scale: 1,
    });
  });
});

describe('noise', () => {
  const stream = random(9);
  test('is one level for all experts when the target is discrete or tied, and one each otherwise', () => {
    const smooth = Float64Array.from({ length: 300 }, () => stream.normal());
    const byDefault = (target: Float64Array) => resolveNoise(null, tiesOf(target));
    expect(byDefault(smooth)).toEqual({ noise: 'per-expert', note: null });
    expect(byDefault(smooth.map((y) => Math.round(y))).noise).toBe('shared');
    expect(byDefault(smooth.map((y, i) => (i % 15 === 0 ? 0 : y)))).toMatchObject({
      noise: 'shared',
      note: expect.stringContaining('is 0 in 7% of the rows'),
    });
    expect(byDefault(smooth.map((y, i) => (i < 15 ? 0 : y))).noise).toBe('per-expert');
  });

  test('a weight counts in what the target is scaled by and in the share of its most frequent value', () => {
    const target = Float64Array.of(1, 2, 4);
    const weights = Float64Array.of(3, 1, 2);
    const repeated = Float64Array.of(1, 1, 1, 2, 4, 4);
    const auto = { output: 'auto', intercept: true } as const;
    const [own, other] = [
      outputScaling(spreadOf(target, weights), 'linear', auto),
      outputScaling(spreadOf(repeated), 'linear', auto),
    ];
    expect(own.offset).toBeCloseTo(other.offset, 14);
    expect(own.scale).toBeCloseTo(other.scale, 14);
    expect(tiesOf(target, weights)).toEqual(tiesOf(repeated));
    expect(tiesOf(target, weights)).toEqual({ distinct: 3, mode: 1, share: 0.5 });
  });

  test('ties are counted over equal values wherever they stand, zero and minus zero being one', () => {
    expect(tiesOf(Float64Array.of(2, 1, 2, 3))).toEqual({ distinct: 3, mode: 2, share: 0.5 });
    expect(tiesOf(Float64Array.of(5, -0, 7, 0)).distinct).toBe(3);
    expect(tiesOf(Float64Array.of(4))).toEqual({ distinct: 1, mode: 4, share: 1 });
  });

  test('chosen by hand is kept, a number in target units', () => {
    const ties = tiesOf(Float64Array.of(1, 1));
    expect(resolveNoise('per-expert', ties)).toEqual({ noise: 'per-expert', note: null });
    expect(noiseModel(resolveNoise(3, ties).noise, 6)).toEqual({ kind: 'fixed', sigma: 0.5 });
    expect(noiseModel('shared', 6)).toEqual({ kind: 'shared' });
  });
});
