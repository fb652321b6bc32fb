import { triangle, triangleIndex } from '../../kernels/triangle';
import { gatePenaltyGradient, hasGateIntercepts } from '../../model/gate';
import type { Problem } from '../../model/problem';
import type { Parameters } from '../../model/spec';
import { secondMoments } from '../../moments/second-moments';
import { activeLines } from '../em/expert-step';
import type { GateStep } from '../em/gate-step';
import { moveGate } from '../em/gate-value';
import { solveNormal } from '../em/normal-system';

/**
 * One step of projected gradient descent on Gated-NN's loss of the gate given the experts,
 *
 *   L_log(w) = −E log Σ_i p_i(x) N(y; g(a_i·x), σ²),   ∇_{w_i} L_log = −E[(r_i − p_i) x],   w_k = 0,
 *
 * r the posterior of expert i (the published gradient has lost its factor x). The step is taken in whitened inputs, where the paper's
 * x ~ N(0, I) holds, and its length is one over the largest curvature, 1/2 (1/4 for two experts; Böhning 1992), so that L_log cannot
 * rise; then each w_i is brought back into the ball |w_i| ≤ R of the whitened inputs. The gate ridge of the objective is part of the
 * loss: gateRidge=0 is the published one. Intercepts, where there are any, are free.
 *
 * As L_log is the likelihood in the gate, and its gradient that of EM's Q at the present gate, this is a gate step of EM.
 *
 * @param radius  R
 */
export function projectedGate(problem: Problem, radius: number): GateStep {
  const { k, d, gateColumns, gateRidge, gateScale } = problem;
  const p = d + 1;
  const active = activeLines(gateColumns, hasGateIntercepts(problem));
  const metric = metricOf(problem);
  const length = k === 2 ? 4 : 2;
  // With the ridge the curvature is at most 1/length of the inputs' products plus 2 λ on the diagonal.
  for (let j = 0; j < d; j++) metric.gram[triangleIndex(p, j + 1, j + 1)] += 2 * gateRidge * gateScale[j] ** 2;
  return {
    curvature: () => false,
    update(at, sums, current, next) {
      if (active.length === 0) return 0;
      // A part of the problem, its ridge with its rows, weighs less than the metric, which is that of all rows.
      const share = metric.weight / sums.weight;
      const ridge = gatePenaltyGradient(current, at);
      const move = new Float64Array(k * p);
      for (let i = 0; i < k - 1; i++) {
        const gradient = new Float64Array(p);
        for (let a = 0; a < p; a++) {
          const pull = a === 0 ? 0 : ridge[i * d + a - 1];
          gradient[a] = share * (sums.responsibilities[i * p + a] - sums.gates[i * p + a] - pull);
        }
        const { delta } = solveNormal(metric.gram, gradient, p, active);
        project(
          metric,
          active,
          current,
          i,
          delta.map((entry) => length * entry),
          radius,
          move,
        );
      }
      return moveGate(at, sums, current, move, next);
    },
  };
}

interface Metric {
  readonly weight: number;
  /** Triangle of Σ w z z', z = (1, x). */
  readonly gram: Float64Array;
}

function metricOf({ train, d, cancel }: Problem): Metric {
  const { weight, mean, covariance } = secondMoments(train, d, cancel);
  const gram = new Float64Array(triangle(d + 1));
  const meanOf = (a: number) => (a === 0 ? 1 : mean[a - 1]);
  for (let a = 0; a <= d; a++) {
    for (let b = a; b <= d; b++) {
      const about = a === 0 ? 0 : covariance[(a - 1) * (d + 1) + b - 1];
      gram[triangleIndex(d + 1, a, b)] = weight * (meanOf(a) * meanOf(b) + about);
    }
  }
  return { weight, gram };
}

/**
 * Gate i's move, cut so that its weights stay in the ball. Where there is an intercept the ball is that of the centred inputs, and
 * the gate's value at their mean is kept.
 *
 * @param step  d + 1, the move before the projection
 * @param move  k × (d + 1), row i is written
 */
function project(
  { weight, gram }: Metric,
  active: readonly number[],
  { d, gateWeights }: Parameters,
  i: number,
  step: Float64Array,
  radius: number,
  move: Float64Array,
): void {
  const p = d + 1;
  const entry = (a: number, b: number) => gram[triangleIndex(p, Math.min(a, b), Math.max(a, b))];
  const centred = active[0] === 0;
  const meanOf = (a: number) => (centred ? entry(0, a) / weight : 0);
  const lines = active.filter((a) => a > 0);
  const reached = Float64Array.from(lines, (a) => gateWeights[i * d + a - 1] + step[a]);
  let square = 0;
  let along = 0;
  lines.forEach((a, s) => {
    along += meanOf(a) * reached[s];
    lines.forEach((b, t) => (square += reached[s] * reached[t] * (entry(a, b) / weight - meanOf(a) * meanOf(b))));
  });
  const shrink = Math.min(1, radius / Math.sqrt(square));
  lines.forEach((a, s) => (move[i * p + a] = shrink * reached[s] - gateWeights[i * d + a - 1]));
  if (centred) move[i * p] = step[0] + (1 - shrink) * along;
}
