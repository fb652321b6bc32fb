import { readFileSync, writeFileSync } from 'node:fs';
import type { ProblemInMemory } from '../../core/model/problem';
import { copyParameters, emptyParameters, type Parameters } from '../../core/model/spec';
import { random } from '../../core/random';
import { problemOf, simulatedProblem } from './problems';

/** Rows and where EM starts from: what every contestant reads. */
export interface EmStart {
  readonly problem: ProblemInMemory;
  readonly start: Parameters;
}

/** Drawn rows, and the true experts disturbed: EM moves for long from there, and all experts keep rows. */
export function emStart(n: number, d: number, k: number): EmStart {
  const settings = { rows: n, features: d, experts: k, sigma: 0.5, inputs: 'gaussian', gates: 'random' } as const;
  const given = { intercept: true, noise: { kind: 'per-expert' } } as const;
  const { problem, truth } = simulatedProblem({ ...settings, seed: 1 }, given);
  const stream = random(2);
  const start = copyParameters(truth);
  for (let j = 0; j < k * d; j++) start.expertWeights[j] = 0.5 * start.expertWeights[j] + 0.2 * stream.normal();
  start.sigmas.fill(1);
  start.gateWeights.fill(0);
  start.gateIntercepts.fill(0);
  return { problem, start };
}

/** As doubles one after the other: n, d, k, ridge, floor; experts, gates (intercept first), sigmas; x; y. */
export function writeStart(path: string, { problem, start }: EmStart): void {
  const { d, k, train, gateRidge, sigmaFloor } = problem;
  const affine = (intercepts: Float64Array, weights: Float64Array) =>
    Array.from({ length: k }, (_, i) => [intercepts[i], ...weights.subarray(i * d, (i + 1) * d)]).flat();
  const experts = affine(start.expertIntercepts, start.expertWeights);
  const gates = affine(start.gateIntercepts, start.gateWeights);
  const head = Float64Array.from([train.n, d, k, gateRidge, sigmaFloor, ...experts, ...gates, ...start.sigmas]);
  const bytes = [head, train.x, train.y].map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength));
  writeFileSync(path, Buffer.concat(bytes));
}

export function readStart(path: string): EmStart {
  const numbers = new Float64Array(new Uint8Array(readFileSync(path)).buffer);
  const [n, d, k, gateRidge, sigmaFloor] = numbers;
  let at = 5;
  const take = (length: number) => numbers.slice(at, (at += length));
  const start = emptyParameters(k, d);
  const affine = (intercepts: Float64Array, weights: Float64Array) => {
    for (let i = 0; i < k; i++) {
      intercepts[i] = numbers[at++];
      weights.set(take(d), i * d);
    }
  };
  affine(start.expertIntercepts, start.expertWeights);
  affine(start.gateIntercepts, start.gateWeights);
  start.sigmas.set(take(k));
  const rows = { n, x: take(n * d), y: take(n), weights: null };
  return { problem: problemOf(rows, d, k, { gateRidge, sigmaFloor }), start };
}
