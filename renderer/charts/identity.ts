/** A symbol drawn in a 10 × 10 box, the same in chart, table and legend. */
export const symbols = ['circle', 'diamond', 'triangle', 'square', 'cross', 'plus'] as const;
export type SymbolName = (typeof symbols)[number];

/** How one thing looks everywhere. Colour never stands alone: symbol and dash say the same. */
export interface Mark {
  /** Position in the series colours (tokens --series-1 to --series-6), or the baseline's grey. */
  readonly colour: number | 'ink';
  readonly symbol: SymbolName;
  /** Lengths of dash and gap in CSS pixels; empty for a solid line. */
  readonly dash: readonly number[];
  /** Drawn as an outline. */
  readonly hollow?: boolean;
}

const dashes: readonly (readonly number[])[] = [[], [8, 4], [2, 3], [10, 3, 2, 3], [14, 3], [4, 2]];
export const seriesCount = 6;

/**
 * The mark of the thing in place `slot`. The first six differ in all three; beyond, colours repeat with another symbol and dash,
 * so that 36 places are distinct.
 */
export function markOf(slot: number): Mark {
  const colour = slot % seriesCount;
  const round = Math.floor(slot / seriesCount);
  return {
    colour: colour + 1,
    symbol: symbols[(colour + round) % symbols.length],
    dash: dashes[(colour + 2 * round) % dashes.length],
  };
}

/** Experts are A, B, C ... by share and carry the marks in that order. */
export const expertMark = markOf;
export const expertLetter = (index: number): string => String.fromCharCode(65 + index);

export const inkMark: Mark = { colour: 'ink', symbol: 'circle', dash: [] };

/** The custom property that holds the mark's colour. */
export const colourToken = (mark: Mark): string => (mark.colour === 'ink' ? '--text' : `--series-${mark.colour}`);

type Point = readonly [number, number];

/** Outline of a symbol around (0, 0) for a nominal radius r; null for a circle. Areas look alike at equal r. */
export function symbolOutline(symbol: SymbolName, r: number): readonly Point[] | null {
  const w = r * 0.38;
  switch (symbol) {
    case 'circle':
      return null;
    case 'diamond':
      return scaled(r, [0, -1.24], [1.24, 0], [0, 1.24], [-1.24, 0]);
    case 'triangle':
      return scaled(r, [0, -1.25], [1.25, 1], [-1.25, 1]);
    case 'square':
      return scaled(r, [-0.92, -0.92], [0.92, -0.92], [0.92, 0.92], [-0.92, 0.92]);
    case 'plus':
      return crossOutline(r * 1.2, w);
    case 'cross':
      return crossOutline(r * 1.3, w).map(([x, y]) => [(x - y) * Math.SQRT1_2, (x + y) * Math.SQRT1_2]);
  }
}

const scaled = (r: number, ...points: Point[]): Point[] => points.map(([x, y]) => [x * r, y * r]);

/** A plus with arms of length r and half-width w. */
const crossOutline = (r: number, w: number): Point[] => [
  [-w, -r],
  [w, -r],
  [w, -w],
  [r, -w],
  [r, w],
  [w, w],
  [w, r],
  [-w, r],
  [-w, w],
  [-r, w],
  [-r, -w],
  [-w, -w],
];

/** The symbol as an SVG path around (x, y): for the page's own drawings and for ECharts (`path://`). */
export function symbolPath(symbol: SymbolName, r: number, x = 0, y = 0): string {
  const outline = symbolOutline(symbol, r);
  if (!outline) return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
  return `M${outline.map(([px, py]) => `${round3(x + px)} ${round3(y + py)}`).join('L')}z`;
}

const round3 = (value: number): number => Math.round(value * 1000) / 1000;
