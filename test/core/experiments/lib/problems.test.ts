import { expect, test } from 'vitest';
import { axisTruth, drawRows, problemFrom, simulatedProblem } from '../../../../core/experiments/lib/problems';
import { activationNamed } from '../../../../core/model/activations';
import { random } from '../../../../core/random';

test('The axes truth has regressors e_i and gates e_{k+i}, the last gate 0', () => {
  const { expertWeights, gateWeights, sigmas } = axisTruth(2, 4, 0.5);
  expect([...expertWeights]).toEqual([1, 0, 0, 0, 0, 1, 0, 0]);
  expect([...gateWeights]).toEqual([0, 0, 1, 0, 0, 0, 0, 0]);
  expect([...sigmas]).toEqual([0.5, 0.5]);
  expect(() => axisTruth(3, 4, 0.5)).toThrow('3 experts on axes of their own need 5 features.');
});

test('Rows of one expert without noise lie on its response', () => {
  const truth = { ...axisTruth(1, 3, 0), expertIntercepts: Float64Array.of(0.25) };
  const rows = drawRows(truth, 50, random(1), activationNamed('tanh'));
  for (let row = 0; row < 50; row++) expect(rows.y[row]).toBeCloseTo(Math.tanh(0.25 + rows.x[row * 3]), 12);
});

test('Each expert is drawn as often as the gate says, whatever the size of the logits', () => {
  const truth = {
    ...axisTruth(2, 3, 0),
    gateWeights: new Float64Array(6),
    gateIntercepts: Float64Array.of(1000, 1000 - Math.log(3)),
  };
  const { x, y } = drawRows(truth, 4000, random(2));
  let first = 0;
  for (let row = 0; row < 4000; row++) if (y[row] === x[row * 3]) first += 1;
  // Binomial(4000, 3/4): three standard deviations are 82 rows.
  expect(Math.abs(first - 3000)).toBeLessThan(82);
});

test('Inputs are drawn as told, by default from N(0, I)', () => {
  const truth = axisTruth(1, 2, 0.1);
  const ones = problemFrom(truth, 10, random(3), {}, (x) => void x.fill(1)).problem;
  expect([...ones.train.x]).toEqual(new Array<number>(20).fill(1));
  const { x } = drawRows(truth, 5000, random(3));
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  const square = x.reduce((sum, value) => sum + value * value, 0) / x.length;
  expect(Math.abs(mean)).toBeLessThan(0.04);
  expect(Math.abs(square - 1)).toBeLessThan(0.06);
});

test('The papers’ problem has no intercepts and one sigma, and the same seed has the same rows', () => {
  const settings = {
    rows: 20,
    features: 3,
    experts: 2,
    sigma: 0.1,
    inputs: 'gaussian',
    gates: 'random',
    seed: 4,
  } as const;
  const { problem, truth } = simulatedProblem(settings);
  expect(problem).toMatchObject({ intercept: false, noise: { kind: 'shared' }, k: 2, d: 3 });
  expect(Math.hypot(...truth.expertWeights.subarray(0, 3))).toBeCloseTo(1, 12);
  expect(simulatedProblem(settings).problem.train).toEqual(problem.train);
  expect(simulatedProblem({ ...settings, seed: 5 }).problem.train).not.toEqual(problem.train);
});
