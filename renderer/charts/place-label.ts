export type Point = readonly [x: number, y: number];

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Distances from the point at which a label is tried, in pixels. */
const distances = [8, 20, 34];

/**
 * Where a label of this size lies best beside a point: above, below or at a side, inside the area, on no other label, and on the
 * fewest pieces of the lines; of places as good the nearest. Null where every place lies on another label.
 */
export function placeLabel(
  at: Point,
  size: { readonly width: number; readonly height: number },
  lines: readonly (readonly Point[])[],
  taken: readonly Box[],
  area: Box,
): Box | null {
  let best: Box | null = null;
  let least = Infinity;
  for (const box of candidates(at, size, area)) {
    if (taken.some((other) => overlap(box, other))) continue;
    const crossings = lines.reduce((sum, line) => sum + crossingsOf(line, box), 0);
    if (crossings < least) [best, least] = [box, crossings];
    if (least === 0) break;
  }
  return best;
}

function candidates([x, y]: Point, { width, height }: { width: number; height: number }, area: Box): Box[] {
  const places = distances.flatMap((d): Point[] => [
    [x - width / 2, y - d - height],
    [x - width / 2, y + d],
    [x + d, y - height / 2],
    [x - width - d, y - height / 2],
    [x, y - d - height],
    [x - width, y - d - height],
    [x, y + d],
    [x - width, y + d],
  ]);
  return places.flatMap(([wanted, top]) => {
    const left = Math.max(area.left, Math.min(wanted, area.right - width));
    const box = { left, top, right: left + width, bottom: top + height };
    return top >= area.top && box.bottom <= area.bottom ? [box] : [];
  });
}

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Pieces of a line that touch a box. */
const crossingsOf = (line: readonly Point[], box: Box): number =>
  line.reduce((sum, point, i) => sum + (touches(line[Math.max(0, i - 1)], point, box) ? 1 : 0), 0);

/** Whether the piece from a to b has a point in the box: the part of it inside each pair of sides is cut out in turn. */
function touches(a: Point, b: Point, box: Box): boolean {
  let [from, to] = [0, 1];
  const sides = [
    [a[0], b[0] - a[0], box.left, box.right],
    [a[1], b[1] - a[1], box.top, box.bottom],
  ];
  for (const [start, step, low, high] of sides) {
    if (step === 0) {
      if (start < low || start > high) return false;
      continue;
    }
    const [enter, leave] = [(low - start) / step, (high - start) / step].sort((s, t) => s - t);
    from = Math.max(from, enter);
    to = Math.min(to, leave);
  }
  return from <= to;
}
