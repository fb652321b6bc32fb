import { describe, expect, test } from 'vitest';
import { settingsOf } from '../../../renderer/charts/chart';
import type { GateCurveData } from '../../../renderer/charts/gate-across';
import { gateCurve } from '../../../renderer/charts/gate-curve';
import { predictionCurve } from '../../../renderer/charts/prediction-curve';
import { startsStrip } from '../../../renderer/charts/starts-strip';
import { notFinite, plain, size, theme } from './fixture';

const end = (index: number, logLikelihood: number, termination = 'converged', kind = 'Random') => ({
  label: `Random start ${index}`,
  kind,
  logLikelihood,
  termination,
});

describe('where the starts ended', () => {
  test('counts the starts that reach the best optimum', () => {
    const data = { ends: [end(1, -3.2), end(2, -3.20005), end(3, -3.3)] };
    expect(startsStrip.title(data, {})).toBe('2 of 3 starts reach the best optimum');
    expect(startsStrip.title({ ends: [end(1, -3.2), end(2, -3.2)] }, {})).toBe('All 2 starts end at the same optimum');
  });

  test('speaks of no optimum where the run was stopped', () => {
    const data = { ends: [end(1, -3.2), end(2, -3.3, 'cancelled')] };
    expect(startsStrip.title(data, {})).toBe('2 starts had begun when the run was stopped');
  });

  test('does not let a vanishing sigma or a failure set the best', () => {
    const data = {
      ends: [end(1, -3.2), end(2, 90, 'sigma-floor'), end(3, Number.NaN, 'numerical-failure'), end(4, -3.25)],
    };
    expect(startsStrip.title(data, {})).toBe('1 of 4 starts reaches the best optimum');
    expect(startsStrip.caption(data, {})).toContain('2 without a sound end are not drawn');
    const option = startsStrip.option(data, theme, size, {});
    expect(option.graphic).toHaveLength(2);
    expect(notFinite(option)).toEqual([]);
  });

  test('keeps one start far off from pressing the others together, and says so', () => {
    const data = { ends: [end(1, -3.2), end(2, -3.21), end(3, -3.22), end(4, -9)] };
    const option = startsStrip.option(data, theme, size, {});
    expect((option.xAxis as unknown as { max: number }).max).toBeLessThan(1);
    expect(JSON.stringify(option.graphic)).toContain('1 further out');
  });

  test('needs more than one start', () => {
    expect(startsStrip.applies({ ends: [end(1, -3.2)] })).toBe(false);
  });

  test('names its axis with the quantity', () => {
    const option = startsStrip.option({ ends: [end(1, -3.2), end(2, -3.3)] }, theme, size, {});
    expect((option.xAxis as { name: string }).name).toBe('nats a row below best');
  });
});

const gate = (x: readonly (number | string)[], first: readonly number[]): GateCurveData => ({
  curve: {
    x: [...x],
    gates: [[...first], first.map((p) => 1 - p)],
    prediction: first.map((p) => 10 + 20 * p),
    rug: typeof x[0] === 'number' ? [x[0], x[x.length - 1] as number] : [],
  },
  column: { label: 'Age', unit: 'day' },
  others: 7,
  train: 2,
});
const age = gate([1, 10, 100, 365], [0.9, 0.7, 0.3, 0.1]);

describe('the gate along a column', () => {
  const settings = settingsOf(gateCurve.controls(age), {});

  test('says which expert leads where', () => {
    expect(plain(gateCurve.title(age, settings))).toBe('Expert A leads below 100 days, expert B above');
    expect(gateCurve.title(gate([1, 2], [0.9, 0.8]), {})).toBe('Age alone does not change the leading expert');
    expect(gateCurve.title(gate([1, 2, 3], [0.9, 0.2, 0.8]), {})).toBe(
      'Expert A leads at both ends of Age, expert B between',
    );
  });

  test('takes a logarithmic axis for a column that spans more than a factor of 50, and says so', () => {
    expect(settings.scale).toBe('log');
    const axis = gateCurve.option(age, theme, size, settings).xAxis as { name: string };
    expect(axis.name).toBe('Age, day (log)');
    expect(gateCurve.controls(gate([-1, 2], [0.5, 0.5]))).toEqual([]);
  });

  test('draws numbers and levels without a value that is not a number', () => {
    expect(notFinite(gateCurve.option(age, theme, size, settings))).toEqual([]);
    const levels = gate(['M', 'F', 'I'], [0.2, 0.8, 0.5]);
    expect(notFinite(gateCurve.option(levels, theme, size, {}))).toEqual([]);
    expect(gateCurve.title(levels, {})).toBe('The leading expert depends on Age');
  });

  test('has its ticks at round values inside the data, whose ends are the ends of the axis', () => {
    const axis = gateCurve.option(gate([122, 180, 237], [0.2, 0.5, 0.7]), theme, size, {}).xAxis as unknown as {
      min: number;
      max: number;
      axisTick: { customValues: number[] };
    };
    expect([axis.min, axis.max]).toEqual([122, 237]);
    expect(axis.axisTick.customValues).toEqual([140, 160, 180, 200, 220]);
  });

  test('gives each expert a hatched area and its probabilities to the crosshair', () => {
    expect(gateCurve.option(age, theme, size, settings).series).toHaveLength(2);
    expect(gateCurve.stops(age, settings)[0].read()).toMatchObject({
      title: 'Age 1\u00a0day',
      entries: [
        { name: 'Expert A', value: '90%' },
        { name: 'Expert B', value: '10%' },
      ],
    });
  });

  test('says what the other columns are held at', () => {
    expect(gateCurve.caption(age, settings)).toContain('the other 7 columns at their medians');
  });

  test('says of how many training values its ticks are', () => {
    expect(gateCurve.caption(age, settings)).toContain('Ticks: training values.');
    expect(gateCurve.caption({ ...age, train: 800_000 }, settings)).toContain('Ticks: 2 of 800,000 training values.');
  });
});

describe('the prediction along a column', () => {
  const data = { ...age, target: { label: 'Strength', unit: 'MPa' } };

  test('says by how much the prediction moves', () => {
    expect(plain(predictionCurve.title(data, {}))).toBe('The prediction falls by 16 MPa along Age');
  });

  test('names the target and its unit', () => {
    const option = predictionCurve.option(data, theme, size, settingsOf(predictionCurve.controls(data), {}));
    expect((option.yAxis as { name: string }).name).toBe('predicted Strength, MPa');
    expect(notFinite(option)).toEqual([]);
  });
});
