export interface HatchLine {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  /** Drawn as a row of dots. */
  readonly dots: boolean;
}

const spacing = 8;

/**
 * The lines that fill a rectangle with the pattern of an expert: none, rising, dots, falling, level, upright, and so on round, so
 * that areas can be told apart without their colour. They are clipped by the area they fill.
 */
export function hatchLines(expert: number, left: number, top: number, width: number, height: number): HatchLine[] {
  const [right, bottom] = [left + width, top + height];
  const along = (length: number): number[] =>
    Array.from({ length: Math.ceil(length / spacing) + 1 }, (_, i) => i * spacing);
  switch (expert % 6) {
    case 1:
      return along(width + height).map((s) => ({
        x1: left + s - height,
        y1: bottom,
        x2: left + s,
        y2: top,
        dots: false,
      }));
    case 2:
      return along(height).map((s) => ({ x1: left, y1: top + s, x2: right, y2: top + s, dots: true }));
    case 3:
      return along(width + height).map((s) => ({
        x1: left + s - height,
        y1: top,
        x2: left + s,
        y2: bottom,
        dots: false,
      }));
    case 4:
      return along(height).map((s) => ({ x1: left, y1: top + s, x2: right, y2: top + s, dots: false }));
    case 5:
      return along(width).map((s) => ({ x1: left + s, y1: top, x2: left + s, y2: bottom, dots: false }));
    default:
      return [];
  }
}
