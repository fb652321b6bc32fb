import { expect, test } from 'vitest';
import { methodById } from '../../../core/fit';
import type { Method, Settings } from '../../../core/fit/method';
import { completeSettings } from '../../../core/fit/settings';
import { estimate } from '../../../core/job/estimate';
import { mixtureProblem } from '../fit/mixtures';

const problem = mixtureProblem({ n: 1000, d: 4, k: 3, seed: 1 });

function methodOf(id: string): Method {
  const method = methodById(id);
  if (!method) throw new Error(`There is no method ${id}.`);
  return method;
}

function settingsOf(method: Method, given: Partial<Settings> = {}): Settings {
  const settings = completeSettings(method, { restarts: 4, ...given });
  if (!settings.ok) throw new Error(settings.error.message);
  return settings.value;
}

const seconds = (id: string, given: Partial<Settings> = {}) => {
  const method = methodOf(id);
  return estimate(problem, method, settingsOf(method, given), 1).seconds;
};

test('a descent looks at the rows of its steps and of its reports, whatever the table', () => {
  const sgd = methodOf('sgd-nll');
  // 4,000 steps of 100 rows are 400 passes of 10 steps, each reported on, and the start.
  const work = sgd.work?.(problem, settingsOf(sgd, { options: { batch: 100 } }));
  expect(work).toEqual({ rows: 400_000 + 401 * 1000, moments: false });
  const whole = sgd.work?.(problem, settingsOf(sgd, { options: { batch: 1e6, steps: 50 } }));
  expect(whole).toEqual({ rows: 50 * 1000 + 51 * 1000, moments: false });
  const limited = sgd.work?.(problem, settingsOf(sgd, { maxIterations: 7, options: { batch: 100 } }));
  expect(limited).toEqual({ rows: 70 * 100 + 8 * 1000, moments: false });
});

test('a descent of twice the steps takes twice as long, and gradient EM longer than EM', () => {
  const overhead = 4 * 0.02;
  const once = seconds('sgd-l2', { options: { batch: 100 } }) - overhead;
  const twice = seconds('sgd-l2', { options: { batch: 100, steps: 8000 } }) - overhead;
  expect(twice / once).toBeCloseTo(2, 2);
  expect(seconds('gradient-em')).toBeGreaterThan(seconds('joint-em'));
});

test('best takes as long as all its starts, side by side where there are threads', () => {
  const best = methodOf('best');
  const settings = settingsOf(best);
  const { fits, seconds: alone } = estimate(problem, best, settings, 1);
  expect(fits).toBe(best.starts(problem, settings).length);
  expect(alone / estimate(problem, methodOf('joint-em'), settingsOf(methodOf('joint-em')), 1).seconds).toBeCloseTo(
    fits / 4,
    8,
  );
  expect(estimate(problem, best, settings, fits).seconds).toBeCloseTo(alone / fits, 8);
});

test('an iteration of EM is two passes and takes the time that was measured of one thread', () => {
  const large = mixtureProblem({ n: 20_000, d: 20, k: 4, seed: 1 });
  const em = methodOf('joint-em');
  const guess = (maxIterations: number) => estimate(large, em, settingsOf(em, { restarts: 1, maxIterations }), 1);
  expect(guess(15).passes).toBe(30);
  // 465 to 615 ns a row, beside other work.
  const row = (guess(15).seconds - guess(5).seconds) / 10 / 20_000;
  expect(row).toBeGreaterThan(4e-7);
  expect(row).toBeLessThan(6.2e-7);
  expect(estimate(large, methodOf('ols'), settingsOf(methodOf('ols')), 1).passes).toBe(2);
});
