import { describe, expect, test } from 'vitest';
import { assignment } from '../../../core/model/assignment';
import { type Regressors, recovery } from '../../../core/model/match';
import { permutation, random, type Random } from '../../../core/random';

function orders(k: number): number[][] {
  if (k === 0) return [[]];
  return orders(k - 1).flatMap((order) => Array.from({ length: k }, (_, at) => order.toSpliced(at, 0, k - 1)));
}

function drawn(k: number, d: number, stream: Random): Regressors {
  const numbers = () => Float64Array.from({ length: k * d }, () => stream.normal());
  return { k, d, expertWeights: numbers(), gateWeights: numbers() };
}

function reordered(source: Regressors, order: ArrayLike<number>, shift: number): Regressors {
  const { k, d } = source;
  const rows = (matrix: Float64Array, by: number) =>
    Float64Array.from({ length: k * d }, (_, at) => matrix[order[Math.floor(at / d)] * d + (at % d)] + by);
  return { k, d, expertWeights: rows(source.expertWeights, 0), gateWeights: rows(source.gateWeights, shift) };
}

const cosine = (u: Float64Array, v: Float64Array) =>
  u.reduce((sum, value, j) => sum + value * v[j], 0) / (Math.hypot(...u) * Math.hypot(...v));
const line = (matrix: Float64Array, i: number, d: number) => matrix.subarray(i * d, i * d + d);

describe('assignment', () => {
  test('it costs as little as the best of all permutations', () => {
    for (const k of [1, 2, 3, 5, 6]) {
      for (let seed = 0; seed < 20; seed++) {
        const stream = random(seed, k);
        const cost = Float64Array.from({ length: k * k }, () => Math.round(4 * stream.normal()));
        const price = (order: number[]) => order.reduce((sum, j, i) => sum + cost[i * k + j], 0);
        const found = assignment(cost, k);
        expect(found.toSorted()).toEqual(Array.from({ length: k }, (_, i) => i));
        expect(price(found)).toBe(Math.min(...orders(k).map(price)));
      }
    }
  });
});

describe('recovery', () => {
  test('the truth in another order, with its gates shifted, is recovered exactly', () => {
    for (const k of [1, 2, 4, 8]) {
      const truth = drawn(k, 5, random(k));
      const order = permutation(k, random(k, 1));
      const found = recovery(reordered(truth, order, 0.7), truth);
      expect(found.regressorFit).toBeCloseTo(1, 12);
      expect(found.gatingFit).toBeCloseTo(1, 12);
      expect(found.error).toBeLessThan(1e-12);
      expect(found.order.map((j) => order[j])).toEqual(Array.from({ length: k }, (_, i) => i));
    }
  });

  test('the regressor fit is the largest over all orders of the worst |cos|, and E(A, W) the smallest over all orders', () => {
    for (const k of [2, 3, 4, 5]) {
      for (let seed = 0; seed < 20; seed++) {
        const stream = random(seed, k);
        const d = 4;
        const truth = drawn(k, d, stream);
        const fitted = drawn(k, d, stream);
        const found = recovery(fitted, truth);
        const worst = (order: number[]) =>
          Math.min(
            ...order.map((j, i) => Math.abs(cosine(line(truth.expertWeights, i, d), line(fitted.expertWeights, j, d)))),
          );
        expect(found.regressorFit).toBeCloseTo(Math.max(...orders(k).map(worst)), 12);
        const error = (order: number[]) => {
          const { expertWeights, gateWeights } = reordered(fitted, order, 0);
          let a = 0;
          let w = 0;
          for (let at = 0; at < k * d; at++) {
            const last = (k - 1) * d + (at % d);
            a += (expertWeights[at] - truth.expertWeights[at]) ** 2;
            w += (gateWeights[at] - gateWeights[last] - truth.gateWeights[at] + truth.gateWeights[last]) ** 2;
          }
          return Math.sqrt(a) + Math.sqrt(w);
        };
        expect(found.error).toBeCloseTo(Math.min(...orders(k).map(error)), 10);
      }
    }
  });

  test('a regressor may point the other way, a gate may not', () => {
    const truth = drawn(2, 3, random(5));
    const turned = { ...truth, expertWeights: truth.expertWeights.map((a) => -a) };
    expect(recovery(turned, truth).regressorFit).toBeCloseTo(1, 12);
    const swapped = { ...truth, gateWeights: truth.gateWeights.map((w) => -w) };
    expect(recovery(swapped, truth).gatingFit).toBeCloseTo(-1, 12);
  });
});
