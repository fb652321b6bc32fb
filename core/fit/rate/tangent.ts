import type { Tangent } from '../../kernels/information';
import { hasGateIntercepts } from '../../model/gate';
import type { Problem } from '../../model/problem';
import { copyParameters, type Parameters } from '../../model/spec';
import { activeLines } from '../em/expert-step';

/** The lines of z = (1, x) that gates and experts may use. */
export interface FreeLines {
  readonly gate: readonly number[];
  readonly expert: readonly number[];
}

export const freeLines = (problem: Problem): FreeLines => ({
  gate: activeLines(problem.gateColumns, hasGateIntercepts(problem)),
  expert: activeLines(problem.expertColumns, problem.intercept),
});

/** How many free numbers a problem has. */
export function freeSize(problem: Problem): number {
  const { gate, expert } = freeLines(problem);
  const sigmas = { fixed: 0, shared: 1, 'per-expert': problem.k }[problem.noise.kind];
  return (problem.k - 1) * gate.length + problem.k * expert.length + sigmas;
}

/** The free numbers of a tangent as one vector: gates but the last, experts, sigmas; a shared sigma adds up. */
export function packed(
  { k, d, noise }: Problem,
  free: FreeLines,
  { gates, experts, logSigmas }: Tangent,
): Float64Array {
  const p = d + 1;
  const take = (from: Float64Array, count: number, lines: readonly number[]) =>
    Array.from({ length: count }, (_, i) => lines.map((line) => from[i * p + line])).flat();
  const sigmas = {
    fixed: [],
    shared: [logSigmas.reduce((sum, value) => sum + value, 0)],
    'per-expert': Array.from(logSigmas),
  }[noise.kind];
  return Float64Array.from([...take(gates, k - 1, free.gate), ...take(experts, k, free.expert), ...sigmas]);
}

/** The tangent of a vector of free numbers. */
export function unpacked({ k, d, noise }: Problem, free: FreeLines, theta: Float64Array): Tangent {
  const p = d + 1;
  const gates = new Float64Array(k * p);
  const experts = new Float64Array(k * p);
  let at = 0;
  for (let i = 0; i < k - 1; i++) for (const line of free.gate) gates[i * p + line] = theta[at++];
  for (let i = 0; i < k; i++) for (const line of free.expert) experts[i * p + line] = theta[at++];
  const logSigmas = Float64Array.from({ length: k }, (_, i) =>
    noise.kind === 'fixed' ? 0 : theta[noise.kind === 'shared' ? at : at + i],
  );
  return { gates, experts, logSigmas };
}

/** The parameters a tangent leads to. */
export function moved(from: Parameters, { gates, experts, logSigmas }: Tangent): Parameters {
  const { k, d } = from;
  const p = d + 1;
  const to = copyParameters(from);
  for (let i = 0; i < k; i++) {
    to.gateIntercepts[i] += gates[i * p];
    to.expertIntercepts[i] += experts[i * p];
    to.sigmas[i] *= Math.exp(logSigmas[i]);
    for (let j = 0; j < d; j++) {
      to.gateWeights[i * d + j] += gates[i * p + j + 1];
      to.expertWeights[i * d + j] += experts[i * p + j + 1];
    }
  }
  return to;
}

/** The tangent that leads from one to the other. A shared sigma is one number, said once. */
export function difference({ noise }: Problem, from: Parameters, to: Parameters): Tangent {
  const { k, d } = from;
  const line = (intercepts: Float64Array, weights: Float64Array, at: number) =>
    at % (d + 1) === 0 ? intercepts[at / (d + 1)] : weights[Math.floor(at / (d + 1)) * d + (at % (d + 1)) - 1];
  const lines = (change: (at: number) => number) => Float64Array.from({ length: k * (d + 1) }, (_, at) => change(at));
  return {
    gates: lines((at) => line(to.gateIntercepts, to.gateWeights, at) - line(from.gateIntercepts, from.gateWeights, at)),
    experts: lines(
      (at) => line(to.expertIntercepts, to.expertWeights, at) - line(from.expertIntercepts, from.expertWeights, at),
    ),
    logSigmas: to.sigmas.map((sigma, i) => (noise.kind === 'shared' && i > 0 ? 0 : Math.log(sigma / from.sigmas[i]))),
  };
}
