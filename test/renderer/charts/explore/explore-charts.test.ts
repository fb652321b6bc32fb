import { describe, expect, test } from 'vitest';
import type { Reply } from '../../../../core/protocol';
import type { Chart, ChartSettings } from '../../../../renderer/charts/chart';
import { settingsOf } from '../../../../renderer/charts/chart';
import { correlationMap, pairs, scatter } from '../../../../renderer/charts/explore';
import { divergingColour, inkOn } from '../../../../renderer/charts/explore/colour';
import type { PlotColumn } from '../../../../renderer/charts/explore/columns';
import type { CorrelationMapData } from '../../../../renderer/charts/explore/correlation-map';
import { bySimilarity } from '../../../../renderer/charts/explore/correlation-order';
import { isCoarse, JITTER, jitterOf } from '../../../../renderer/charts/explore/jitter';
import { groupsOf } from '../../../../renderer/charts/explore/marks';
import type { PairsData } from '../../../../renderer/charts/explore/pairs';
import { relationFinding } from '../../../../renderer/charts/explore/relation';
import type { ScatterData } from '../../../../renderer/charts/explore/scatter';
import { strongestPairs } from '../../../../renderer/charts/explore/strongest';
import { notFinite, plain, size, theme } from '../fixture';

const NONE = Number.NaN;
const column = (name: string, change: Partial<PlotColumn> = {}): PlotColumn => ({
  name,
  label: name,
  unit: null,
  integer: false,
  distinct: 100,
  ...change,
});

/** Correlations of columns by the lower triangle, row by row, over 100 rows each. */
function matrix(names: readonly string[], lower: readonly number[], counts = 100): Reply<'data/correlations'> {
  const c = names.length;
  const values = new Float64Array(c * c).fill(1);
  let at = 0;
  for (let row = 0; row < c; row++)
    for (let col = 0; col < row; col++) values[row * c + col] = values[col * c + row] = lower[at++];
  return { columns: [...names], rows: 100, values, counts: new Float64Array(c * c).fill(counts) };
}

const names = ['a', 'b', 'c', 'y'];
const mapData: CorrelationMapData = {
  correlations: matrix(names, [0.1, 0.95, NONE, -0.6, -0.83, 0.05]),
  kind: 'pearson',
  columns: names.map((name) => column(name)),
  target: 'y',
  filtered: false,
  shown: ['a', 'y'],
};

function pointsOf(columns: readonly number[][], by: Reply<'data/points'>['by'] = null): Reply<'data/points'> {
  return {
    total: 200,
    of: columns[0].length,
    row: Float64Array.from(columns[0], (_, i) => 2 * i),
    columns: columns.map((values) => Float64Array.from(values)),
    levels: columns.map(() => null),
    by,
  };
}

const x = Array.from({ length: 30 }, (_, i) => 1 + i / 2);
const scatterData: ScatterData = {
  points: pointsOf([x, x.map((value) => 20 - value)]),
  x: column('length', { unit: 'm' }),
  y: column('mass', { unit: 'kg' }),
  by: null,
  relation: { pearson: -0.9, spearman: -0.92, n: 30 },
  filtered: false,
};
const pairsData: PairsData = {
  points: pointsOf([x, x.map((value) => value * value), x.map(() => 3)]),
  columns: [column('length', { unit: 'm' }), column('area'), column('constant')],
  by: null,
  correlations: matrix(['length', 'area', 'constant'], [0.97, NONE, NONE]),
  filtered: false,
};

const settings = <Data>(chart: Chart<Data>, data: Data, chosen: ChartSettings = {}): ChartSettings =>
  settingsOf(chart.controls(data, chosen), chosen);

const charts: [string, Chart<never>, unknown][] = [
  ['map', correlationMap as Chart<never>, mapData],
  ['points', scatter as Chart<never>, scatterData],
  ['pairs', pairs as Chart<never>, pairsData],
];
describe.each(charts)('the chart of %s', (_, chart, data) => {
  test('draws every choice of its controls without a value that is not a number, and each stop says something', () => {
    const own = data as never;
    for (const control of [{ id: '', choices: [{ value: '' }] }, ...chart.controls(own)]) {
      for (const { value } of control.choices) {
        const chosen = settings(chart, own, { [control.id]: value });
        expect(notFinite(chart.option(own, theme, size, chosen))).toEqual([]);
        for (const stop of chart.stops(own, chosen)) expect(stop.read().entries.length).toBeGreaterThan(0);
      }
    }
    expect(chart.title(own, settings(chart, own))).not.toBe('');
    expect(chart.caption(own, settings(chart, own))).toContain('rows');
  });
});

