import { describe, expect, test } from 'vitest';
import { settingsOf } from '../../../renderer/charts/chart';
import { convergence } from '../../../renderer/charts/convergence';
import { axesOf, bestSeen, samples, thin } from '../../../renderer/charts/convergence/curves';
import { excessFloor } from '../../../renderer/charts/convergence/frame';
import { faintCurves, faintLimit } from '../../../renderer/charts/convergence/plot';
import { convergenceData, convergenceRun, curve, notFinite, size, theme } from './fixture';

const two = convergenceData(
  convergenceRun(0, 'Joint EM', [curve(0, -3.2), curve(1, -3.25)]),
  convergenceRun(1, 'Spectral', [curve(0, -3.24)]),
);
const settings = (chosen: Record<string, string> = {}) => settingsOf(convergence.controls(two, chosen), chosen);
const option = (chosen: Record<string, string> = {}, data = two) =>
  convergence.option(data, theme, size, settings(chosen));

interface Axis {
  name: string;
  min: number;
  max: number;
}
const axes = (plot: ReturnType<typeof option>) => ({
  x: plot.xAxis as unknown as Axis,
  y: plot.yAxis as unknown as Axis,
});
const lines = (plot: ReturnType<typeof option>) =>
  plot.series as { name?: string; data: [number, number][]; lineStyle: { color: string; width: number } }[];

describe('the convergence chart', () => {
  test('draws one strong line a run in its colour and the other starts faint', () => {
    const strong = lines(option()).filter((line) => line.lineStyle.width > 1);
    expect(strong.map((line) => [line.name, line.lineStyle.color])).toEqual([
      ['Joint EM', '#000001'],
      ['Spectral', '#000002'],
    ]);
    expect(lines(option())).toHaveLength(3);
  });

  test('names its axes with unit and scale in every combination, and plots no value that is not a number', () => {
    for (const across of ['iteration', 'seconds']) {
      for (const acrossScale of ['log', 'linear']) {
        for (const up of ['excess', 'likelihood', 'train', 'test', 'change']) {
          for (const upScale of ['log', 'linear']) {
            const plot = option({ across, acrossScale, up, upScale });
            const { x, y } = axes(plot);
            expect(x.name.endsWith('(log)')).toBe(acrossScale === 'log');
            expect(y.name.endsWith('(log)')).toBe(upScale === 'log' && up !== 'likelihood');
            if (up === 'train' || up === 'test') expect(y.name).toContain('MPa');
            expect(notFinite(plot)).toEqual([]);
            expect(x.max).toBeGreaterThan(x.min);
            expect(y.max).toBeGreaterThan(y.min);
          }
        }
      }
    }
  });

  test('measures every run below the best log-likelihood seen on the same rows', () => {
    expect(bestSeen(two).get('rows')).toBeCloseTo(-3.2 - 10 ** -3.9, 12);
    const [line] = two.runs[1].curves.map((one) => samples(one, axesOf(settings()), -3.2));
    expect(line.at(-1)?.y).toBeCloseTo(0.04 + 10 ** -3.9, 12);
  });

  test('does not take a start on its sigma floor for the best', () => {
    const data = convergenceData(convergenceRun(0, 'Joint EM', [curve(0, -3.2), curve(1, 40, 40, { sound: false })]));
    expect(bestSeen(data).get('rows')).toBeLessThan(-3.2);
    expect(notFinite(option({}, data))).toEqual([]);
  });

  test('leaves out points without a likelihood instead of drawing them', () => {
    const moments = curve(0, -3.2);
    const points = moments.points.map((point, i) => (i < 10 ? { ...point, logLikelihood: null } : point));
    const data = convergenceData(convergenceRun(0, 'Spectral', [{ ...moments, points }]));
    expect(lines(option({}, data))[0].data).toHaveLength(30);
  });

  test('shows iteration 0 on a logarithmic axis', () => {
    expect(axes(option()).x.min).toBe(1);
    expect(lines(option()).at(-1)?.data[0][0]).toBe(1);
    expect(lines(option({ acrossScale: 'linear' })).at(-1)?.data[0][0]).toBe(0);
  });

  test('marks with its words where a later stage begins, and not where the first does', () => {
    const staged = curve(0, -3.2, 40, {
      stages: [
        { iteration: 0, seconds: 0, label: 'gate' },
        { iteration: 20, seconds: 0.2, label: 'polish begins' },
      ],
    });
    const data = convergenceData(convergenceRun(0, 'Spectral', [staged]));
    const texts = (option({}, data).graphic as { style?: { text?: string } }[]).map((element) => element.style?.text);
    expect(texts).toContain('polish begins');
    expect(texts).not.toContain('gate');
  });

  test('leaves the words of a stage out only where they would lie on others', () => {
    const stages = [20, 21].map((iteration) => ({ iteration, seconds: 0, label: `stage ${iteration}` }));
    const data = convergenceData(convergenceRun(0, 'Spectral', [curve(0, -3.2, 40, { stages })]));
    const texts = (option({}, data).graphic as { style?: { text?: string } }[]).map((element) => element.style?.text);
    expect(texts).toContain('stage 20');
    expect(texts).toContain('stage 21');
  });

  test('gives names the room they need, and cuts them only in a narrow chart', () => {
    const name = 'Directions from moments, then EM';
    const data = convergenceData(convergenceRun(0, name, [curve(0, -3.2)]));
    const texts = (width: number) =>
      (
        convergence.option(data, theme, { width, height: 360 }, settings()).graphic as { style?: { text?: string } }[]
      ).map((element) => element.style?.text);
    expect(texts(904)).toContain(name);
    expect(texts(500)).not.toContain(name);
  });

  test('offers no logarithm of a log-likelihood', () => {
    const offered = (up: string) => convergence.controls(two, { up }).map((control) => control.id);
    expect(offered('excess')).toContain('upScale');
    expect(offered('likelihood')).not.toContain('upScale');
  });

  test('draws a bounded number of restarts, some of each run, and says how many there are', () => {
    const starts = Array.from({ length: 200 }, (_, i) => curve(i, -3.2 - i / 1000, 5));
    const data = convergenceData(
      convergenceRun(0, 'Joint EM', starts),
      convergenceRun(1, 'Spectral', starts.slice(0, 11)),
    );
    expect(faintCurves(data)).toHaveLength(faintLimit);
    expect(faintCurves(data).filter(({ run }) => run.name === 'Spectral')).toHaveLength(10);
    expect(convergence.caption(data, settings())).toContain('60 of 209 other starts');
  });

  test('says in the caption what is drawn, of how many rows', () => {
    expect(convergence.caption(two, settings())).toContain('80 rows, k = 2');
    expect(convergence.caption(two, settings())).toContain('nats a row below the best seen (−3.2001)');
  });

  test('offers held-out error only when rows were held out', () => {
    const blind = curve(0, -3.2);
    const data = convergenceData(
      convergenceRun(0, 'Joint EM', [
        { ...blind, points: blind.points.map((point) => ({ ...point, testRmse: null })) },
      ]),
    );
    const offered = convergence.controls(data).find((control) => control.id === 'up');
    expect(offered?.choices.map((choice) => choice.value)).not.toContain('test');
  });

  test('lists every point of every start in its table', () => {
    const table = convergence.table(two, settings());
    expect(table.rows).toHaveLength(120);
    expect(table.rows[0].slice(0, 2)).toEqual(['Joint EM', 0]);
  });

  test('reads every run at the crosshair, the ended ones at their last value', () => {
    const data = convergenceData(
      convergenceRun(0, 'Joint EM', [curve(0, -3.2, 40)]),
      convergenceRun(1, 'Spectral', [curve(0, -3.24, 10)]),
    );
    const last = convergence.stops(data, settings()).at(-1);
    expect(last?.read().title).toBe('Iteration 39');
    expect(last?.read().entries.map((entry) => entry.name)).toEqual(['Joint EM', 'Spectral']);
    expect(last?.read().entries[1].value).toContain('ended');
  });

  test('draws nothing and says so before the first likelihood is known', () => {
    const data = convergenceData(convergenceRun(0, 'Spectral', [{ ...curve(0, 0, 0) }], { running: true }));
    expect(convergence.applies(data)).toBe(false);
    expect(convergence.title(data, settings())).toBe('The curve starts when the first likelihood is known');
    expect(notFinite(option({}, data))).toEqual([]);
  });
});

