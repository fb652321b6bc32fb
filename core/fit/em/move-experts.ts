import { dot } from '../../kernels/dot';
import type { Expectation } from '../../kernels/expectation';
import type { Moments } from '../../kernels/expert-moments';
import { type ExpertMove as Priced, expertMove } from '../../kernels/expert-move';
import type { Problem } from '../../model/problem';
import { pseudoWeight } from '../../model/pseudo-rows';
import type { Parameters } from '../../model/spec';

/** How one expert would move, and how much its weighted sum of squares falls by it where its response is linear. */
export interface ExpertMove {
  /** d + 1: the change of the intercept, then of the weights. */
  readonly delta: Float64Array;
  readonly gain: number;
}

/**
 * The Gauss-Newton move of one expert from its normal matrix Σ v g'² z z' (a triangle over the z of `Moments`) and its gradient
 * Σ v e g' (1, x).
 */
export type SolveMove = (expert: number, gram: Float64Array, gradient: Float64Array) => ExpertMove;

export interface MoveOptions {
  /** What the normal matrices are taken of, in `sums` too. */
  readonly moments?: Exclude<Moments, false>;
  /** Moves of an expert whose response is not linear. */
  readonly steps?: number;
}

/** Gauss-Newton steps an M-step: each costs a pass, and EM goes on from where they end. */
export const GAUSS_NEWTON_STEPS = 2;
/**
 * Sizes of a step that are tried. At the corners of a kinked response hardly any step helps, and what a row at its kink is worth is
 * far below the noise: not worth more passes.
 */
const TRIALS = 5;
/** Share of what the slope promises that a step must bring. */
const SUFFICIENT = 1e-4;
/** What rounding may hide of a sum of squares: a smaller gain is taken on trust. */
const ROUNDING = 1e-13;

/**
 * The experts' part of an M-step, every expert by itself. A linear response is solved by the move at once. For any other the moves are
 * damped Gauss-Newton steps: each expert shortens its own until its sum of squares, under the responsibilities of `current`, has
 * fallen, so that EM stays monotone; an expert whose response is flat in all its rows stays where it is.
 *
 * @param sums       the E-step at `current`, with moments
 * @param next       its experts are overwritten; the rest is not looked at
 * @param residuals  k, overwritten: Σ w s_i (y − μ_i)² at the new experts
 */
export function moveExperts(
  problem: Problem,
  sums: Expectation,
  current: Parameters,
  next: Parameters,
  residuals: Float64Array,
  solve: SolveMove,
  { moments = true, steps = GAUSS_NEWTON_STEPS }: MoveOptions = {},
): void {
  const { k, d } = current;
  // Experts that no step helps: their next step would be the same.
  const resting = new Set<number>();
  let at: Priced = sums;
  residuals.set(at.residuals);
  for (let step = 0; step < steps; step++) {
    const moves = Array.from({ length: k }, (_, i) => solve(i, triangleOf(at, i, k), gradientOf(at, i, d)));
    if (problem.activation.id === 'linear') {
      applyMoves(next, moves, new Float64Array(k).fill(1));
      moves.forEach(({ gain }, i) => (residuals[i] = Math.max(0, residuals[i] - gain)));
      return;
    }
    const reached = damped(problem, current, next, moves, at, resting, step + 1 < steps && moments);
    if (reached === null) return;
    const settled = moves.every(({ gain }, i) => !(gain > ROUNDING * at.residuals[i]));
    at = reached;
    residuals.set(at.residuals);
    if (settled) return;
  }
}

/**
 * Takes each expert's move, shortened until its sum of squares falls enough; `next` is written to.
 *
 * @param before       the sums at `next`, with derivatives
 * @param resting      experts that are not to move; those that no size helps are added
 * @param derivatives  what the sums at the new experts hold besides their residuals
 * @returns the sums at the new experts, or null where none moved
 */
function damped(
  problem: Problem,
  current: Parameters,
  next: Parameters,
  moves: readonly ExpertMove[],
  before: Priced,
  resting: Set<number>,
  derivatives: Moments,
): Priced | null {
  const { train, d, activation, cancel } = problem;
  const background = pseudoWeight(problem);
  // Half the rate at which each sum of squares falls where the move begins.
  const pulls = Float64Array.from(moves, ({ delta }, i) => dot(delta, gradientOf(before, i, d)));
  const sizes = pulls.map((pull, i) => (pull > 0 && Number.isFinite(pull) && !resting.has(i) ? 1 : 0));
  const isEnough = (value: number, i: number) =>
    value <= before.residuals[i] * (1 + ROUNDING) - SUFFICIENT * sizes[i] * pulls[i];
  for (let trial = 1; ; trial++) {
    if (sizes.every((size) => size === 0)) return null;
    const to = { expertWeights: next.expertWeights.slice(), expertIntercepts: next.expertIntercepts.slice() };
    applyMoves(to, moves, sizes);
    const reached = expertMove(train, d, { from: current, to, activation, background, derivatives }, cancel);
    const short = Array.from(sizes.keys()).filter((i) => sizes[i] > 0 && !isEnough(reached.residuals[i], i));
    if (short.length === 0) {
      next.expertWeights.set(to.expertWeights);
      next.expertIntercepts.set(to.expertIntercepts);
      return reached;
    }
    for (const i of short) {
      if (trial === TRIALS) resting.add(i);
      sizes[i] = resting.has(i) ? 0 : shorter(sizes[i], pulls[i], reached.residuals[i] - before.residuals[i]);
    }
  }
}

/**
 * The lowest point of the parabola through the rise of the sum of squares at `size` and its slope −2 pull at 0, kept to between a
 * tenth and a half of the size.
 */
function shorter(size: number, pull: number, rise: number): number {
  const lowest = (pull * size * size) / (rise + 2 * pull * size);
  return Number.isFinite(lowest) ? Math.min(0.5 * size, Math.max(0.1 * size, lowest)) : 0.1 * size;
}

/** Adds size times the move to each expert. */
function applyMoves(
  { expertWeights, expertIntercepts }: Pick<Parameters, 'expertWeights' | 'expertIntercepts'>,
  moves: readonly ExpertMove[],
  sizes: Float64Array,
): void {
  moves.forEach(({ delta }, i) => {
    if (sizes[i] === 0) return;
    const d = delta.length - 1;
    expertIntercepts[i] += sizes[i] * delta[0];
    for (let j = 0; j < d; j++) expertWeights[i * d + j] += sizes[i] * delta[j + 1];
  });
}

const triangleOf = ({ moments }: Priced, i: number, k: number) =>
  moments.subarray((i * moments.length) / k, ((i + 1) * moments.length) / k);
const gradientOf = ({ slopes }: Priced, i: number, d: number) => slopes.subarray(i * (d + 1), (i + 1) * (d + 1));
