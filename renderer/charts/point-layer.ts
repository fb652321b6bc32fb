import type { ScatterSeriesOption } from 'echarts/charts';
import type { GraphicComponentOption } from 'echarts/components';
import type { PointSample } from '../../core/protocol';
import { plotFont } from './axis';
import { expertLetter, expertMark } from './identity';
import type { SymbolName } from './identity';
import { symbolPath } from './identity';
import { symbolElement } from './shapes';
import { colourOf } from './theme';
import type { ChartTheme } from './theme';

/** Above this many points the marks shrink to dots. */
export const manyPoints = 2000;

/**
 * A series of many points is drawn over several frames, as many points in each as there is time for: all in one go would hold up keys and
 * clicks. Not in one batch (`large`), which draws every mark as a square.
 */
export const inFrames = { progressive: 200, progressiveThreshold: 200 };

const builtIn: Partial<Record<SymbolName, string>> = {
  circle: 'circle',
  diamond: 'diamond',
  triangle: 'triangle',
  square: 'rect',
};
const symbolSize: Partial<Record<SymbolName, number>> = { circle: 5.5, square: 5.5 };

/** The experts' indices that occur among the points, in order. */
export const expertsOf = (points: PointSample): number[] => [...new Set(points.expert)].sort((a, b) => a - b);

/** One scatter an expert: symbol and colour by the likeliest expert, paler the more points there are. */
export function pointSeries(
  points: PointSample,
  theme: ChartTheme,
  at: (index: number) => readonly [number, number],
): ScatterSeriesOption[] {
  const n = points.row.length;
  const many = n > manyPoints;
  return expertsOf(points).map((expert) => {
    const mark = expertMark(expert);
    const data: [number, number][] = [];
    for (let i = 0; i < n; i++) if (points.expert[i] === expert) data.push([...at(i)]);
    return {
      type: 'scatter',
      name: expertLetter(expert),
      silent: true,
      data,
      symbol: builtIn[mark.symbol] ?? `path://${symbolPath(mark.symbol, 5)}`,
      symbolSize: many ? 3 : (symbolSize[mark.symbol] ?? 6.5),
      ...inFrames,
      itemStyle: { color: colourOf(theme, mark), opacity: many ? 0.35 : 0.72 },
    };
  });
}

/** Letters with their marks in the bottom right corner of the plot, where predictions far too high would be: in two columns when they are many. */
export function pointLegend(
  points: PointSample,
  theme: ChartTheme,
  right: number,
  bottom: number,
): GraphicComponentOption[] {
  const experts = expertsOf(points);
  if (experts.length < 2) return [];
  const lines = experts.length > 4 ? Math.ceil(experts.length / 2) : experts.length;
  const columns = Math.ceil(experts.length / lines);
  return experts.flatMap((expert, i): GraphicComponentOption[] => {
    const x = right - 28 - (columns - 1 - Math.floor(i / lines)) * 32;
    const y = bottom - 12 - (lines - 1 - (i % lines)) * 15;
    const mark = expertMark(expert);
    return [
      symbolElement(mark, x, y, 3.6, colourOf(theme, mark), theme.background),
      {
        type: 'text',
        silent: true,
        z: 9,
        x: x + 10,
        y,
        style: { text: expertLetter(expert), font: plotFont(theme, 600), fill: theme.text, verticalAlign: 'middle' },
      },
    ];
  });
}
