import { factor, solveFactored } from '../../kernels/cholesky';
import { dot } from '../../kernels/dot';
import type { Expectation } from '../../kernels/expectation';
import { Cancelled } from '../../kernels/pass';
import { curvatureLength } from '../../kernels/curvature';
import type { Problem } from '../../model/problem';
import type { Parameters } from '../../model/spec';
import { applyMove, type FreeGate, freeGate, gateHessian, gradientAt, type Trial, tryMove } from './gate-value';
import { lbfgs } from '../descent/lbfgs';

/** From this many gate parameters on, the Newton matrix costs more than it saves (DESIGN 4). */
const NEWTON_LIMIT = 1500;
const LBFGS_STEPS = 10;
/** Products a pass for the curvature, some 0.1 s, from which on `chordGate` keeps it, and for how many M-steps. */
const KEPT_FROM = 2e8;
const KEPT_FOR = 5;
const BACKTRACKS = 30;

/** How an EM updates its gate; see `ExpertStep`. */
export interface GateStep {
  /** Whether `update` reads sums.curvature. */
  curvature(problem: Problem): boolean;
  /** M-steps that EM may give the same curvature to, before it takes another; 1 where nothing is said. */
  keeps?(problem: Problem): number;
  /**
   * One M-step of the gate: raises Σ w Σ_i r_i log p_i minus the ridge, r held.
   *
   * @param sums  the E-step at `current`
   * @param next  its gate is overwritten
   * @returns how much that value rose
   */
  update(problem: Problem, sums: Expectation, current: Parameters, next: Parameters): number;
}

/** The gate by Newton where it is small enough, else by L-BFGS: see `gateStep`. */
export const newtonGate = (steps: number): GateStep => ({
  curvature: usesNewton,
  update: (problem, sums, current, next) => gateStep(problem, sums, current, next, steps),
});

/** The gate stays as it is. */
export const frozenGate: GateStep = { curvature: () => false, update: () => 0 };

export const usesNewton = (problem: Problem): boolean => freeGate(problem).size < NEWTON_LIMIT;

/**
 * One Newton step, on the curvature of up to four M-steps before where a new one would be most of an iteration's cost (the chord
 * method, Kelley 1995, section 5.4). An old curvature makes a step longer or shorter than it should be, but what the step gains is
 * priced exactly, so that EM stays monotone.
 */
export const chordGate: GateStep = {
  ...newtonGate(1),
  keeps: ({ train, k, d }) => (train.n * curvatureLength(k, d) < KEPT_FROM ? 1 : KEPT_FOR),
};

/**
 * The gate's M-step: raises Σ w Σ_i r_i log p_i minus the ridge from the current gate, r held. Newton with backtracking below 1,500
 * parameters, else L-BFGS; it never lowers the value.
 *
 * @param sums   the E-step at `current`, with curvature where usesNewton
 * @param steps  Newton steps at most; one is enough for EM to be monotone, more bring the M-step to its maximum
 * @param next   its gate is overwritten
 * @returns how much the value rose
 */
export function gateStep(
  problem: Problem,
  sums: Expectation,
  current: Parameters,
  next: Parameters,
  steps: number,
): number {
  const free = freeGate(problem);
  if (free.size === 0) return 0;
  return usesNewton(problem)
    ? newton(problem, free, sums, current, next, steps)
    : quasiNewton(problem, free, sums, current, next);
}

/** One Newton step of the gate on the gradient and curvature of `sums`, whatever it does to the value: no pass prices it. */
export function curvatureStep(problem: Problem, sums: Expectation, current: Parameters, next: Parameters): void {
  const free = freeGate(problem);
  if (free.size === 0) return;
  const gradient = gradientAt(problem, free, sums, sums.gates, current);
  const move = { gates: sums.gates, curvature: sums.curvature };
  applyMove(free, current, newtonDirection(problem, free, { gain: 0, gradient, move }), next);
}

function newton(
  problem: Problem,
  free: FreeGate,
  sums: Expectation,
  current: Parameters,
  next: Parameters,
  steps: number,
): number {
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
  return trial.gain;
}

function quasiNewton(
  problem: Problem,
  free: FreeGate,
  sums: Expectation,
  current: Parameters,
  next: Parameters,
): number {
  const evaluate = (point: Float64Array) => tryMove(problem, free, sums, current, point, false);
  // The curvature of a softmax is at most a quarter of each row's weight.
  const point = lbfgs(evaluate, free.size, LBFGS_STEPS, 4 / sums.weight);
  applyMove(free, current, point, next);
  return evaluate(point).gain;
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

/** Solves H δ = gradient, H the negative Hessian with the ridge, scaled to a unit diagonal; damped where H is singular. */
function newtonDirection(problem: Problem, free: FreeGate, { gradient, move }: Trial): Float64Array {
  const { cancel } = problem;
  const { size } = free;
  const hessian = gateHessian(problem, free, move.curvature);
  const scale = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const diagonal = hessian[i * size + i];
    scale[i] = diagonal > 0 ? 1 / Math.sqrt(diagonal) : 0;
    for (let j = 0; j <= i; j++) hessian[i * size + j] *= scale[i] * scale[j];
  }
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
