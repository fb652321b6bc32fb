import { expect, test } from 'vitest';
import { solveNormal } from '../../../../core/fit/em/normal-system';
import { triangle, triangleIndex } from '../../../../core/kernels/triangle';
import { random } from '../../../../core/random';

const n = 60;

/** Lines of (1, x) and a residual for n rows, with the triangle and gradient of its normal system. */
function system(columns: ((r: number) => number)[], residual: (r: number) => number) {
  const lines = [() => 1, ...columns];
  const p = lines.length;
  const gram = new Float64Array(triangle(p));
  const gradient = new Float64Array(p);
  for (let r = 0; r < n; r++)
    lines.forEach((line, a) => {
      gradient[a] += line(r) * residual(r);
      for (let b = a; b < p; b++) gram[triangleIndex(p, a, b)] += line(r) * lines[b](r);
    });
  const squares = (delta: Float64Array) => {
    let sum = 0;
    for (let r = 0; r < n; r++) sum += (residual(r) - lines.reduce((mu, line, a) => mu + delta[a] * line(r), 0)) ** 2;
    return sum;
  };
  return { gram, gradient, p, squares };
}

const stream = random(4);
const draw = Float64Array.from({ length: 4 * n }, () => stream.normal());
const noise = (r: number) => draw[3 * n + r];
const column = (j: number) => (r: number) => draw[j * n + r];

test.each([
  ['with an intercept', [0, 1, 2]],
  ['through the origin', [1, 2]],
  ['of one column', [0, 2]],
  ['of the intercept alone', [0]],
])('the move %s is least squares on its lines, and its gain is the fall of the sum of squares', (_name, active) => {
  const { gram, gradient, p, squares } = system(
    [column(0), (r) => 5 + column(1)(r)],
    (r) => 2 + column(0)(r) + noise(r),
  );
  const { delta, gain, ridge } = solveNormal(gram, gradient, p, active);
  expect(ridge).toBe(0);
  const best = squares(delta);
  expect(squares(new Float64Array(p)) - best).toBeCloseTo(gain, 9);
  for (let a = 0; a < p; a++) {
    if (!active.includes(a)) expect(delta[a]).toBe(0);
    else for (const h of [1e-3, -1e-3]) expect(squares(delta.with(a, delta[a] + h))).toBeGreaterThan(best);
  }
});

test('columns that depend on each other share the move, by the smallest ridge, and the sum of squares still falls', () => {
  const { gram, gradient, p, squares } = system([column(0), column(0), column(1)], (r) => 3 * column(0)(r) + noise(r));
  const { delta, gain, ridge } = solveNormal(gram, gradient, p, [0, 1, 2, 3]);
  expect(ridge).toBeGreaterThan(0);
  expect(ridge).toBeLessThan(1e-6);
  expect(delta[1]).toBeCloseTo(delta[2], 6);
  expect(squares(new Float64Array(p)) - squares(delta)).toBeCloseTo(gain, 6);
  const { delta: single } = solveNormal(
    ...(() => {
      const narrow = system([column(0), column(1)], (r) => 3 * column(0)(r) + noise(r));
      return [narrow.gram, narrow.gradient, narrow.p, [0, 1, 2]] as const;
    })(),
  );
  expect(delta[1] + delta[2]).toBeCloseTo(single[1], 6);
});

test('a column that is constant in the rows of an expert is not moved, whatever its value', () => {
  const { gram, gradient, p } = system([() => 1e6, column(1)], (r) => 2 + column(1)(r));
  const { delta, ridge } = solveNormal(gram, gradient, p, [0, 1, 2]);
  expect(delta[1]).toBe(0);
  expect(ridge).toBe(0);
  expect(delta[2]).toBeCloseTo(1, 8);
  expect(delta[0]).toBeCloseTo(2, 8);
});
