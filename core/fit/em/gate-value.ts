import { dot } from '../../kernels/dot';
import type { Expectation } from '../../kernels/expectation';
import { type GateMove, gateMove } from '../../kernels/gate-move';
import { triangle, triangleIndex } from '../../kernels/triangle';
import { gatePenalty, gatePenaltyGradient, hasGateIntercepts } from '../../model/gate';
import type { Problem } from '../../model/problem';
import type { Parameters } from '../../model/spec';
import { activeLines } from './expert-step';

/** The gate's free numbers as one vector: for each expert but the last, the lines of (1, x) it may use. */
export interface FreeGate {
  readonly lines: readonly number[];
  readonly size: number;
}

export function freeGate(problem: Problem): FreeGate {
  const lines = activeLines(problem.gateColumns, hasGateIntercepts(problem));
  return { lines, size: (problem.k - 1) * lines.length };
}

/** A trial gate with its gain over the current one and the gradient of the gain in the free numbers. */
export interface Trial {
  readonly gain: number;
  readonly gradient: Float64Array;
  readonly move: Pick<GateMove, 'gates' | 'curvature'>;
}

/** What the gate at current + point gains, to the last digit: see GateMove. */
export function tryMove(
  problem: Problem,
  free: FreeGate,
  sums: Expectation,
  current: Parameters,
  point: Float64Array,
  curvature: boolean,
): Trial {
  const to = { ...current, gateWeights: current.gateWeights.slice(), gateIntercepts: current.gateIntercepts.slice() };
  applyMove(free, current, point, to);
  const move = gateMove(problem.train, problem.d, { from: current, to, curvature }, problem.cancel);
  const linear = eachFree(free, (i, line) => pullOf(problem, sums, sums.gates, i, line));
  const gain = dot(linear, point) - move.cost - (gatePenalty(to, problem) - gatePenalty(current, problem));
  return { gain, gradient: gradientAt(problem, free, sums, move.gates, to), move };
}

/** Σ w (r_i − p_i) on one line of z. */
const pullOf = (problem: Problem, sums: Expectation, gates: Float64Array, i: number, line: number): number =>
  sums.responsibilities[i * (problem.d + 1) + line] - gates[i * (problem.d + 1) + line];

export function gradientAt(
  problem: Problem,
  free: FreeGate,
  sums: Expectation,
  gates: Float64Array,
  at: Parameters,
): Float64Array {
  const ridge = gatePenaltyGradient(at, problem);
  return eachFree(
    free,
    (i, line) => pullOf(problem, sums, gates, i, line) - (line === 0 ? 0 : ridge[i * problem.d + line - 1]),
  );
}

/**
 * Entries (a, b), b <= a, of minus the Hessian of the gate's value in the free numbers: curvature of the softmax and of the ridge.
 *
 * @param curvature  see addCurvature
 */
export function curvatureEntry(
  { k, d, gateRidge, gateScale }: Problem,
  lines: readonly number[],
  curvature: Float64Array,
): (a: number, b: number) => number {
  const p = d + 1;
  return (a, b) => {
    const [i, j] = [Math.floor(b / lines.length), Math.floor(a / lines.length)];
    const [s, t] = [lines[b % lines.length], lines[a % lines.length]];
    const ridge = s === t && s > 0 ? gateRidge * ((i === j ? 1 : 0) - 1 / k) * gateScale[s - 1] ** 2 : 0;
    const pair = triangleIndex(k - 1, i, j) * triangle(p);
    return curvature[pair + triangleIndex(p, Math.min(s, t), Math.max(s, t))] + ridge;
  };
}

/** next's gate = current's gate + point on the free numbers. */
export function applyMove(free: FreeGate, current: Parameters, point: Float64Array, next: Parameters): void {
  const { k, d } = current;
  for (let i = 0, at = 0; i < k - 1; i++) {
    for (const line of free.lines) {
      if (line === 0) next.gateIntercepts[i] = current.gateIntercepts[i] + point[at++];
      else next.gateWeights[i * d + line - 1] = current.gateWeights[i * d + line - 1] + point[at++];
    }
  }
}

const eachFree = (free: FreeGate, value: (expert: number, line: number) => number): Float64Array =>
  Float64Array.from({ length: free.size }, (_, at) =>
    value(Math.floor(at / free.lines.length), free.lines[at % free.lines.length]),
  );

/**
 * A move of the gate whatever it does to the value.
 *
 * @param move  k × (d + 1), of every gate; only differences of gates matter
 * @param next  its gate is overwritten
 * @returns how much the value of `gateStep` rises; negative where it falls
 */
export function moveGate(
  problem: Problem,
  sums: Expectation,
  current: Parameters,
  move: Float64Array,
  next: Parameters,
): number {
  const free = freeGate(problem);
  if (free.size === 0) return 0;
  const p = problem.d + 1;
  const last = (problem.k - 1) * p;
  const point = eachFree(free, (i, line) => move[i * p + line] - move[last + line]);
  applyMove(free, current, point, next);
  return tryMove(problem, free, sums, current, point, false).gain;
}
