import type { Expectation } from '../../kernels/expectation';
import { triangleIndex } from '../../kernels/triangle';
import { hasGateIntercepts } from '../../model/gate';
import type { Problem } from '../../model/problem';
import type { Parameters } from '../../model/spec';
import type { GateStep } from '../em/gate-step';
import { freeGate, gradientAt, moveGate } from '../em/gate-value';

const BACKTRACKS = 30;

/**
 * The M-step of a gate between two experts that may only change its norm along a direction, and its intercept where it has one: one
 * Newton step on these two numbers, halved until the value does not fall.
 *
 * @param direction  d weights; 0 for a gate that is the same in every row
 */
export const gateAlong = (direction: Float64Array): GateStep => ({
  curvature: () => true,
  update(problem, sums, current, next) {
    const step = newtonStep(problem, direction, sums, current);
    for (let halvings = 0, size = 1; halvings < BACKTRACKS; halvings++, size /= 2) {
      const move = new Float64Array(2 * (problem.d + 1));
      move[0] = size * step.intercept;
      direction.forEach((weight, j) => (move[j + 1] = size * step.norm * weight));
      const gain = moveGate(problem, sums, current, move, next);
      if (gain >= 0) return gain;
    }
    next.gateWeights.set(current.gateWeights);
    next.gateIntercepts.set(current.gateIntercepts);
    return 0;
  },
});

/** A direction of less curvature is flat but for rounding. */
const FLAT = 1e-12;

function newtonStep(
  problem: Problem,
  direction: Float64Array,
  sums: Expectation,
  current: Parameters,
): { intercept: number; norm: number } {
  const { d, gateRidge, gateScale } = problem;
  const { curvature } = sums;
  const free = freeGate(problem);
  const gradient = gradientAt(problem, free, sums, sums.gates, current);
  const pull = { intercept: 0, norm: 0 };
  free.lines.forEach((line, at) => {
    if (line === 0) pull.intercept = gradient[at];
    else pull.norm += direction[line - 1] * gradient[at];
  });
  let cross = 0;
  let norm = 0;
  for (let a = 0; a < d; a++) {
    cross += direction[a] * curvature[triangleIndex(d + 1, 0, a + 1)];
    norm += (gateRidge / 2) * (direction[a] * gateScale[a]) ** 2;
    for (let b = a; b < d; b++)
      norm += (a === b ? 1 : 2) * direction[a] * direction[b] * curvature[triangleIndex(d + 1, a + 1, b + 1)];
  }
  const total = curvature[0];
  if (!hasGateIntercepts(problem)) return { intercept: 0, norm: norm > FLAT * total ? pull.norm / norm : 0 };
  const own = norm - (cross * cross) / total;
  const step = own > FLAT * norm ? (pull.norm - (cross / total) * pull.intercept) / own : 0;
  return { intercept: total > 0 ? (pull.intercept - cross * step) / total : 0, norm: step };
}
