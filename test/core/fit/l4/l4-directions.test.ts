import { describe, expect, test } from 'vitest';
import { axisTruth, drawRows } from '../../../../core/experiments/lib/problems';
import { labelledSample } from '../../../../core/fit/l4/l4-batches';
import { l4Directions } from '../../../../core/fit/l4/l4-directions';
import { leastFrame } from '../../../../core/fit/l4/l4-frame';
import { l4Stream, streamDefaults } from '../../../../core/fit/l4/l4-stream';
import { streamDirections } from '../../../../core/fit/l4/l4-stream-directions';
import { dualRows } from '../../../../core/losses/dual';
import { recovery } from '../../../../core/model/match';
import type { Parameters } from '../../../../core/model/spec';
import { identity } from '../../../../core/moments/coordinates';
import type { TensorData } from '../../../../core/moments/label-tensor';
import { labelTransforms } from '../../../../core/moments/label-transforms';
import { quarticTransforms } from '../../../../core/moments/quartic-transforms';
import { random } from '../../../../core/random';

const D = 6;
const labels = { quartic: quarticTransforms((z) => z, 0), cubic: labelTransforms((z) => z, 0) };
const search = { mu: 0.5, lambda: 0, starts: 5, moments: 'auto' } as const;
const everything = identity(D, new Uint8Array(D).fill(1));

function dataOf(truth: Parameters, n: number, seed: number): TensorData {
  const rows = drawRows(truth, n, random(seed));
  const scale = Math.sqrt(rows.y.reduce((sum, y) => sum + y * y, 0) / n);
  return { rows, d: D, weight: n, units: { base: new Float64Array(D + 1), scale }, cancel: new Int32Array(1) };
}

const matched = (truth: Parameters, weights: Float64Array) =>
  recovery({ ...truth, expertWeights: weights, gateWeights: new Float64Array(truth.k * D) }, truth);

/** Whether each found regressor points along the true one, not against it. */
function signsAgree(truth: Parameters, weights: Float64Array): boolean {
  return matched(truth, weights).order.every((j, i) => {
    let product = 0;
    for (let a = 0; a < D; a++) product += truth.expertWeights[i * D + a] * weights[j * D + a];
    return product > 0;
  });
}

