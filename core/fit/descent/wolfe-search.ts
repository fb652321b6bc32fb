/** A point on the line: how far, what is gained there, and how steeply the gain still rises along the line. */
export interface LinePoint {
  readonly length: number;
  readonly gain: number;
  readonly slope: number;
}

/** Sufficient gain, and how much of the first slope may be left: Nocedal & Wright's values for quasi-Newton directions. */
const GAIN = 1e-4;
export const SLOPE_LEFT = 0.9;
const TRIALS = 30;
/** Growth of a step that is still too short. */
const GROWTH = 2.5;

/**
 * A step along an ascent direction that meets the strong Wolfe conditions,
 *
 *   gain(t) ≥ gain(0) + 10⁻⁴ t slope(0)   and   |slope(t)| ≤ 0.9 slope(0),
 *
 * by bracketing and cubic interpolation (Nocedal & Wright, algorithms 3.5 and 3.6), the first trial t = 1. Where the trials run out,
 * as they do when rounding hides what is left to gain, the best point with sufficient gain.
 *
 * @param from   gain at t = 0
 * @param slope  slope at t = 0, positive
 * @returns null when no trial gains enough
 */
export function wolfeSearch<P extends LinePoint>(
  from: { readonly gain: number },
  slope: number,
  evaluate: (length: number) => P,
): P | null {
  const start: LinePoint = { length: 0, gain: from.gain, slope };
  const gains = (at: LinePoint) => at.gain >= start.gain + GAIN * at.length * slope;
  // `low` is the best point with sufficient gain so far (or the start); the wanted step lies between it and `high`, once there is one.
  let low: P | null = null;
  let high: LinePoint | null = null;
  for (let trial = 0, length = 1; trial < TRIALS; trial++) {
    const at = evaluate(length);
    const best: LinePoint = low ?? start;
    if (!gains(at) || at.gain < best.gain) {
      high = at;
    } else if (Math.abs(at.slope) <= SLOPE_LEFT * slope) {
      return at;
    } else {
      // It still rises away from low: go on beyond. It falls, or rises back: the top is between the two.
      const onward = at.slope * (at.length - best.length) > 0;
      if (!onward) high = best;
      low = at;
    }
    length = high === null ? GROWTH * length : between(low ?? start, high);
  }
  return low;
}

/** Margin to the ends of the bracket, as a share of it: without one the trials may creep. */
const MARGIN = 0.1;

/** The top of the cubic through both points and slopes, kept off the ends; the middle where a figure is not finite. */
function between(low: LinePoint, high: LinePoint): number {
  const width = high.length - low.length;
  const middle = low.length + width / 2;
  const secant = low.slope + high.slope - (3 * (high.gain - low.gain)) / width;
  const root = Math.sqrt(secant * secant - low.slope * high.slope) * Math.sign(width);
  const top = high.length - (width * (high.slope - root - secant)) / (high.slope - low.slope - 2 * root);
  if (!Number.isFinite(top)) return middle;
  const share = (top - low.length) / width;
  return low.length + width * Math.min(1 - MARGIN, Math.max(MARGIN, share));
}
