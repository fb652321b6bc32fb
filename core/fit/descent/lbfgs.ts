import { dot } from '../../kernels/dot';
import { SLOPE_LEFT, wolfeSearch } from './wolfe-search';

/** A point's value, to be made large, and its gradient. */
export interface Evaluation {
  readonly gain: number;
  readonly gradient: Float64Array;
}

const MEMORY = 8;

/**
 * Ascent by L-BFGS from 0 (Nocedal & Wright, algorithm 7.5), its steps by a line search that meets the strong Wolfe conditions. Ends
 * early where no step gains; never returns a point worse than 0.
 *
 * @param firstScale  size of the first step along the gradient: an inverse curvature
 * @param flat        ends where no entry of the gradient is larger
 */
export function lbfgs<E extends Evaluation>(
  evaluate: (point: Float64Array) => E,
  size: number,
  steps: number,
  firstScale: number,
  flat = 0,
): Float64Array {
  const moves: { s: Float64Array; y: Float64Array; rho: number }[] = [];
  let point: Float64Array = new Float64Array(size);
  let value = evaluate(point);
  for (let step = 0; step < steps; step++) {
    if (value.gradient.every((entry) => Math.abs(entry) <= flat)) break;
    const direction = twoLoop(value.gradient, moves, firstScale);
    const slope = dot(direction, value.gradient);
    if (!(slope > 0)) break;
    const origin = point;
    const reached = wolfeSearch(value, slope, (length) => {
      const at = origin.map((start, j) => start + length * direction[j]);
      const there = evaluate(at);
      return { length, gain: there.gain, slope: dot(direction, there.gradient), point: at, value: there };
    });
    if (reached === null) break;
    const s = reached.point.map((next, j) => next - point[j]);
    const y = reached.value.gradient.map((next, j) => value.gradient[j] - next);
    const curvature = dot(s, y);
    if (curvature > 1e-12 * Math.sqrt(dot(s, s) * dot(y, y))) moves.push({ s, y, rho: 1 / curvature });
    if (moves.length > MEMORY) moves.shift();
    ({ point, value } = reached);
    // No step was better than this one, which is not good enough: rounding hides what is left to gain, or there is no top.
    if (Math.abs(reached.slope) > SLOPE_LEFT * slope) break;
  }
  return point;
}

/** The inverse Hessian of the remembered moves, applied to the gradient. */
function twoLoop(
  gradient: Float64Array,
  moves: readonly { s: Float64Array; y: Float64Array; rho: number }[],
  firstScale: number,
): Float64Array {
  const direction = gradient.slice();
  const alphas = new Float64Array(moves.length);
  for (let m = moves.length - 1; m >= 0; m--) {
    const { s, y, rho } = moves[m];
    alphas[m] = rho * dot(s, direction);
    for (let j = 0; j < direction.length; j++) direction[j] -= alphas[m] * y[j];
  }
  const last = moves.at(-1);
  const scale = last ? 1 / (last.rho * dot(last.y, last.y)) : firstScale;
  for (let j = 0; j < direction.length; j++) direction[j] *= scale;
  for (let m = 0; m < moves.length; m++) {
    const { s, y, rho } = moves[m];
    const beta = rho * dot(y, direction);
    for (let j = 0; j < direction.length; j++) direction[j] += (alphas[m] - beta) * s[j];
  }
  return direction;
}
