import { expect, test } from 'vitest';
import { expectation } from '../../../core/kernels/expectation';
import { gateMove } from '../../../core/kernels/gate-move';
import { predict } from '../../../core/model/predict';
import type { Parameters } from '../../../core/model/spec';
import { random } from '../../../core/random';
import { mixtureProblem, randomParameters } from '../fit/mixtures';

const [n, d, k] = [150, 3, 3];

test('the cost of a gate move is what the linear part overstates of the gain in Σ w r log p', () => {
  const problem = mixtureProblem({ n, d, k, seed: 3, weighted: true });
  const { train, cancel } = problem;
  const from = randomParameters(k, d, random(4));
  const to = { ...from, ...gatesOf(randomParameters(k, d, random(5))) };
  const request = { parameters: from, activation: { id: 'linear' }, moments: false, curvature: false } as const;
  const sums = expectation(train, d, request, cancel);
  const move = gateMove(train, d, { from, to, curvature: false }, cancel);
  const [before, after] = [from, to].map((parameters) => predict(train, parameters, { id: 'linear' }, cancel));
  const joint = (r: number, i: number) => {
    const e = (train.y[r] - before.means[r * k + i]) / from.sigmas[i];
    return (before.gates[r * k + i] / from.sigmas[i]) * Math.exp(-0.5 * e * e);
  };
  let gain = 0;
  for (let r = 0; r < n; r++) {
    const total = joint(r, 0) + joint(r, 1) + joint(r, 2);
    for (let i = 0; i < k; i++) {
      const share = ((train.weights?.[r] ?? 1) * joint(r, i)) / total;
      gain += share * (Math.log(after.gates[r * k + i]) - Math.log(before.gates[r * k + i]));
    }
  }
  let linear = 0;
  for (let i = 0; i < k; i++) {
    const pull = (line: number) => sums.responsibilities[i * (d + 1) + line] - sums.gates[i * (d + 1) + line];
    linear += (to.gateIntercepts[i] - from.gateIntercepts[i]) * pull(0);
    for (let j = 0; j < d; j++) linear += (to.gateWeights[i * d + j] - from.gateWeights[i * d + j]) * pull(j + 1);
  }
  expect(linear - move.cost).toBeCloseTo(gain, 8);
  expect(move.cost).toBeGreaterThan(0);
});

test('a gate that stays costs nothing, has the E-step’s curvature, and scores in the millions stay finite', () => {
  const { train, cancel } = mixtureProblem({ n, d, k, seed: 3 });
  const gentle = randomParameters(k, d, random(4));
  const huge = { ...gentle, gateWeights: gentle.gateWeights.map((w) => 1e6 * w) };
  for (const parameters of [gentle, huge]) {
    const request = { parameters, activation: { id: 'linear' }, moments: false, curvature: true } as const;
    const sums = expectation(train, d, request, cancel);
    const stay = gateMove(train, d, { from: parameters, to: parameters, curvature: true }, cancel);
    expect(stay.cost).toBe(0);
    expect([...stay.curvature]).toEqual([...sums.curvature]);
    expect([...stay.gates]).toEqual([...sums.gates]);
    expect(stay.gates.every(Number.isFinite)).toBe(true);
  }
  const leap = gateMove(train, d, { from: gentle, to: huge, curvature: false }, cancel);
  expect(Number.isFinite(leap.cost)).toBe(true);
});

const gatesOf = ({ gateWeights, gateIntercepts }: Parameters) => ({ gateWeights, gateIntercepts });
