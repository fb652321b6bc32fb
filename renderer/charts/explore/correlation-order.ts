/**
 * An order of columns in which those that go together stand together: clusters are joined by their average distance 1 - |r|, and
 * at each joining the two are turned so that the ends that meet are the most alike.
 *
 * @param values  correlations, c x c by row; where undefined, unlike everything
 * @returns places of the columns
 */
export function bySimilarity(values: Float64Array, c: number): number[] {
  const likeness = (a: number, b: number): number => {
    const r = values[a * c + b];
    return Number.isNaN(r) ? 0 : Math.abs(r);
  };
  let clusters = Array.from({ length: c }, (_, i) => [i]);
  const average = (one: readonly number[], other: readonly number[]): number =>
    one.reduce((sum, a) => sum + other.reduce((all, b) => all + likeness(a, b), 0), 0) / (one.length * other.length);
  while (clusters.length > 1) {
    let best = { first: 0, second: 1, likeness: -1 };
    clusters.forEach((one, first) => {
      for (let second = first + 1; second < clusters.length; second++) {
        const alike = average(one, clusters[second]);
        if (alike > best.likeness) best = { first, second, likeness: alike };
      }
    });
    const joined = meeting(clusters[best.first], clusters[best.second], likeness);
    clusters = clusters.flatMap((one, i) => (i === best.first ? [joined] : i === best.second ? [] : [one]));
  }
  return clusters[0] ?? [];
}

function meeting(
  one: readonly number[],
  other: readonly number[],
  likeness: (a: number, b: number) => number,
): number[] {
  const turned = (cluster: readonly number[]): number[] => [...cluster].reverse();
  const ways = [
    [one, other],
    [turned(one), other],
    [one, turned(other)],
    [turned(one), turned(other)],
  ];
  const meets = ([left, right]: readonly (readonly number[])[]): number => likeness(left[left.length - 1], right[0]);
  return ways.reduce((best, way) => (meets(way) > meets(best) ? way : best)).flat();
}
