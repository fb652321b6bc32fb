import { likeliest, type Part, type Predicted } from '../evaluate/part';
import type { PointSample } from '../protocol';

/** A chart shows no more points than this; the sample is every so many-th row, so it is the same each time. */
const MOST_POINTS = 5000;

/** @param of  rows of the part, of which the part may hold some: those at hand where the rows are in files */
export function pointSample(part: Part, { prediction, sd, gates }: Predicted, k: number, of: number): PointSample {
  const held = part.actual.length;
  const shown = Math.min(held, MOST_POINTS);
  const pick = (value: (row: number) => number) =>
    Float64Array.from({ length: shown }, (_, i) => value(Math.floor((i * held) / shown)));
  return {
    of,
    row: pick((i) => part.rows[i]),
    actual: pick((i) => part.actual[i]),
    prediction: pick((i) => prediction[i]),
    sd: pick((i) => sd[i]),
    expert: pick((i) => likeliest(gates, k, i)),
  };
}
