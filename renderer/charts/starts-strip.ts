import type { GraphicComponentOption } from 'echarts/components';
import { count, significant } from '../format';
import { below, categoryAxis, linearAxis, plotFont } from './axis';
import type { Chart, ChartStop, PlotOption } from './chart';
import { sameOptimum } from './convergence/words';
import { symbols } from './identity';
import type { Mark } from './identity';
import { symbolElement } from './shapes';
import { isSound } from './sound';
import { niceScale } from './ticks';
import type { LinearScale } from './ticks';

/** Where one start ended. */
export interface StartEnd {
  readonly label: string;
  /** Starts of one kind share a row: the method's name. */
  readonly kind: string;
  /** Mean log-likelihood a row; not finite where the start failed. */
  readonly logLikelihood: number;
  readonly termination: string;
}

export interface StartsData {
  readonly ends: readonly StartEnd[];
}

const margin = { right: 16, top: 6, bottom: 38 };
/** Width of a character of the names, in pixels: wide ones are frequent in short names. */
const CHARACTER = 6.8;
/** Between a name and the dots at the best, which lie half over the edge. */
const nameGap = 12;
const dot = 3;
const rowHeight = 36;

/** Plots grow with the number of kinds, so that the swarm of each has room. */
export const startsHeight = (data: StartsData): number => margin.top + margin.bottom + rowHeight * kindsOf(data).length;

const kindsOf = (data: StartsData): string[] => [...new Set(usable(data).map((end) => end.kind))];
/** Starts that count: a likelihood bought by a vanishing sigma says nothing about the fit. */
const usable = (data: StartsData): StartEnd[] =>
  data.ends.filter((end) => Number.isFinite(end.logLikelihood) && isSound(end.termination));
/** A start that was stopped reached no optimum, so none can be said to agree with it. */
const cutShort: ReadonlySet<string> = new Set(['cancelled', 'time-limit']);
const bestOf = (data: StartsData): number => Math.max(...usable(data).map((end) => end.logLikelihood));
const reached = (end: StartEnd, best: number): boolean => best - end.logLikelihood <= sameOptimum;

