/** A point's value, to be made large, and its gradient. */
export interface Evaluation {
  readonly gain: number;
  readonly gradient: Float64Array;
}

const MEMORY = 8;
const BACKTRACKS = 30;

/**
 * A few ascent steps of L-BFGS from 0 (Nocedal & Wright, algorithm 7.4) with backtracking; never returns a point worse than 0.
 *
 * @param firstScale  size of the first step along the gradient: an inverse curvature
 */
export function lbfgs<E extends Evaluation>(
  evaluate: (point: Float64Array) => E,
  size: number,
  steps: number,
  firstScale: number,
): Float64Array {
  const moves: { s: Float64Array; y: Float64Array; rho: number }[] = [];
  let point: Float64Array = new Float64Array(size);
  let value = evaluate(point);
  for (let step = 0; step < steps; step++) {
    const direction = twoLoop(value.gradient, moves, firstScale);
    const slope = dot(direction, value.gradient);
    if (!(slope > 0)) break;
    const reached = search(evaluate, point, value, direction, slope);
    if (reached === null) break;
    const s = reached.point.map((next, j) => next - point[j]);
    const y = reached.value.gradient.map((next, j) => value.gradient[j] - next);
    const curvature = dot(s, y);
    if (curvature > 1e-12 * Math.sqrt(dot(s, s) * dot(y, y))) moves.push({ s, y, rho: 1 / curvature });
    if (moves.length > MEMORY) moves.shift();
    ({ point, value } = reached);
  }
  return point;
}

function search<E extends Evaluation>(
  evaluate: (point: Float64Array) => E,
  from: Float64Array,
  value: E,
  direction: Float64Array,
  slope: number,
): { point: Float64Array; value: E } | null {
  for (let halvings = 0, size = 1; halvings < BACKTRACKS; halvings++, size /= 2) {
    const point = from.map((start, j) => start + size * direction[j]);
    const reached = evaluate(point);
    if (reached.gain >= value.gain + 1e-4 * size * slope) return { point, value: reached };
  }
  return null;
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

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j] * b[j];
  return sum;
}
