import type { GraphicComponentOption } from 'echarts/components';
import type { RunResult } from '../../core/protocol';
import { compact, count, significant, withUnit } from '../format';
import { below, categoryAxis, linearAxis } from './axis';
import type { Chart, PlotOption } from './chart';
import { inUnit } from './fit-view';
import type { FitView } from './fit-view';
import { expertMark } from './identity';
import { symbolElement } from './shapes';
import { colourOf } from './theme';
import { niceScale } from './ticks';

type Expert = RunResult['experts'][number];

const margin = { left: 30, right: 16, top: 8, bottom: 38 };

/** An error and the rows it was measured on. */
interface Part {
  readonly rmse: number;
  readonly rows: number;
}

/** The part an expert is judged on: held out where it has such rows. */
function judged(expert: Expert): Part | null {
  if (expert.rmse.test !== null && expert.rows.test > 0) return { rmse: expert.rmse.test, rows: expert.rows.test };
  if (expert.rmse.train !== null && expert.rows.train > 0) return { rmse: expert.rmse.train, rows: expert.rows.train };
  return null;
}

/**
 * Standard error of an RMSE over n rows, from the spread of squared errors under tails a little fatter than the normal's
 * (kurtosis 5: sd of the mean square is rmse² sqrt(4/n), halved for the root).
 */
const standardError = (part: Part): number => part.rmse / Math.sqrt(part.rows);

/** 95% interval of the error an expert is judged on. */
function intervalOf(expert: Expert): [low: number, high: number] | null {
  const part = judged(expert);
  if (!part) return null;
  const half = 1.96 * standardError(part);
  return [Math.max(0, part.rmse - half), part.rmse + half];
}

/** More than two standard errors of the difference. */
const clearlyAbove = (a: Part, b: Part): boolean =>
  a.rmse - b.rmse > 2 * Math.hypot(standardError(a), standardError(b));

/** Rows the errors are of, and all rows: of rows in files, those at hand. By weight where rows have weights. */
function rowsOf({ result: { experts, report } }: FitView): { drawn: number; of: number } {
  const { train, test } = report.metrics;
  const drawn = experts.reduce((sum, { rows }) => sum + rows.train + rows.test, 0);
  const of = train.rows + (test?.rows ?? 0);
  // Weights add up in another order here.
  return { drawn: Math.abs(drawn - of) <= 1e-9 * of ? of : drawn, of };
}

/** The error where each expert is the likeliest. */
export const expertErrors: Chart<FitView> = {
  id: 'expert-errors',
  applies: (view) => view.result.experts.length > 1,
  controls: () => [],
  title(view) {
    const parts = view.result.experts.flatMap((expert) => {
      const part = judged(expert);
      return part ? [{ letter: expert.letter, ...part }] : [];
    });
    if (parts.length < 2) return 'Error by expert';
    const [worst, ...others] = parts.sort((a, b) => b.rmse - a.rmse);
    const best = others[others.length - 1];
    if (clearlyAbove(worst, others[0])) return `Errors are largest where expert ${worst.letter} applies`;
    if (clearlyAbove(parts[parts.length - 2], best)) return `Errors are smallest where expert ${best.letter} applies`;
    if (clearlyAbove(worst, best))
      return `Errors are larger where expert ${worst.letter} applies than where ${best.letter} does`;
    return 'No expert errs clearly more than another';
  },
  caption(view) {
    const marks = view.result.report.metrics.test
      ? 'Filled: held out, with 95% interval. Hollow: training rows.'
      : 'Hollow: training rows, with 95% interval; none were held out.';
    const { drawn, of } = rowsOf(view);
    const some = drawn < of ? ` Of ${compact(drawn, 6)} of N = ${compact(of, 6)} rows at even distances.` : '';
    return `RMSE by likeliest expert. ${marks}${some}`;
  },
  option(view, theme, size): PlotOption {
    const { experts } = view.result;
    const intervals = experts.map(intervalOf);
    const values = [
      ...experts.flatMap((expert) => [expert.rmse.train, expert.rmse.test]),
      ...intervals.flatMap((interval) => interval ?? []),
    ].filter((value) => value !== null);
    const scale = niceScale(Math.min(...values), Math.max(...values), 5);
    const width = Math.max(40, size.width - margin.left - margin.right);
    const height = Math.max(20, size.height - margin.top - margin.bottom);
    const px = (value: number): number => margin.left + (width * (value - scale.min)) / (scale.max - scale.min);
    const py = (index: number): number => margin.top + (height * (index + 0.5)) / experts.length;
    const graphic = experts.flatMap((expert, i): GraphicComponentOption[] => {
      const mark = expertMark(i);
      const colour = colourOf(theme, mark);
      const { train, test } = expert.rmse;
      const interval = intervals[i];
      const line: GraphicComponentOption[] = interval
        ? [
            {
              type: 'line',
              silent: true,
              z: 8,
              shape: { x1: px(interval[0]), y1: py(i), x2: px(interval[1]), y2: py(i) },
              style: { stroke: colour, lineWidth: 2 },
            },
          ]
        : [];
      const at = (value: number | null, hollow: boolean): GraphicComponentOption[] =>
        value === null ? [] : [symbolElement({ ...mark, hollow }, px(value), py(i), 4.2, colour, theme.background)];
      return [...line, ...at(train, true), ...at(test, false)];
    });
    return {
      animation: false,
      grid: margin,
      xAxis: {
        ...linearAxis(theme, inUnit('RMSE', view.target.unit), scale),
        ...below,
        splitLine: { show: true, lineStyle: { color: theme.grid } },
      },
      yAxis: {
        ...categoryAxis(
          theme,
          experts.map((expert) => expert.letter),
        ),
        inverse: true,
        axisLabel: {
          color: theme.text,
          fontWeight: 600,
          fontSize: 11,
          fontFamily: theme.sans,
        },
      },
      series: [],
      graphic,
    } as PlotOption;
  },
  table: (view) => ({
    columns: ['expert', 'train_rows', 'train_rmse', 'test_rows', 'test_rmse', 'low', 'high'],
    rows: view.result.experts.map((expert) => [
      expert.letter,
      expert.rows.train,
      expert.rmse.train,
      expert.rows.test,
      expert.rmse.test,
      ...(intervalOf(expert) ?? [null, null]),
    ]),
  }),
  stops: (view) =>
    view.result.experts.map((expert, i) => ({
      x: judged(expert)?.rmse ?? 0,
      y: i,
      read: () => ({
        title: `Expert ${expert.letter}`,
        entries: (['test', 'train'] as const).flatMap((part) => {
          const rmse = expert.rmse[part];
          if (rmse === null) return [];
          const name = part === 'test' ? 'Held out' : 'Train';
          const value = `${withUnit(significant(rmse, 3), view.target.unit)}, ${count(expert.rows[part])} rows`;
          return [{ mark: expertMark(i), name, value }];
        }),
      }),
    })),
};