/** Where every start of a run ended: the answer to "was it luck?". In ink, since the page's colours mean something else. */
export const startsStrip: Chart<StartsData> = {
  id: 'starts',
  applies: (data) => usable(data).length > 1,
  controls: () => [],
  title(data) {
    const ends = usable(data);
    const best = bestOf(data);
    if (ends.some(({ termination }) => cutShort.has(termination)))
      return `${count(ends.length)} starts had begun when the run was stopped`;
    const agree = ends.filter((end) => reached(end, best)).length;
    if (agree === ends.length) return `All ${count(ends.length)} starts end at the same optimum`;
    return `${count(agree)} of ${count(data.ends.length)} starts ${agree === 1 ? 'reaches' : 'reach'} the best optimum`;
  },
  caption(data) {
    const failed = data.ends.length - usable(data).length;
    const words = `Log-likelihood of ${count(data.ends.length)} starts, nats a row below the best; within 0.0001 counts as the same.`;
    return failed ? `${words} ${count(failed)} without a sound end ${failed === 1 ? 'is' : 'are'} not drawn.` : words;
  },
  option(data, theme, size): PlotOption {
    const kinds = kindsOf(data);
    const best = bestOf(data);
    const { scale, beyond } = gapScale(usable(data).map((end) => best - end.logLikelihood));
    const left = Math.max(48, nameGap + 4 + CHARACTER * Math.max(...kinds.map((kind) => kind.length)));
    const width = Math.max(40, size.width - left - margin.right);
    const height = Math.max(20, size.height - margin.top - margin.bottom);
    const px = (gap: number): number => left + (width * Math.min(gap, scale.max)) / scale.max;
    const py = (kind: number): number => margin.top + (height * (kind + 0.5)) / kinds.length;
    const graphic = kinds.flatMap((kind, row): GraphicComponentOption[] => {
      const gaps = usable(data)
        .filter((end) => end.kind === kind)
        .map((end) => best - end.logLikelihood)
        .sort((a, b) => a - b);
      const offsets = swarm(gaps.map(px), dot * 2 + 0.5, height / kinds.length / 2 - dot);
      const mark: Mark = { colour: 'ink', symbol: symbols[row % symbols.length], dash: [] };
      return gaps.map((gap, i) =>
        symbolElement(mark, px(gap), py(row) + offsets[i], dot, theme.text2, theme.background, 0.7),
      );
    });
    if (beyond > 0) {
      graphic.push({
        type: 'text',
        silent: true,
        x: left + width + 12,
        y: margin.top - 4,
        style: {
          text: `${count(beyond)} further out →`,
          align: 'right',
          font: plotFont(theme),
          fill: theme.text2,
          stroke: theme.background,
          lineWidth: 3,
        },
      });
    }
    return {
      animation: false,
      grid: { ...margin, left },
      xAxis: { ...linearAxis(theme, 'nats a row below best', scale), ...below },
      yAxis: { ...categoryAxis(theme, kinds, nameGap), inverse: true },
      series: [],
      graphic,
    } as PlotOption;
  },
  table: (data) => ({
    columns: ['start', 'kind', 'log_likelihood', 'below_best', 'termination'],
    rows: data.ends.map((end) => [
      end.label,
      end.kind,
      Number.isFinite(end.logLikelihood) ? end.logLikelihood : null,
      Number.isFinite(end.logLikelihood) ? bestOf(data) - end.logLikelihood : null,
      end.termination,
    ]),
  }),
  stops(data): ChartStop[] {
    const best = bestOf(data);
    const kinds = kindsOf(data);
    const { scale } = gapScale(usable(data).map((end) => best - end.logLikelihood));
    return usable(data)
      .map((end) => ({
        x: Math.min(best - end.logLikelihood, scale.max),
        y: kinds.indexOf(end.kind),
        read: () => ({
          title: end.label,
          entries: [
            { mark: null, name: 'Log-likelihood', value: significant(end.logLikelihood, 5) },
            { mark: null, name: 'Below best', value: significant(best - end.logLikelihood, 2) },
            { mark: null, name: 'Ended', value: end.termination },
          ],
        }),
      }))
      .sort((a, b) => a.x - b.x);
  },
};

/**
 * The scale covers the bulk: a start more than ten times as far off as the median gap stands at the edge and is counted there, so
 * that one failed start does not press the others into a point.
 */
function gapScale(gaps: readonly number[]): { scale: LinearScale; beyond: number } {
  const sorted = [...gaps].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const limit = Math.max(10 * middle, sameOptimum * 10);
  const inside = sorted.filter((gap) => gap <= limit);
  const scale = niceScale(0, Math.max(inside[inside.length - 1] ?? 0, sameOptimum * 10), 4);
  return { scale: { ...scale, min: 0 }, beyond: sorted.filter((gap) => gap > scale.max * (1 + 1e-9)).length };
}

/** Vertical offsets for dots at sorted x positions so that they do not lie on each other, as near to the middle as they can. */
export function swarm(xs: readonly number[], diameter: number, limit: number): number[] {
  const offsets: number[] = [];
  xs.forEach((x, i) => {
    const near: number[] = [];
    for (let j = i - 1; j >= 0 && x - xs[j] < diameter; j--) near.push(j);
    const free = (offset: number): boolean =>
      near.every((j) => (x - xs[j]) ** 2 + (offset - offsets[j]) ** 2 >= diameter ** 2);
    let chosen = 0;
    for (let step = 0; step * 0.5 <= limit; step++) {
      const found = [step * 0.5, -step * 0.5].find(free);
      if (found === undefined) continue;
      chosen = found;
      break;
    }
    offsets.push(chosen);
  });
  return offsets;
}
