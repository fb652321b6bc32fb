import type { CustomSeriesRenderItemReturn } from 'echarts';
import type { CustomSeriesOption } from 'echarts/charts';
import type { GraphicComponentOption } from 'echarts/components';
import { compact, count, percent, withUnit } from '../format';
import { above, below, linearAxis } from './axis';
import type { Chart, PlotOption } from './chart';
import { acrossAxis, acrossControls, isNumeric, positions, readX } from './gate-across';
import type { GateCurveData } from './gate-across';
import { bandLabels, bandsOf, ribbon } from './gate-bands';
import { hatchLines } from './hatch';
import { expertLetter, expertMark } from './identity';
import { colourOf } from './theme';

const margin = { left: 46, right: 14, top: 10, bottom: 40 };

/** Which expert the gate chooses as one column changes: stacked probabilities, hatched as well as tinted. */
export const gateCurve: Chart<GateCurveData> = {
  id: 'gate-curve',
  applies: (data) => data.curve.x.length > 1,
  controls: acrossControls,
  title: finding,
  caption(data) {
    const rest =
      data.others === 1 ? 'the other column at its median' : `the other ${data.others} columns at their medians`;
    const held = data.others > 0 ? `; ${rest} or most frequent level` : '';
    const ticks = data.curve.rug.length;
    const of = ticks < data.train ? `${count(ticks)} of ${count(data.train)} ` : '';
    const rug = ticks ? ` Ticks: ${of}training values.` : '';
    return `Probability of each expert as ${data.column.label} changes${held}.${rug}`;
  },
  option(data, theme, size, settings): PlotOption {
    const width = Math.max(40, size.width - margin.left - margin.right);
    const height = Math.max(40, size.height - margin.top - margin.bottom);
    const across = acrossAxis(data, theme, settings);
    const px = (x: number): number => margin.left + width * across.position(x);
    const py = (share: number): number => margin.top + height * (1 - share);
    const bands = bandsOf(data);
    const series: CustomSeriesOption[] = bands.map((band, expert) => {
      const mark = expertMark(expert);
      const colour = colourOf(theme, mark);
      const outline = ribbon(data, band, px, py, width);
      return {
        type: 'custom',
        silent: true,
        data: [[0, 0]],
        renderItem: () =>
          ({
            type: 'group',
            children: [
              { type: 'polygon', shape: { points: outline.area }, style: { fill: colour, opacity: 0.14 } },
              {
                type: 'group',
                clipPath: { type: 'polygon', shape: { points: outline.area } },
                children: hatchLines(expert, margin.left, margin.top, width, height).map((line) => ({
                  type: 'line' as const,
                  shape: line,
                  style: {
                    stroke: colour,
                    lineWidth: line.dots ? 1.6 : 1,
                    opacity: 0.5,
                    lineDash: line.dots ? [1.6, 6] : null,
                  },
                })),
              },
              {
                type: 'polyline',
                shape: { points: outline.top },
                style: { stroke: colour, lineWidth: 1.5, fill: 'none' },
              },
            ],
          }) as CustomSeriesRenderItemReturn,
      };
    });
    return {
      animation: false,
      grid: margin,
      xAxis: { ...across.axis, ...below, nameGap: 23 },
      yAxis: {
        ...linearAxis(theme, '', { min: 0, max: 1, step: 0.25 }),
        ...above(theme, margin.left),
        axisLabel: { color: theme.text2, fontSize: 11, fontFamily: theme.sans, formatter: (v: number) => percent(v) },
      },
      series,
      graphic: [
        ...data.curve.rug
          .filter((value) => across.position(value) >= 0 && across.position(value) <= 1)
          .map((value): GraphicComponentOption => {
            const x = px(value);
            const shape = { x1: x, x2: x, y1: margin.top + height - 5, y2: margin.top + height };
            return {
              type: 'line',
              silent: true,
              z: 8,
              shape,
              style: { stroke: theme.text2, lineWidth: 1, opacity: 0.45 },
            };
          }),
        ...bandLabels(data, bands, theme, px, py),
      ],
    } as PlotOption;
  },
  table: (data) => ({
    columns: [data.column.label, ...data.curve.gates.map((_, i) => `gate_${expertLetter(i)}`)],
    rows: data.curve.x.map((x, i) => [x, ...data.curve.gates.map((gate) => gate[i])]),
  }),
  stops: (data) =>
    positions(data).map((x, i) => ({
      x,
      y: null,
      read: () => ({
        title: readX(data, i),
        entries: data.curve.gates.map((gate, expert) => ({
          mark: expertMark(expert),
          name: `Expert ${expertLetter(expert)}`,
          value: percent(gate[i]),
        })),
      }),
    })),
};

/** Who leads at the two ends and where the lead changes. */
function finding(data: GateCurveData): string {
  const leaders = data.curve.x.map((_, i) => {
    const here = data.curve.gates.map((gate) => gate[i]);
    return here.indexOf(Math.max(...here));
  });
  const column = data.column.label;
  const last = leaders.length - 1;
  const distinct = new Set(leaders);
  if (distinct.size === 1) return `${column} alone does not change the leading expert`;
  if (!isNumeric(data)) return `The leading expert depends on ${column}`;
  const xs = positions(data);
  const written = (x: number): string => withUnit(compact(Number(x.toPrecision(2)), 2), data.column.unit);
  const first = leaders.findIndex((leader) => leader !== leaders[0]);
  const final = leaders.findLastIndex((leader) => leader !== leaders[last]) + 1;
  if (leaders[0] === leaders[last]) {
    const between = expertLetter(leaders[first]);
    return `Expert ${expertLetter(leaders[0])} leads at both ends of ${column}, expert ${between} between`;
  }
  const from = `Expert ${expertLetter(leaders[0])} leads below ${written(xs[first])}`;
  const above = written(xs[final]);
  const to = `expert ${expertLetter(leaders[last])} above`;
  return from.endsWith(above) ? `${from}, ${to}` : `${from}, ${to} ${above}`;
}