describe('the map of correlations', () => {
  test('says what goes with the target most; without a target, which two go together most', () => {
    expect(plain(correlationMap.title(mapData, {}))).toBe('y goes with b most (−0.83)');
    expect(plain(correlationMap.title({ ...mapData, target: null }, {}))).toBe('a and c go together most (0.95)');
  });

  test('claims nothing where the rows are too few for it', () => {
    const few = matrix(names, [0.1, 0.95, NONE, -0.6, -0.83, 0.05], 4);
    expect(correlationMap.title({ ...mapData, correlations: few }, {})).toBe(
      'No two of these columns clearly go together',
    );
  });

  test('has each pair once, with its number and its rows; what cannot be told is left empty', () => {
    const { rows } = correlationMap.table(mapData, { order: 'file' });
    expect(rows).toHaveLength(6);
    expect(rows).toContainEqual(['y', 'b', -0.83, 100]);
    expect(rows).toContainEqual(['c', 'b', null, 100]);
  });

  test('a stop is a cell: what is picked there is its pair, and arrow keys go up and down its column', () => {
    const stops = correlationMap.stops(mapData, { order: 'file' });
    const at = stops.findIndex(({ pick }) => pick === '["c","b"]');
    expect(stops[at]).toMatchObject({ x: 1.5, y: 2.5, box: { width: 1, height: 1 } });
    const down = correlationMap.across!(mapData, at, true)!;
    expect(stops[down]).toMatchObject({ x: 1.5, y: 3.5, pick: '["y","b"]' });
    expect(correlationMap.across!(mapData, down, true)).toBeNull();
    expect(correlationMap.across!(mapData, down, false)).toBe(at);
    // Above it is the name on the diagonal.
    expect(correlationMap.across!(mapData, at, false)).toBeNull();
  });

  test('columns that go together stand together when asked', () => {
    const alike = matrix(['p', 'q', 'r', 's'], [0, 0.9, 0.1, 0, 0.8, 0]);
    const order = bySimilarity(alike.values, 4);
    expect([...order].sort()).toEqual([0, 1, 2, 3]);
    expect(Math.abs(order.indexOf(0) - order.indexOf(2))).toBe(1);
    expect(Math.abs(order.indexOf(1) - order.indexOf(3))).toBe(1);
    expect(bySimilarity(new Float64Array(0), 0)).toEqual([]);
  });

  test('the strongest pairs come first, whatever their sign; pairs that are not clear are not among them', () => {
    expect(strongestPairs(mapData.correlations).map(({ r }) => r)).toEqual([0.95, -0.83, -0.6]);
    const weak = matrix(['a', 'b', 'c'], [0.2, 0.05, 0.01], 100_000);
    expect(strongestPairs(weak).map(({ r }) => r)).toEqual([0.2]);
  });

  test('numbers stand in whichever ink is read better on their colour, also where a style sheet shortens colours', () => {
    const short = { ...theme, text: '#111', background: '#fff', diverging: ['#009', '#fff', '#930'] };
    expect(divergingColour(short, 0)).toBe('#ffffff');
    expect(divergingColour(short, 1)).toBe('#000099');
    expect(divergingColour(short, -1)).toBe('#993300');
    expect(inkOn('#ffffff', short)).toBe('#111');
    expect(inkOn('#000099', short)).toBe('#fff');
  });
});

