import type { Rows } from '../../model/problem';
import { columnWindows } from '../../model/row-windows';
import { forward, logSlope, type Transform } from '../../model/transform';
import type { Steps } from '../../turns';
import type { Spread } from '../scale';
import { windowedMoments } from '../scaling/moments';

/** What a fit must know of the training targets. */
export interface TargetFacts {
  /** In the file's units, and as they are fitted: the same where nothing is transformed. */
  readonly actual: Spread;
  readonly fitted: Spread;
  /** See `Problem.logSlopes`; null without a transform. */
  readonly logSlopes: number | null;
}

/** @param rows  in original units; the targets are looked at window by window, never all at once. In turns. */
export function* targetFacts(rows: Rows, d: number, transform: Transform | null): Steps<TargetFacts> {
  const actual = yield* spreadIn(rows, d, null);
  if (transform === null) return { actual, fitted: actual, logSlopes: null };
  const fitted = yield* spreadIn(rows, d, transform);
  let logSlopes = 0;
  for (const { first, to, values, weights } of columnWindows(rows, d, d)) {
    for (let i = 0; i < to - first; i++)
      logSlopes += (weights === null ? 1 : weights[i]) * logSlope(transform, values[i]);
    yield;
  }
  return { actual, fitted, logSlopes };
}

function* spreadIn(rows: Rows, d: number, transform: Transform | null): Steps<Spread> {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  function* targets() {
    let own = new Float64Array(0);
    for (const window of columnWindows(rows, d, d)) {
      const count = window.to - window.first;
      let { values } = window;
      if (transform !== null) {
        if (own.length < count) own = new Float64Array(count);
        for (let i = 0; i < count; i++) own[i] = forward(transform, values[i]);
        values = own;
      }
      for (let i = 0; i < count; i++) {
        if (values[i] < low) low = values[i];
        if (values[i] > high) high = values[i];
      }
      yield { ...window, values };
    }
  }
  const { mean, sd } = yield* windowedMoments(rows.n, targets);
  return { mean, sd, low, high };
}
