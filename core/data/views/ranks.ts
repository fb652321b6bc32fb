import { inBlocks, type Steps } from '../../turns';
import { ascending } from './ascending';

/** A column as the places of its values: equal values share one, counted from 0 in ascending order. */
export interface Places {
  /** One a row; `distinct` where there is no number. */
  readonly place: Uint32Array;
  readonly distinct: number;
}

export function* placesOf(values: Float64Array): Steps<Places> {
  const order = yield* ascending(values);
  const place = new Uint32Array(values.length);
  let distinct = 0;
  yield* inBlocks(order.length, 4, (begin, end) => {
    for (let i = begin; i < end; i++) {
      if (i > 0 && values[order[i]] !== values[order[i - 1]]) distinct++;
      place[order[i]] = distinct;
    }
  });
  if (order.length > 0) distinct++;
  if (order.length < values.length) {
    yield* inBlocks(values.length, 2, (begin, end) => {
      for (let row = begin; row < end; row++) if (Number.isNaN(values[row])) place[row] = distinct;
    });
  }
  return { place, distinct };
}

/**
 * Ranks of a column from 1 among the rows that have a number in another column too, equal values sharing their average rank; NaN
 * elsewhere.
 *
 * @param other  the other column; the column itself for every row that has a number
 * @param into  where they go, one a row
 */
export function* ranksAmong(own: Places, other: Places, into: Float64Array): Steps<void> {
  // One place more than there are values: rows without a number are counted there, and have no rank.
  const rank = new Float64Array(own.distinct + 1);
  yield* inBlocks(into.length, 4, (begin, end) => countPlaces(own, other, rank, begin, end));
  let before = 0;
  for (let value = 0; value < own.distinct; value++) {
    const count = rank[value];
    rank[value] = before + (count + 1) / 2;
    before += count;
  }
  rank[own.distinct] = Number.NaN;
  yield* inBlocks(into.length, 4, (begin, end) => writeRanks(own, other, rank, into, begin, end));
}

function countPlaces({ place }: Places, other: Places, rank: Float64Array, begin: number, end: number): void {
  const { place: otherPlace, distinct: none } = other;
  for (let row = begin; row < end; row++) if (otherPlace[row] < none) rank[place[row]]++;
}

function writeRanks(
  { place }: Places,
  other: Places,
  rank: Float64Array,
  into: Float64Array,
  begin: number,
  end: number,
): void {
  const { place: otherPlace, distinct: none } = other;
  for (let row = begin; row < end; row++) into[row] = otherPlace[row] < none ? rank[place[row]] : Number.NaN;
}
