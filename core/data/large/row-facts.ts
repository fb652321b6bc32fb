import type { FileRows } from '../../model/problem';
import type { RowFacts } from '../../model/row-file';
import { columnWindows } from '../../model/row-windows';
import { inBlocks, type Steps } from '../../turns';

/** Learns what every fit asks of all rows while they are written, with the sums of fit/target in their order: the digits are those of a pass. */
export function rowFacts() {
  let [weight, sum, counted, finite] = [0, 0, 0, true];
  return {
    /** The next rows: the first `count` of these, of d columns. */
    add(x: Float64Array, y: Float64Array, weights: Float64Array | null, count: number, d: number): void {
      for (let at = 0; at < count * d; at++) if (!Number.isFinite(x[at])) finite = false;
      for (let r = 0; r < count; r++) {
        const w = weights === null ? 1 : weights[r];
        weight += w;
        sum += w * y[r];
        if (w > 0) counted++;
        if (!Number.isFinite(y[r]) || !(w >= 0 && w < Infinity)) finite = false;
      }
    },
    /** @param rows  all of them, written */
    *finish(rows: FileRows, d: number): Steps<RowFacts> {
      const mean = sum / weight;
      let squares = 0;
      for (const { first, to, values, weights } of columnWindows(rows, d, d))
        yield* inBlocks(to - first, 2, (from, end) => {
          for (let r = from; r < end; r++) squares += (weights === null ? 1 : weights[r]) * (values[r] - mean) ** 2;
        });
      return { weight, counted, finite, mean, sd: Math.sqrt(squares / weight) };
    },
  };
}
