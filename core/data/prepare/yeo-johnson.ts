import { inBlocks, type Steps } from '../../turns';

/** Values of lambda between which it is looked for: 1 is the straight line, and the same distance lies on both sides of it. */
export const FEATURE_LAMBDAS = [-3, 5] as const;
/** Outside these the inverse is not defined everywhere, and a prediction could not be taken back to the file's units. */
export const TARGET_LAMBDAS = [0, 2] as const;

/** Points of the first look, before the best of them is refined. */
const COARSE = 17;
const STEPS = 24;
const GOLDEN = (Math.sqrt(5) - 1) / 2;
/** A transform that leaves less spread than this share of its size has lost its digits. */
const NO_SPREAD = 1e-9;

/**
 * Lambda of the Yeo-Johnson transform by maximum likelihood (Yeo & Johnson 2000, section 3): the largest −n/2 log var(ψ(x)) +
 * (λ − 1) Σ sign(x) log(|x| + 1). A grid, then golden sections about its best point; no randomness, so the same digits every time.
 * In turns.
 *
 * @param values   n training values, none NaN
 * @param weights  one a value, all above 0: as if it stood there so often; null for all ones
 */
export function* yeoJohnsonLambda(
  values: Float64Array,
  [least, most]: readonly [number, number] = FEATURE_LAMBDAS,
  weights: Float64Array | null = null,
): Steps<number> {
  const logs = new Float64Array(values.length);
  let [slopes, n] = [0, 0];
  yield* inBlocks(values.length, 4, (from, to) => {
    for (let i = from; i < to; i++) {
      logs[i] = Math.sign(values[i]) * Math.log1p(Math.abs(values[i]));
      const weight = weights ? weights[i] : 1;
      slopes += weight * logs[i];
      n += weight;
    }
  });
  const transformed = new Float64Array(values.length);
  function* likelihood(lambda: number): Steps<number> {
    let mean = 0;
    yield* inBlocks(logs.length, 8, (from, to) => {
      for (let i = from; i < to; i++) {
        transformed[i] = transformLog(logs[i], lambda);
        mean += weights ? weights[i] * transformed[i] : transformed[i];
      }
    });
    mean /= n;
    let squares = 0;
    yield* inBlocks(logs.length, 2, (from, to) => {
      for (let i = from; i < to; i++) squares += (weights ? weights[i] : 1) * (transformed[i] - mean) ** 2;
    });
    const sd = Math.sqrt(squares / n);
    return Number.isFinite(sd) && sd > NO_SPREAD * Math.abs(mean)
      ? -n * Math.log(sd) + (lambda - 1) * slopes
      : Number.NEGATIVE_INFINITY;
  }

  const step = (most - least) / (COARSE - 1);
  let [best, highest] = [1, Number.NEGATIVE_INFINITY];
  for (let at = 0; at < COARSE; at++) {
    const value = yield* likelihood(least + at * step);
    if (value > highest) [best, highest] = [least + at * step, value];
  }
  let [low, high] = [Math.max(least, best - step), Math.min(most, best + step)];
  let [left, right] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
  let [atLeft, atRight] = [yield* likelihood(left), yield* likelihood(right)];
  for (let i = 0; i < STEPS; i++) {
    if (atLeft >= atRight) {
      [high, right, atRight] = [right, left, atLeft];
      left = high - GOLDEN * (high - low);
      atLeft = yield* likelihood(left);
    } else {
      [low, left, atLeft] = [left, right, atRight];
      right = low + GOLDEN * (high - low);
      atRight = yield* likelihood(right);
    }
  }
  const middle = (low + high) / 2;
  // An end of the range is no interior point: golden sections only come near it.
  return (yield* likelihood(middle)) >= highest ? middle : best;
}

/** The transform of x from sign(x) log(|x| + 1). */
function transformLog(log: number, lambda: number): number {
  const p = log >= 0 ? lambda : 2 - lambda;
  const size = Math.abs(log);
  return Math.sign(log) * (p === 0 ? size : Math.expm1(p * size) / p);
}
