/**
 * A curve of at most `limit` points that keeps growing: when full, every second point is dropped and from then on only every
 * second (fourth, ...) iteration is taken in. Which iterations remain depends on their number alone, not on time.
 */
export interface Curve<P> {
  /** Takes the point of iteration `index` in or passes it over. */
  add(index: number, point: P): void;
  /** The last point seen so far is always shown, whether or not it falls on the stride. */
  points(): P[];
  /** What a follower lacks since the last call: appended points, or the whole curve after a thinning. */
  changes(): { replace: boolean; points: P[] };
}

export function curve<P>(limit = 1000): Curve<P> {
  let stride = 1;
  let kept: { index: number; point: P }[] = [];
  let last: { index: number; point: P } | null = null;
  let sent = 0;
  let thinned = false;
  const points = () => {
    const tail = last && kept.at(-1)?.index !== last.index ? [last.point] : [];
    return [...kept.map((entry) => entry.point), ...tail];
  };
  return {
    add(index, point) {
      last = { index, point };
      if (index % stride !== 0) return;
      kept.push(last);
      if (kept.length < limit) return;
      stride *= 2;
      kept = kept.filter((entry) => entry.index % stride === 0);
      thinned = true;
    },
    points,
    changes() {
      const replace = thinned;
      const news = replace ? kept.map((entry) => entry.point) : kept.slice(sent).map((entry) => entry.point);
      thinned = false;
      sent = kept.length;
      return { replace, points: news };
    },
  };
}
