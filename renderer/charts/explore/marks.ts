import type { ScatterSeriesOption } from 'echarts/charts';
import type { GraphicComponentOption } from 'echarts/components';
import type { Reply } from '../../../core/protocol';
import { compact } from '../../format';
import { plotFont } from '../axis';
import { markOf, symbolPath } from '../identity';
import type { Mark } from '../identity';
import { symbolElement } from '../shapes';
import { colourOf } from '../theme';
import type { ChartTheme } from '../theme';
import type { PlotColumn } from './columns';

/** Points that look alike: a level, a quarter of the numbers, or all of them. */
export interface Group {
  readonly label: string;
  readonly mark: Mark;
  /** Colour of a quarter, by its place in the sequential ramp; null for the mark's own. */
  readonly step: number | null;
  /** Radius against the usual one. */
  readonly size: number;
  /** Places of its points. */
  readonly points: readonly number[];
}

type Points = Pick<Reply<'data/points'>, 'row' | 'by'>;

/** Levels with a mark of their own; the rarer ones share one. */
const LEVELS = 6;
/** Quarters take the upper part of the ramp, which stands out from the ground. */
const QUARTER_STEPS = [3, 4, 5, 6];
const QUARTER_SIZES = [0.75, 0.95, 1.15, 1.4];

const ink: Mark = { colour: 'ink', symbol: 'circle', dash: [] };
const hollow: Mark = { ...ink, hollow: true };

/** The points by what a further column says of them, the points without a value last. */
export function groupsOf(points: Points, by: PlotColumn | null): Group[] {
  const all = Array.from(points.row, (_, i) => i);
  if (!points.by || !by) return [{ label: '', mark: ink, step: null, size: 1, points: all }];
  const { values, levels } = points.by;
  const none = all.filter((i) => Number.isNaN(values[i]));
  const known = all.filter((i) => !Number.isNaN(values[i]));
  const distinct = [...new Set(known.map((i) => values[i]))].sort((a, b) => a - b);
  const groups =
    levels || distinct.length <= LEVELS
      ? byLevel(known, values, distinct, (value) => (levels ? (levels[value] ?? 'other') : compact(value)))
      : byQuarter(known, values);
  const missing: Group = { label: 'no value', mark: hollow, step: null, size: 1, points: none };
  return [...groups, missing].filter((group) => group.points.length > 0);
}

function byLevel(
  known: readonly number[],
  values: Float64Array,
  distinct: readonly number[],
  label: (value: number) => string,
): Group[] {
  const own = distinct.length <= LEVELS ? distinct : distinct.slice(0, LEVELS - 1);
  const named = own.map((value, slot): Group => ({
    label: label(value),
    mark: markOf(slot),
    step: null,
    size: 1,
    points: known.filter((i) => values[i] === value),
  }));
  const ownValues = new Set(own);
  const others = known.filter((i) => !ownValues.has(values[i]));
  return [...named, { label: 'other', mark: ink, step: null, size: 0.8, points: others }];
}

/** Four groups of about as many points: the larger the number, the larger and the further from the ground its mark. */
function byQuarter(known: readonly number[], values: Float64Array): Group[] {
  const sorted = Float64Array.from(known, (i) => values[i]).sort();
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  const edges = [at(0.25), at(0.5), at(0.75)];
  const place = (value: number): number => edges.filter((edge) => value >= edge).length;
  const groups: number[][] = [[], [], [], []];
  for (const i of known) groups[place(values[i])].push(i);
  const label = (quarter: number): string =>
    quarter === 0
      ? `below ${compact(edges[0], 3)}`
      : quarter === 3
        ? `${compact(edges[2], 3)} and more`
        : `${compact(edges[quarter - 1], 3)} to ${compact(edges[quarter], 3)}`;
  // The largest on top, in the legend as on a scale.
  return groups
    .map((points, quarter): Group => ({
      label: label(quarter),
      mark: ink,
      step: QUARTER_STEPS[quarter],
      size: QUARTER_SIZES[quarter],
      points,
    }))
    .reverse();
}

const colourOfGroup = (theme: ChartTheme, { mark, step }: Group): string =>
  step === null ? colourOf(theme, mark) : theme.sequential[step];

const builtIn: Record<Mark['symbol'], string | null> = {
  circle: 'circle',
  diamond: 'diamond',
  triangle: 'triangle',
  square: 'rect',
  cross: null,
  plus: null,
};

/** How large and how solid marks are when there are so many of them. */
function weight(n: number): { size: number; opacity: number } {
  if (n > 2000) return { size: 3.2, opacity: 0.35 };
  if (n > 600) return { size: 4.6, opacity: 0.5 };
  return { size: 6, opacity: 0.65 };
}

/** One scatter a group, the first on top. */
export function groupSeries(
  groups: readonly Group[],
  theme: ChartTheme,
  at: (point: number) => readonly [number, number],
  scale = 1,
): ScatterSeriesOption[] {
  const n = groups.reduce((sum, group) => sum + group.points.length, 0);
  const { size, opacity } = weight(n);
  return groups.map((group, i): ScatterSeriesOption => {
    const colour = colourOfGroup(theme, group);
    const angular = group.mark.symbol !== 'circle' && group.mark.symbol !== 'square';
    return {
      type: 'scatter',
      name: group.label,
      silent: true,
      z: 2 + groups.length - i,
      data: group.points.map((point) => [...at(point)]),
      symbol: builtIn[group.mark.symbol] ?? `path://${symbolPath(group.mark.symbol, 5)}`,
      symbolSize: size * group.size * scale * (angular ? 1.2 : 1),
      // Drawn in one go small marks lose their shape, which tells the groups apart.
      large: n > 2000 && groups.length === 1,
      largeThreshold: 2000,
      itemStyle: group.mark.hollow
        ? { color: theme.background, borderColor: colour, borderWidth: 1, opacity: Math.min(1, opacity * 1.4) }
        : { color: colour, opacity: group.step === null ? opacity : Math.min(1, opacity * 1.4) },
    };
  });
}

/** Symbols and words of the groups, from the top down. */
export function groupLegend(
  groups: readonly Group[],
  title: string,
  theme: ChartTheme,
  left: number,
  top: number,
  width: number,
): GraphicComponentOption[] {
  const text = (words: string, x: number, y: number, fill: string): GraphicComponentOption => ({
    type: 'text',
    silent: true,
    z: 9,
    x,
    y,
    style: {
      text: words,
      font: plotFont(theme),
      fill,
      verticalAlign: 'middle',
      width: left + width - x,
      overflow: 'truncate',
    },
  });
  return [
    text(title, left, top, theme.text2),
    ...groups.flatMap((group, i) => {
      const y = top + 18 + 16 * i;
      const colour = colourOfGroup(theme, group);
      return [
        symbolElement(group.mark, left + 5, y, 3.6 * group.size, colour, theme.background),
        text(group.label, left + 15, y, theme.text),
      ];
    }),
  ];
}
