import { inBlocks, type Steps } from '../../turns';

/** Digits of 16 bits in a number of 64. */
const DIGITS = 4;
const VALUES = 0x10000;

/** One pass of the sort moves every row: the width that makes a block take a millisecond. */
const WIDTH = 8;

/**
 * Rows in ascending order of their values, equal values in the order of the file; rows without a number (NaN) are not among them.
 * Sorted by the bits of the numbers, a digit at a time: linear in the rows, where comparing would keep the engine for seconds.
 */
export function* ascending(values: Float64Array): Steps<Uint32Array> {
  const float = new Float64Array(1);
  // Little-endian, as the codec says: the lower half comes first.
  const halves = new Uint32Array(float.buffer);
  let count = 0;
  for (const value of values) if (!Number.isNaN(value)) count++;
  let from = { low: new Uint32Array(count), high: new Uint32Array(count), row: new Uint32Array(count) };
  let to = { low: new Uint32Array(count), high: new Uint32Array(count), row: new Uint32Array(count) };
  let at = 0;
  yield* inBlocks(values.length, WIDTH, (begin, end) => {
    for (let row = begin; row < end; row++) {
      const value = values[row];
      if (Number.isNaN(value)) continue;
      float[0] = value + 0; // minus zero is zero
      const negative = halves[1] >>> 31 === 1;
      // Unsigned order of these is the order of the numbers: negative ones backwards, then positive ones.
      from.low[at] = negative ? ~halves[0] : halves[0];
      from.high[at] = negative ? ~halves[1] : halves[1] | 0x80000000;
      from.row[at++] = row;
    }
  });
  for (let digit = 0; digit < DIGITS; digit++) {
    const half = digit < 2 ? 'low' : 'high';
    const shift = digit % 2 === 0 ? 0 : 16;
    const places = new Uint32Array(VALUES);
    const keys = from[half];
    yield* inBlocks(count, 2, (begin, end) => {
      for (let i = begin; i < end; i++) places[(keys[i] >>> shift) & 0xffff]++;
    });
    if (count === 0 || places[(keys[0] >>> shift) & 0xffff] === count) continue; // all alike
    let sum = 0;
    for (let value = 0; value < VALUES; value++) {
      const here = places[value];
      places[value] = sum;
      sum += here;
    }
    const source = from;
    const target = to;
    yield* inBlocks(count, WIDTH, (begin, end) => {
      for (let i = begin; i < end; i++) {
        const place = places[(keys[i] >>> shift) & 0xffff]++;
        target.low[place] = source.low[i];
        target.high[place] = source.high[i];
        target.row[place] = source.row[i];
      }
    });
    from = target;
    to = source;
  }
  return from.row;
}
