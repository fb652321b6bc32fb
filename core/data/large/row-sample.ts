import type { RowWindow } from '../../model/row-windows';
import type { DesignPart } from '../row-store';

/**
 * Rows at even distances that stay at hand, picked as the windows go by.
 *
 * @param rows  the record numbers of all n
 * @param most  rows to pick at most
 */
export function sampleOf(rows: Uint32Array, n: number, d: number, most: number, weighted: boolean) {
  const count = Math.min(n, most);
  const placeOf = (i: number) => Math.floor((i * n) / count);
  const column = () => new Float64Array(count);
  const part: DesignPart = {
    n: count,
    x: new Float64Array(count * d),
    y: column(),
    weights: weighted ? column() : null,
    rows: Uint32Array.from({ length: count }, (_, i) => rows[placeOf(i)]),
    z: new Float64Array(count * d),
    actual: column(),
    fitted: column(),
  };
  let next = 0;
  return {
    part,
    /**
     * @param window  in original units
     * @param fitted  its targets as they are fitted
     * @param x  its rows in the coordinates of the fit, as y
     */
    take(window: RowWindow, fitted: Float64Array, x: Float64Array, y: Float64Array): void {
      for (; next < count && placeOf(next) < window.to; next++) {
        const at = placeOf(next) - window.first;
        part.z.set(window.x.subarray(at * d, (at + 1) * d), next * d);
        part.x.set(x.subarray(at * d, (at + 1) * d), next * d);
        part.y[next] = y[at];
        part.actual[next] = window.y[at];
        part.fitted[next] = fitted[at];
        if (part.weights !== null) part.weights[next] = window.weights === null ? 1 : window.weights[at];
      }
    },
  };
}
