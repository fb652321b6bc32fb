import { expect, test } from 'vitest';
import { expectation } from '../../../core/kernels/expectation';
import { expertMove } from '../../../core/kernels/expert-move';
import { triangle, triangleIndex } from '../../../core/kernels/triangle';
import { activationNamed } from '../../../core/model/activations';
import { activationIds } from '../../../core/model/spec';
import { random } from '../../../core/random';
import { mixtureProblem, randomParameters } from '../fit/mixtures';

// Not a multiple of 4 rows a shard, so that blocks have padding; more columns than one tile of the normal matrix.
const [n, d, k] = [1111, 6, 3];
const p = d + 1;
const background = 0.2;
const { train, cancel } = mixtureProblem({ n, d, k, seed: 6, weighted: true });
const from = { ...randomParameters(k, d, random(7)), sigmas: Float64Array.of(1.5, 2, 0.9) };
const to = randomParameters(k, d, random(8));
const stream = random(9);
const along = Float64Array.from({ length: k * d }, () => stream.normal());

/** (1, 1), (1, s) and (s, s) of each expert's full normal matrix G, s = a·x: entries of [e_1 a]' G [e_1 a]. */
function projected(moments: Float64Array): number[] {
  return Array.from({ length: k }, (_, i) => {
    const entry = (a: number, b: number) => moments[i * triangle(p) + triangleIndex(p, Math.min(a, b), Math.max(a, b))];
    const direction = [...along.subarray(i * d, (i + 1) * d)];
    const cross = direction.reduce((sum, value, j) => sum + value * entry(0, j + 1), 0);
    const square = direction.reduce(
      (sum, value, j) => sum + direction.reduce((part, other, l) => part + value * other * entry(j + 1, l + 1), 0),
      0,
    );
    return [entry(0, 0), cross, square];
  }).flat();
}

function expectNear(found: Float64Array, expected: readonly number[]) {
  expect(found).toHaveLength(expected.length);
  const size = Math.max(...expected.map(Math.abs));
  expected.forEach((value, at) => expect(Math.abs(found[at] - value)).toBeLessThan(1e-12 * size));
}

test.each(activationIds)('moments along directions are the full ones projected, in an E-step, %s', (id) => {
  const request = { parameters: from, activation: activationNamed(id), curvature: true, background };
  const full = expectation(train, d, { ...request, moments: true }, cancel);
  const short = expectation(train, d, { ...request, moments: { along } }, cancel);
  expectNear(short.moments, projected(full.moments));
  // Nothing else of the E-step notices.
  expect({ ...short, moments: null }).toEqual({ ...full, moments: null });
});

test.each(activationIds)('moments along directions are the full ones projected, at moved experts, %s', (id) => {
  const request = { from, to, activation: activationNamed(id), background };
  const full = expertMove(train, d, { ...request, derivatives: true }, cancel);
  const short = expertMove(train, d, { ...request, derivatives: { along } }, cancel);
  expectNear(short.moments, projected(full.moments));
  expect({ ...short, moments: null }).toEqual({ ...full, moments: null });
});
