import { factor, solveFactored } from '../kernels/cholesky';
import type { Expectation } from '../kernels/expectation';
import { type GateMove, gateMove } from '../kernels/gate-move';
import { triangle, triangleIndex } from '../kernels/gram';
import { Cancelled } from '../kernels/pass';
import { gatePenalty, gatePenaltyGradient, hasGateIntercepts } from '../model/gate';
import type { Problem } from '../model/problem';
import type { Parameters } from '../model/spec';
import { activeLines } from './expert-step';
import { lbfgs } from './lbfgs';

/** From this many gate parameters on, the Newton matrix costs more than it saves (DESIGN 4). */
const NEWTON_LIMIT = 1500;
const LBFGS_STEPS = 10;
const BACKTRACKS = 30;

/** The gate's free numbers as one vector: for each expert but the last, the lines of (1, x) it may use. */
interface FreeGate {
  readonly lines: readonly number[];
  readonly size: number;
}

export function freeGate(problem: Problem): FreeGate {
  const lines = activeLines(problem.gateColumns, hasGateIntercepts(problem));
  return { lines, size: (problem.k - 1) * lines.length };
}

export const usesNewton = (problem: Problem): boolean => freeGate(problem).size < NEWTON_LIMIT;

/**
 * The gate's M-step: raises Σ w Σ_i r_i log p_i minus the ridge from the current gate, r held. Newton with backtracking below 1,500
 * parameters, else L-BFGS; it never lowers the value.
 *
 * @param sums   the E-step at `current`, with curvature where usesNewton
 * @param steps  Newton steps at most; one is enough for EM to be monotone, more bring the M-step to its maximum
 * @param next   its gate is overwritten
 */
export function gateStep(
  problem: Problem,
  sums: Expectation,
  current: Parameters,
  next: Parameters,
  steps: number,
): void {
  const free = freeGate(problem);
  if (free.size === 0) return;
  if (usesNewton(problem)) newton(problem, free, sums, current, next, steps);
  else quasiNewton(problem, free, sums, current, next);
}

/** A trial gate with its gain over the current one and the gradient of the gain in the free numbers. */
interface Trial {
  readonly gain: number;
  readonly gradient: Float64Array;
  readonly move: Pick<GateMove, 'gates' | 'curvature'>;
}

function newton(
  problem: Problem,
  free: FreeGate,
  sums: Expectation,
  current: Parameters,
  next: Parameters,
  steps: number,
): void {
  let at: Float64Array = new Float64Array(free.size);
  let trial: Trial = {
    gain: 0,
    gradient: gradientAt(problem, free, sums, sums.gates, current),
    move: { gates: sums.gates, curvature: sums.curvature },
  };
  // What rounding may hide in a gain: below it a Newton step is taken on trust.
  const noise = 1e-14 * sums.weight;
  for (let step = 0; step < steps; step++) {
    const direction = newtonDirection(problem, free, trial);
    const slope = dot(direction, trial.gradient);
    if (!(slope > 0)) break;
    const better = backtrack(at, direction, (point, size) => {
      const reached = tryMove(problem, free, sums, current, point, step + 1 < steps);
      return reached.gain >= trial.gain + 1e-4 * size * slope - noise ? reached : null;
    });
    if (better === null) break;
    at = better.point;
    trial = better.value;
    if (slope < noise) break;
  }
  applyMove(free, current, at, next);
}

function quasiNewton(problem: Problem, free: FreeGate, sums: Expectation, current: Parameters, next: Parameters): void {
  const evaluate = (point: Float64Array) => tryMove(problem, free, sums, current, point, false);
  // The curvature of a softmax is at most a quarter of each row's weight.
  applyMove(free, current, lbfgs(evaluate, free.size, LBFGS_STEPS, 4 / sums.weight), next);
}

/** Halves the step along the direction until `accept` returns something. */
function backtrack<T>(
  from: Float64Array,
  direction: Float64Array,
  accept: (point: Float64Array, size: number) => T | null,
): { point: Float64Array; value: T } | null {
  for (let halvings = 0, size = 1; halvings < BACKTRACKS; halvings++, size /= 2) {
    const point = from.map((value, j) => value + size * direction[j]);
    const value = accept(point, size);
    if (value !== null) return { point, value };
  }
  return null;
}

/** What the gate at current + point gains, to the last digit: see GateMove. */
function tryMove(
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

function gradientAt(
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

/** Solves H δ = gradient, H the negative Hessian with the ridge, scaled to a unit diagonal; damped where H is singular. */
function newtonDirection(problem: Problem, free: FreeGate, { gradient, move }: Trial): Float64Array {
  const { k, d, gateRidge, gateScale, cancel } = problem;
  const { lines, size } = free;
  const p = d + 1;
  const width = lines.length;
  const hessian = new Float64Array(size * size);
  for (let i = 0; i < k - 1; i++) {
    for (let j = i; j < k - 1; j++) {
      const pair = triangleIndex(k - 1, i, j) * triangle(p);
      const ridge = gateRidge * ((i === j ? 1 : 0) - 1 / k);
      for (let a = 0; a < width; a++) {
        for (let b = 0; b < width; b++) {
          const at = pair + triangleIndex(p, Math.min(lines[a], lines[b]), Math.max(lines[a], lines[b]));
          const own = a === b && lines[a] > 0 ? ridge * gateScale[lines[a] - 1] ** 2 : 0;
          hessian[(j * width + b) * size + i * width + a] = move.curvature[at] + own;
        }
      }
    }
  }
  const scale = Float64Array.from({ length: size }, (_, j) => {
    const diagonal = hessian[j * size + j];
    return diagonal > 0 ? 1 / Math.sqrt(diagonal) : 0;
  });
  for (let i = 0; i < size; i++) for (let j = 0; j <= i; j++) hessian[i * size + j] *= scale[i] * scale[j];
  const stop = () => {
    if (Atomics.load(cancel, 0) !== 0) throw new Cancelled();
  };
  for (let damping = 0; ; damping = damping === 0 ? 1e-10 : damping * 100) {
    const l = hessian.slice();
    for (let i = 0; i < size; i++) l[i * size + i] += damping + (scale[i] === 0 ? 1 : 0);
    if (factor(l, size, 1e-13, stop) <= 1e-13 && damping < 1) continue;
    const direction = gradient.map((value, j) => value * scale[j]);
    solveFactored(l, size, direction);
    return direction.map((value, j) => value * scale[j]);
  }
}

/** next's gate = current's gate + point on the free numbers. */
function applyMove(free: FreeGate, current: Parameters, point: Float64Array, next: Parameters): void {
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

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j] * b[j];
  return sum;
}
