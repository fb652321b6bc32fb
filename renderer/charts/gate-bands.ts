import type { GraphicComponentOption } from 'echarts/components';
import { plotFont } from './axis';
import { isNumeric, positions } from './gate-across';
import type { GateCurveData } from './gate-across';
import { expertLetter } from './identity';
import type { ChartTheme } from './theme';

export interface Band {
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** Cumulative probabilities; expert A at the bottom. */
export function bandsOf(data: GateCurveData): Band[] {
  let low: readonly number[] = data.curve.x.map(() => 0);
  return data.curve.gates.map((gate) => {
    const band = { low, high: low.map((sum, i) => sum + gate[i]) };
    low = band.high;
    return band;
  });
}

type Pixel = [number, number];

/** A band's area and upper edge in pixels; levels are steps with a gap between them. */
export function ribbon(
  data: GateCurveData,
  band: Band,
  px: (x: number) => number,
  py: (share: number) => number,
  width: number,
): { area: Pixel[]; top: Pixel[] } {
  const xs = positions(data);
  const half = isNumeric(data) ? 0 : (width / xs.length) * 0.5;
  const edge = (shares: readonly number[]): Pixel[] =>
    xs.flatMap((x, i): Pixel[] =>
      half
        ? [
            [px(x) - half, py(shares[i])],
            [px(x) + half, py(shares[i])],
          ]
        : [[px(x), py(shares[i])]],
    );
  const top = edge(band.high);
  return { area: [...top, ...edge(band.low).reverse()], top };
}

/** Each expert's letter where its band is widest, if it is wide enough to be read. */
export function bandLabels(
  data: GateCurveData,
  bands: readonly Band[],
  theme: ChartTheme,
  px: (x: number) => number,
  py: (share: number) => number,
): GraphicComponentOption[] {
  const xs = positions(data);
  return bands.flatMap((band, expert): GraphicComponentOption[] => {
    const thickness = band.high.map((high, i) => high - band.low[i]);
    const widest = Math.max(...thickness);
    if (widest < 0.12) return [];
    // In the middle of the stretch that is nearly as wide, so that a band pressed against the frame is labelled inside.
    const wide = xs.flatMap((_, i) => (thickness[i] >= widest * 0.97 ? [i] : []));
    const at = wide[Math.floor(wide.length / 2)];
    const middle = (band.high[at] + band.low[at]) / 2;
    return [
      {
        type: 'text',
        silent: true,
        z: 20,
        x: Math.min(Math.max(px(xs[at]), px(xs[0]) + 34), px(xs[xs.length - 1]) - 34),
        y: py(middle) - 8,
        style: {
          text: `Expert ${expertLetter(expert)}`,
          align: 'center',
          font: plotFont(theme, 600, 12),
          fill: theme.text,
          backgroundColor: theme.background,
          padding: [2, 5],
          borderRadius: 3,
          opacity: 0.96,
        },
      },
    ];
  });
}
