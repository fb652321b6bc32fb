import { describe, expect, test } from 'vitest';
import { errorRows } from '../../../renderer/charts/error-rows';
import { effectsFinding } from '../../../renderer/views/results/effects-finding';
import { comparison, sentenceText, summarySentence } from '../../../renderer/views/results/summary';
import { effectScale, termOrder, termWords } from '../../../renderer/views/results/terms';
import type { Errors } from '../charts/fixture';
import { fitView, plain } from '../charts/fixture';

const say = (errors: Errors, change = {}): string => plain(sentenceText(summarySentence(fitView(errors, change))));
const log = { kind: 'log' as const, sentence: 'The experts predict log(Strength).' };
const better: Errors = { test: 6.4, low: 5.7, high: 7.1, line: 10 };

describe('the summary sentence', () => {
  test('says by how much the error is lower when the line lies above the interval', () => {
    expect(comparison(fitView(better))).toBe('better');
    expect(say(better)).toBe(
      'Two experts predict Strength with a typical error of 6.4 MPa (held-out RMSE, 95% interval 5.7 to 7.1), 36% lower than one straight line.',
    );
  });

  test('says by how much it is higher when the line lies below the interval', () => {
    expect(comparison(fitView({ ...better, line: 5 }))).toBe('worse');
    expect(say({ ...better, line: 5 })).toContain('28% higher than one straight line.');
  });

  test('claims no difference when the line lies within the interval, on either side', () => {
    for (const line of [5.8, 6.9]) {
      expect(comparison(fitView({ ...better, line }))).toBe('within');
      expect(say({ ...better, line })).toContain(
        `One straight line (${line} MPa) lies within that interval: no clear difference.`,
      );
      expect(say({ ...better, line })).not.toMatch(/lower|higher/);
    }
  });

  test('says of which target the line is where the experts are fitted to a transform of it', () => {
    const transformed = (errors: Errors): string => {
      const { report } = fitView(errors).result;
      return say(errors, { report: { ...report, model: { ...report.model, targetTransform: log } } });
    };
    expect(transformed(better)).toContain('36% lower than one straight line through the target itself.');
    expect(transformed({ ...better, line: 6.9 })).toContain(
      'One straight line through the target itself (6.9 MPa) lies within',
    );
  });

  test('says through what the line goes that is the model itself', () => {
    const { report } = fitView(better).result;
    const model = { ...report.model, targetTransform: log, experts: report.model.experts.slice(0, 1) };
    expect(say(better, { report: { ...report, model } })).toMatch(
      /^One straight line through log\(Strength\) predicts/,
    );
  });

  test('does not compare rounding errors where the line is exact', () => {
    const exact: Errors = { test: 2.2e-16, low: 1.9e-16, high: 2.5e-16, line: 1.2e-15 };
    expect(comparison(fitView(exact))).toBe('within');
    expect(say(exact)).toMatch(/One straight line gives the target exactly\.$/);
  });

  test('gives a narrow interval the digits that tell its ends apart, and the errors the same', () => {
    expect(say({ test: 2.484, low: 2.459, high: 2.511, line: 2.488 })).toContain(
      'error of 2.48 MPa (held-out RMSE, 95% interval 2.46 to 2.51). One straight line (2.49 MPa) lies within',
    );
  });

  test('writes both ends of an interval with the same decimals', () => {
    expect(say({ test: 10.48, low: 9.51, high: 11.42, line: 16 })).toContain(
      'error of 10.5 MPa (held-out RMSE, 95% interval 9.5 to 11.4)',
    );
  });

  test('says so when always saying the mean does no worse', () => {
    expect(say({ test: 17, low: 15, high: 19, line: 18 })).toMatch(
      /Always saying the mean does no worse \(16 MPa\)\.$/,
    );
    expect(say(better)).not.toContain('Always saying the mean');
  });

  test('says that nothing was held out and calls the error a training error', () => {
    const view = fitView(better);
    const blind = {
      report: { ...view.result.report, metrics: { ...view.result.report.metrics, test: null } },
      intervals: { ...view.result.intervals, model: { ...view.result.intervals.model, test: null } },
    };
    expect(say(better, blind)).toContain('training RMSE; no rows were held out');
    expect(errorRows(fitView(better, blind)).map((row) => row.name)).toEqual(['Train', 'Straight line', 'Mean only']);
  });

  test('of one expert compares with the mean, since it is the straight line', () => {
    const view = fitView(better);
    const { model } = view.result.report;
    const single = { report: { ...view.result.report, model: { ...model, experts: model.experts.slice(0, 1) } } };
    expect(say(better, single)).toMatch(
      /^One straight line predicts Strength .* 60% lower than always saying the mean\.$/,
    );
  });

  test('of a partial result says so', () => {
    expect(say(better, { partial: true })).toMatch(/The fit was stopped before it ended\.$/);
  });
});