describe('the finding of the convergence chart', () => {
  const title = (...ends: [string, number, boolean?][]) =>
    convergence.title(
      convergenceData(
        ...ends.map(([name, end, running], i) =>
          convergenceRun(i, name, [curve(0, end, 80)], { running: running ?? false }),
        ),
      ),
      settings(),
    );

  test('names the run that ends highest and by how much', () => {
    expect(title(['Joint EM', -3.2], ['Spectral', -3.245])).toBe(
      'Joint EM ends highest; Spectral 0.045 nats a row below',
    );
  });

  test('does not rank runs that end at the same optimum', () => {
    expect(title(['Joint EM', -3.2], ['Spectral', -3.20005])).toBe('All 2 runs end at the same optimum');
    expect(title(['Joint EM', -3.2], ['Spectral', -3.20005], ['SGD', -3.4])).toBe(
      'Joint EM and Spectral end at the same optimum, the highest',
    );
  });

  test('claims no winner while a run goes on', () => {
    expect(title(['Joint EM', -3.2], ['Spectral', -3.3, true])).toBe('Joint EM leads; one run goes on');
  });

  test('knows a fit that needs no iterations', () => {
    expect(title(['Least squares', -3.2])).toBe('Least squares ended after iteration 79');
    const data = convergenceData(convergenceRun(0, 'Least squares', [curve(0, -3.7, 1)]));
    expect(convergence.title(data, settings())).toBe('Least squares was solved in one step');
  });

  test('ranks no run that was cut short without a result', () => {
    const cut = convergenceRun(1, 'Spectral', [curve(0, -3.1)], { broken: true });
    const joint = convergenceRun(0, 'Joint EM', [curve(0, -3.2, 80)]);
    expect(convergence.title(convergenceData(joint, cut), settings())).toBe('Joint EM ended after iteration 79');
    expect(convergence.title(convergenceData(cut), settings())).toBe('Spectral was cut short');
  });

  test('does not compare likelihoods of different rows', () => {
    const data = convergenceData(
      convergenceRun(0, 'Joint EM', [curve(0, -3.2)]),
      convergenceRun(1, 'Spectral', [curve(0, -9)], { rowsKey: 'others' }),
    );
    expect(convergence.title(data, settings())).toContain('different rows');
  });
});

describe('curves', () => {
  test('are thinned evenly on the drawn axis, their ends kept', () => {
    const all = samples(curve(0, -3, 1000), axesOf(settings()), -3);
    const few = thin(all, 50, true);
    expect(few.length).toBeLessThanOrEqual(51);
    expect(few[0]).toBe(all[0]);
    expect(few.at(-1)).toBe(all.at(-1));
    const early = few.filter((sample) => sample.x <= 31).length;
    expect(early).toBeGreaterThan(few.length / 3);
  });

  test('end one decade above the floor of the gap axis', () => {
    expect(excessFloor([0, 0.0036, 0.045])).toBeCloseTo(1e-4, 12);
    expect(excessFloor([0])).toBe(1e-4);
  });
});