describe('points of two columns', () => {
  test('say how the one changes as the other grows, and no more than the rows allow', () => {
    const finding = (pearson: number, spearman: number, n = 100) =>
      relationFinding('length', 'mass', { pearson, spearman, n });
    expect(finding(-0.9, -0.92)).toBe('mass falls as length rises');
    expect(finding(0.6, 0.85)).toBe('mass rises as length rises, along a curve');
    expect(finding(0.4, 0.4)).toBe('mass tends to rise as length rises');
    expect(finding(0.1, 0.1, 10_000)).toBe('mass rises only slightly as length rises');
    expect(finding(0.1, 0.1)).toBe('mass neither rises nor falls clearly with length');
    expect(finding(NONE, NONE)).toBeNull();
  });

  test('the caption says how many rows are drawn of how many, and whether a filter hides others', () => {
    const caption = (change: Partial<Reply<'data/points'>>, filtered = false) =>
      plain(
        scatter.caption({ ...scatterData, filtered, points: { ...scatterData.points, ...change } }, { jitter: 'on' }),
      );
    expect(caption({})).toContain('N = 30 rows with both values.');
    expect(caption({ total: 30 })).toContain('N = 30 rows.');
    expect(caption({ of: 200_000, total: 200_000 })).toContain('30 of 200,000 rows, drawn at random.');
    expect(caption({ of: 198_000, total: 200_000 }, true)).toContain(
      '30 of 198,000 rows with both values, drawn at random; the filter hides the others.',
    );
    expect(caption({})).toContain('Pearson −0.90, Spearman −0.92.');
  });

  test('axes carry their unit; a logarithmic one is offered where it makes sense and says so', () => {
    const name = (chosen: ChartSettings) =>
      (scatter.option(scatterData, theme, size, settings(scatter, scatterData, chosen)).xAxis as { name: string }).name;
    expect(name({})).toBe('length, m');
    expect(name({ xScale: 'log' })).toBe('length, m (log)');
    const around = {
      ...scatterData,
      points: pointsOf([
        [-1, 0, 50],
        [1, 2, 3],
      ]),
    };
    expect(scatter.controls(around).map(({ id }) => id)).toEqual([]);
  });

  test('few whole numbers are spread so that equal ones show, which the caption says; the table keeps them', () => {
    const whole = column('doors', { integer: true, distinct: 3 });
    const data = {
      ...scatterData,
      x: whole,
      points: pointsOf([
        [2, 2, 4],
        [1.5, 2.5, 3.5],
      ]),
    };
    expect(isCoarse(whole, null)).toBe(true);
    const drawn = (jitter: string) =>
      (scatter.option(data, theme, size, settings(scatter, data, { jitter })).series as { data: number[][] }[])[0].data;
    expect(drawn('off').map(([at]) => at)).toEqual([2, 2, 4]);
    const spread = drawn('on').map(([at]) => at);
    expect(spread[0]).not.toBe(spread[1]);
    spread.forEach((at, i) => expect(Math.abs(at - [2, 2, 4][i])).toBeLessThanOrEqual(JITTER));
    expect(scatter.caption(data, { jitter: 'on' })).toContain('doors: moved by up to 0.3');
    expect(scatter.caption(data, { jitter: 'off' })).not.toContain('moved');
    expect(scatter.table(data, {}).rows[0]).toEqual([0, 2, 1.5]);
    const many = Array.from({ length: 1000 }, (_, record) => jitterOf(record, 0));
    expect(Math.abs(many.reduce((sum, one) => sum + one, 0) / 1000)).toBeLessThan(0.01);
  });

  test('few levels have a mark each, rare ones share one, rows without a value are hollow', () => {
    const levels = ['u', 'v', 'w', 'x', 'y', 'z', 'rare'];
    const values = Float64Array.of(0, 1, 2, 3, 4, 5, 6, 7, NONE, 0);
    const by = column('kind', { distinct: 8 });
    const groups = groupsOf({ row: values.map((_, i) => i), by: { values, levels } }, by);
    expect(groups.map(({ label, points }) => [label, ...points])).toEqual([
      ['u', 0, 9],
      ['v', 1],
      ['w', 2],
      ['x', 3],
      ['y', 4],
      ['other', 5, 6, 7],
      ['no value', 8],
    ]);
    expect(groups.at(-1)!.mark.hollow).toBe(true);
    expect(new Set(groups.slice(0, 5).map(({ mark }) => mark.symbol)).size).toBe(5);
  });

  test('numbers are told by quarters, larger and further from the ground the larger they are', () => {
    const values = Float64Array.from({ length: 40 }, (_, i) => i);
    const groups = groupsOf({ row: values, by: { values, levels: null } }, column('age'));
    expect(groups.map(({ label }) => plain(label))).toEqual(['30 and more', '20 to 30', '10 to 20', 'below 10']);
    expect(groups.map(({ points }) => points.length)).toEqual([10, 10, 10, 10]);
    const sizes = groups.map((group) => group.size);
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  });
});

describe('plots of pairs', () => {
  test('draw each row in every panel below the diagonal', () => {
    const option = pairs.option(pairsData, theme, size, {});
    const drawn = (option.series as { data: number[][] }[])[0].data;
    expect(drawn).toHaveLength(3 * 30);
    // The panel in the second row and first column: a column that does not vary stands in its middle.
    const inPanel = (row: number, col: number) =>
      drawn.filter(([px, py]) => Math.floor(px) === col && Math.floor(py) === row);
    expect(inPanel(1, 0)).toHaveLength(30);
    expect(inPanel(2, 1)).toHaveLength(30);
    expect(inPanel(0, 1)).toHaveLength(0);
    for (const [, py] of inPanel(2, 0)) expect(py).toBeCloseTo(2.5, 6);
  });

  test('a panel can be picked from both sides of the diagonal, and arrow keys go through them', () => {
    const stops = pairs.stops(pairsData, {});
    expect(stops).toHaveLength(9);
    expect(stops[1].pick).toBe(stops[3].pick);
    expect(stops[0].pick).toBeUndefined();
    expect(pairs.across!(pairsData, 1, true)).toBe(4);
    expect(pairs.across!(pairsData, 1, false)).toBeNull();
    expect(plain(stops[0].read().entries.at(-1)!.value)).toBe('15.5 m');
  });
});