describe('all rows at once', () => {
  test.each([2, 3])('%i regressors and their signs are found', (k) => {
    const truth = axisTruth(k, D, 0.05);
    for (const seed of [1, 2]) {
      const found = l4Directions(dataOf(truth, 8000, seed), everything, labels, k, search, random(seed));
      if (!found) throw new Error('nothing found');
      expect(found.held).toBe(false);
      expect(1 - matched(truth, found.weights).regressorFit).toBeLessThan(0.04);
      expect(signsAgree(truth, found.weights)).toBe(true);
      for (let i = 0; i < k; i++) expect(Math.hypot(...found.weights.subarray(i * D, (i + 1) * D))).toBeCloseTo(1, 12);
    }
  });

  test('regressors at 60 degrees are found: they are dual to the minimiser, not its rows', () => {
    const truth = axisTruth(2, D, 0.05);
    truth.expertWeights.set([0.5, Math.sqrt(0.75)], D);
    const found = l4Directions(dataOf(truth, 20000, 4), everything, labels, 2, search, random(1));
    if (!found) throw new Error('nothing found');
    expect(matched(truth, found.weights).regressorFit).toBeGreaterThan(0.98);
    expect(found.conditioning).toBeLessThan(0.85);
  });

  test('plain averages find them too, less surely', () => {
    const truth = axisTruth(2, D, 0.05);
    const raw = { ...search, moments: 'raw' } as const;
    const found = l4Directions(dataOf(truth, 20000, 5), everything, labels, 2, raw, random(1));
    expect(found?.estimators).toEqual(['raw', 'raw']);
    expect(matched(truth, found?.weights ?? new Float64Array(2 * D)).regressorFit).toBeGreaterThan(0.95);
  });

  test('where the fourth moments gather all directions, an orthonormal frame stands for the minimum and says so', () => {
    // A target whose fourth moments are those of no mixture: the feature's square decides its spread.
    const stream = random(6);
    const n = 4000;
    const x = Float64Array.from({ length: n * D }, () => stream.normal());
    const y = Float64Array.from({ length: n }, (_, r) => {
      const [a, b, c] = [x[r * D], x[r * D + 1], x[r * D + 2]];
      return (a + 0.8 * b + 0.6 * c) / (1 + (a + b) ** 2) + 0.3 * a * b * c;
    });
    const data = { ...dataOf(axisTruth(3, D, 1), 10, 1), rows: { n, x, y, weights: null }, weight: n };
    const found = l4Directions(data, everything, labels, 3, search, random(1));
    expect(found?.held).toBe(true);
    expect(found?.weights.every(Number.isFinite)).toBe(true);
  });

  test('the least orthonormal frame of an orthogonal tensor is its axes, whatever their lengths', () => {
    const k = 4;
    const stream = random(7);
    const axes = leastFrame(
      Float64Array.from({ length: k ** 4 }, () => stream.normal()),
      k,
    );
    const tensor = Float64Array.from({ length: k ** 4 }, (_, at) => {
      const places = [k ** 3, k * k, k, 1].map((stride) => Math.floor(at / stride) % k);
      return [0, 1, 2, 3].reduce((sum, i) => sum + (1 + i) * places.reduce((p, a) => p * axes[i * k + a], 1), 0);
    });
    const frame = leastFrame(tensor, k);
    for (let i = 0; i < k; i++) {
      const overlaps = [0, 1, 2, 3].map((j) =>
        Math.abs([0, 1, 2, 3].reduce((sum, a) => sum + frame[i * k + a] * axes[j * k + a], 0)),
      );
      expect(Math.max(...overlaps)).toBeCloseTo(1, 10);
      expect(overlaps.reduce((sum, overlap) => sum + overlap, 0)).toBeCloseTo(1, 8);
    }
  });
});

describe('mini-batches', () => {
  const truth = axisTruth(2, D, 0.05);
  const options = { ...streamDefaults(D), steps: 1200, weights: { mu: 0.1, lambda: 10, delta: 0 } };

  test('on fresh rows the descent reaches the regressors', () => {
    const stream = random(1);
    const { units } = dataOf(truth, 1000, 1);
    const fresh = () =>
      labelledSample(drawRows(truth, 512, stream), D, everything, { ...units, scale: 1 }, labels.quartic);
    const descent = l4Stream(fresh, 2, D, options, random(2));
    const reports: number[] = [];
    let step = descent.next();
    for (; !step.done; step = descent.next()) reports.push(step.value.step);
    const regressors = dualRows(step.value, 2, D);
    expect(matched(truth, regressors ?? new Float64Array(2 * D)).regressorFit).toBeGreaterThan(0.95);
    expect(reports[0]).toBe(0);
    expect(reports.at(-1)).toBe(1200);
  });

  test('on rows used again it runs away without a ridge and stays with one', () => {
    const along = (n: number, lambda: number, delta: number) => {
      const data = { ...dataOf(truth, n, 1), units: { base: new Float64Array(D + 1), scale: 1 } };
      const weights = { mu: 0.1, lambda, delta };
      return streamDirections(data, everything, labels, 2, 256, { ...options, steps: 3000, weights }, random(1));
    };
    const free = along(600, 1, 0);
    expect(free === null || Math.abs(free.length) > 10).toBe(true);
    const held = along(1500, 10, 5);
    if (!held) throw new Error('nothing found');
    expect(Math.abs(held.length - 1)).toBeLessThan(0.5);
    expect(matched(truth, held.weights).regressorFit).toBeGreaterThan(0.9);
    expect(signsAgree(truth, held.weights)).toBe(true);
  });
});