describe('the error table', () => {
  test('has the model held out and in training and both baselines, held out', () => {
    expect(errorRows(fitView(better)).map((row) => [row.name, row.rmse, row.own])).toEqual([
      ['Held out', 6.4, true],
      ['Train', 6.4, false],
      ['Straight line', 10, false],
      ['Mean only', 16.2, false],
    ]);
  });
});

describe('effects', () => {
  const view = fitView(better);
  const { experts } = view.result;

  test('share one scale on which bars start at zero and stay in their box', () => {
    const scale = effectScale(experts);
    const up = scale.bar(46);
    const down = scale.bar(-2.6);
    expect(up.left).toBe(scale.zero);
    expect(down.left + down.width).toBeCloseTo(scale.zero, 9);
    expect(up.width / down.width).toBeCloseTo(46 / 2.6, 9);
    expect(up.left + up.width).toBeLessThanOrEqual(100 + 1e-9);
    expect(down.left).toBeGreaterThanOrEqual(0);
    expect(scale.bar(0).width).toBe(0);
  });

  test('are ordered by the largest in any expert', () => {
    expect(termOrder(experts)).toEqual([0, 1]);
    const gateOnly = experts.map((expert) => ({
      ...expert,
      terms: [...expert.terms, { ...expert.terms[0], slope: 0, perSd: 0 }],
    }));
    expect(termOrder(gateOnly)).toEqual([0, 1]);
  });

  test('are named by label and level', () => {
    expect(termWords(view, experts[0].terms[0])).toEqual({ label: 'Age', column: 'Age', level: null, unit: 'day' });
    expect(termWords(view, { name: 'sex=F', column: 'sex', level: 'F' })).toEqual({
      label: 'sex = F',
      column: 'sex',
      level: 'F',
      unit: null,
    });
  });

  test('that agree between experts are not told as a difference', () => {
    expect(effectsFinding(view)).toBe('The experts differ in level more than in their slopes');
  });

  test('of experts that are not linear are told as averages', () => {
    const { report } = view.result;
    const bent = fitView(better, { report: { ...report, model: { ...report.model, activation: 'tanh' } } });
    expect(effectsFinding(bent)).toBe('On average, the experts differ in level more than in their slopes');
  });

  test('of a level are told as being there or not', () => {
    const level = (slope: number) => ({ name: 'sex=F', column: 'sex', level: 'F', slope, perSd: slope / 2 });
    const [a, b] = experts;
    const told = fitView(better, {
      experts: [
        { ...a, terms: [level(5)] },
        { ...b, terms: [level(-3)] },
      ],
    });
    expect(plain(effectsFinding(told))).toBe('sex = F adds 5.0 MPa in expert A, −3.0 MPa in B');
  });

  test('that all take away are told without signs', () => {
    const [a, b] = experts;
    const down = (slope: number) => [{ ...a.terms[0], slope, perSd: 10 * slope }];
    const told = fitView(better, {
      experts: [
        { ...a, terms: down(-0.12) },
        { ...b, terms: down(-0.03) },
      ],
    });
    expect(plain(effectsFinding(told))).toBe('One day of Age takes 0.030 MPa in expert B, 0.12 MPa in A');
    const alone = fitView(better, { experts: [{ ...a, terms: down(-0.12) }] });
    expect(plain(effectsFinding(alone))).toBe('One day of Age takes 0.12 MPa');
  });

  test('of a transformed target are told of its transform, without the unit', () => {
    const [a] = experts;
    const { report } = view.result;
    const logged = fitView(better, {
      experts: [{ ...a, terms: [{ ...a.terms[0], slope: 0.12, perSd: 1 }] }],
      report: { ...report, model: { ...report.model, targetTransform: { kind: 'log', sentence: '' } } },
    });
    expect(plain(effectsFinding(logged))).toBe('One day of Age adds 0.12 in log(Strength)');
  });

  test('that differ are told at both extremes, in original units', () => {
    const [a, b] = experts;
    const flat = { ...b, terms: [{ ...b.terms[0], slope: 0.03, perSd: 1.9 }, b.terms[1]] };
    const told = fitView(better, { experts: [a, flat] });
    expect(plain(effectsFinding(told))).toBe('One day of Age adds 0.73 MPa in expert A, 0.030 MPa in B');
  });
});
