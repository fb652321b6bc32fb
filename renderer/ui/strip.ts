/** Things of known sizes one after the other along an axis, in pixels. */
export interface Strip {
  readonly count: number;
  /** Of all of them together. */
  readonly length: number;
  /** Where one begins; of `count`, where the last ends. */
  start(index: number): number;
  /** The one that covers a place, the first or the last beyond the ends. */
  at(place: number): number;
}

/** All of one size: nothing is kept of each, however many they are. */
export function evenStrip(count: number, size: number): Strip {
  return {
    count,
    length: count * size,
    start: (index) => index * size,
    at: (place) => Math.max(0, Math.min(count - 1, Math.floor(place / size))),
  };
}

export function unevenStrip(sizes: readonly number[]): Strip {
  const starts = [0];
  for (const size of sizes) starts.push(starts[starts.length - 1] + size);
  return {
    count: sizes.length,
    length: starts[sizes.length],
    start: (index) => starts[index],
    at(place) {
      let [low, high] = [0, sizes.length - 1];
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if (starts[middle] <= place) low = middle;
        else high = middle - 1;
      }
      return low;
    },
  };
}
