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
  const linear = pullsOf(problem, free, sums, sums.gates);
  const gain = dot(linear, point) - move.cost - (gatePenalty(to, problem) - gatePenalty(current, problem));
  return { gain, gradient: gradientAt(problem, free, sums, move.gates, to), move };
}

/** Σ w (r_i − p_i) z in the free numbers. */
function pullsOf({ k, d }: Problem, { lines, size }: FreeGate, sums: Expectation, gates: Float64Array): Float64Array {
  const pulls = new Float64Array(size);
  for (let i = 0, at = 0; i < k - 1; i++)
    for (const line of lines) pulls[at++] = sums.responsibilities[i * (d + 1) + line] - gates[i * (d + 1) + line];
  return pulls;
}

export function gradientAt(
  problem: Problem,
  free: FreeGate,
  sums: Expectation,
  gates: Float64Array,
  at: Parameters,
): Float64Array {
  const ridge = gatePenaltyGradient(at, problem);
  const gradient = pullsOf(problem, free, sums, gates);
  for (let i = 0, entry = 0; i < problem.k - 1; i++)
    for (const line of free.lines) gradient[entry++] -= line === 0 ? 0 : ridge[i * problem.d + line - 1];
  return gradient;
}

/**
 * Minus the Hessian of the gate's value in the free numbers, its lower triangle: curvature of the softmax and of the ridge.
 *
 * @param curvature  see addCurvature
 * @returns row-major; the upper triangle is 0
 */
export function gateHessian(
  { k, d, gateRidge, gateScale }: Problem,
  { lines, size }: FreeGate,
  curvature: Float64Array,
): Float64Array {
  const p = d + 1;
  const q = lines.length;
  const hessian = new Float64Array(size * size);
  for (let j = 0; j < k - 1; j++)
    for (let i = 0; i <= j; i++) {
      const pair = triangleIndex(k - 1, i, j) * triangle(p);
      for (let b = 0; b < q; b++) {
        const t = lines[b];
        const row = (j * q + b) * size + i * q;
        // Where the experts differ all pairs of their lines stand below the diagonal.
        const last = i === j ? b : q - 1;
        for (let a = 0; a <= last; a++) {
          const s = lines[a];
          hessian[row + a] = curvature[pair + (s < t ? triangleIndex(p, s, t) : triangleIndex(p, t, s))];
        }
        if (t > 0) hessian[row + b] += gateRidge * ((i === j ? 1 : 0) - 1 / k) * gateScale[t - 1] ** 2;
      }
    }
  return hessian;
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
