import { triangleIndex } from '../../kernels/triangle';
import { gatePenaltyGradient, hasGateIntercepts } from '../../model/gate';
import type { Problem } from '../../model/problem';
import { pseudoWeight } from '../../model/pseudo-rows';
import { secondMoments } from '../../moments/second-moments';
import { symmetricEigen } from '../../moments/symmetric-eigen';
import { activeLines, type ExpertStep } from './expert-step';
import type { GateStep } from './gate-step';
import { moveGate } from './gate-value';
import { moveExperts, type SolveMove } from './move-experts';

/**
 * Size of a step, in units of one over the largest curvature of a squared error. On whitened inputs it is the papers' step: .9 for
 * the gate and .9 σ² for an expert on the gradient of Q a row. A step below 2 cannot lower Q.
 */
const RATE = 0.9;

/**
 * The gradient M-step of gradient EM for the experts: δ_i = (rate / λ) D⁻¹ Σ w s_i (y − μ_i) g' z, with D_a = Σ w z_a² and λ the largest
 * eigenvalue of D^{-1/2} (Σ w z z') D^{-1/2}, so that the step is at most rate / curvature whatever the columns' units and
 * correlations. σ_i² of the gradient and σ_i² of the step cancel. Where the response is not linear the step is halved until
 * the expert's sum of squares falls.
 */
export function gradientExperts(problem: Problem): ExpertStep {
  const { intercept, expertColumns } = problem;
  const active = activeLines(expertColumns, intercept);
  const frame = frameOf(problem, active);
  // An expert's responsibilities are at most 1 a row, and the pseudo-rows come on top.
  const rate = RATE / (frame.curvature * (1 + pseudoWeight(problem)));
  return {
    moments: true,
    update(at, sums, current, next, residuals) {
      const solve: SolveMove = (_expert, gram, gradient) => {
        const delta = gradient.map((value, a) => rate * frame.inverses[a] * value);
        return { delta, gain: gainOf(gram, delta, gradient) };
      };
      moveExperts(at, sums, current, next, residuals, solve, { steps: 1 });
      return null;
    },
  };
}

/**
 * The gradient M-step of gradient EM for the gate: every gate w_i moves along Σ w (r_i − p_i) z minus the ridge's pull, all k alike, so
 * that the step does not depend on which expert is the reference. The curvature of a softmax is at most half that of a squared error
 * (Böhning 1992), so the step cannot lower the value.
 */
export function gradientGate(problem: Problem): GateStep {
  const { gateColumns, gateRidge, gateScale, d } = problem;
  const p = d + 1;
  const frame = frameOf(problem, activeLines(gateColumns, hasGateIntercepts(problem)));
  const stiffest = gateScale.reduce(
    (most, scale, j) => Math.max(most, gateRidge * scale ** 2 * frame.inverses[j + 1]),
    0,
  );
  const rate = RATE / (frame.curvature + stiffest);
  return {
    curvature: () => false,
    update(at, sums, current, next) {
      const ridge = gatePenaltyGradient(current, at);
      const move = sums.responsibilities.map((share, line) => {
        const a = line % p;
        const pull = a === 0 ? 0 : ridge[Math.floor(line / p) * d + a - 1];
        return rate * frame.inverses[a] * (share - sums.gates[line] - pull);
      });
      return moveGate(at, sums, current, move, next);
    },
  };
}

/** The scale of the lines of z = (1, x) over the training rows. */
interface Frame {
  /** d + 1: 1 / Σ w z_a²; 0 on lines that may not move or hold nothing but rounding. */
  readonly inverses: Float64Array;
  /** Largest eigenvalue of Σ w z z' over these lines, each of unit length; 1 at least. */
  readonly curvature: number;
}

/** Squared length of a line, of the longest line's, that is what centring leaves of a constant. */
const NOTHING = 1e-24;

function frameOf({ train, d, cancel }: Problem, active: readonly number[]): Frame {
  const { weight, mean, covariance } = secondMoments(train, d, cancel);
  const meanOf = (a: number) => (a === 0 ? 1 : mean[a - 1]);
  const product = (a: number, b: number) =>
    weight * (meanOf(a) * meanOf(b) + (a === 0 || b === 0 ? 0 : covariance[(a - 1) * (d + 1) + b - 1]));
  const inverses = new Float64Array(d + 1);
  const longest = active.reduce((most, a) => Math.max(most, product(a, a)), 0);
  for (const a of active) inverses[a] = product(a, a) > NOTHING * longest ? 1 / product(a, a) : 0;
  const lines = active.filter((a) => inverses[a] > 0);
  const scaled = Float64Array.from({ length: lines.length ** 2 }, (_, at) => {
    const a = lines[Math.floor(at / lines.length)];
    const b = lines[at % lines.length];
    return product(a, b) * Math.sqrt(inverses[a] * inverses[b]);
  });
  const eigen = lines.length === 0 ? null : symmetricEigen(scaled, lines.length);
  return { inverses, curvature: Math.max(1, eigen?.values[0] ?? 1) };
}

/** How much Σ w s_i (y − μ_i)² of a linear expert falls by the move δ: 2 δ·g − δ'Gδ. */
function gainOf(gram: Float64Array, delta: Float64Array, gradient: Float64Array): number {
  const p = delta.length;
  let gain = 0;
  for (let a = 0; a < p; a++) {
    gain += 2 * delta[a] * gradient[a];
    for (let b = a; b < p; b++) gain -= (a === b ? 1 : 2) * delta[a] * delta[b] * gram[triangleIndex(p, a, b)];
  }
  return gain;
}
