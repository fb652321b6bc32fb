import { expect, test } from 'vitest';
import { rateCheck, rateReport } from '../../../core/job/convergence-rate';

const known = (rate: number) => ({ known: true as const, rate, rows: 100, gain: 0 });

test('the rate is told as what an iteration keeps, the iterations a digit takes, and what was seen', () => {
  const report = rateReport(known(0.66), 0.648);
  expect(report.iterationsPerDigit).toBeCloseTo(Math.log(10) / -Math.log(0.66), 12);
  expect(report.sentence).toBe(
    'Near this solution each EM iteration keeps about 66% of the remaining error, so a further digit takes about 6 iterations; the last iterations kept 65%.',
  );
  expect(rateCheck(report).light).toBe('green');
});

test('what was not seen is not said, and a fit that ended early says that it did', () => {
  expect(rateReport(known(0.66), null).sentence).toMatch(/about 6 iterations\.$/);
  expect(rateReport(known(0.94), 0.82).sentence).toMatch(/kept 82%, while quicker parts were still settling\.$/);
});

test('a rate near 1 is amber and says what it does to standard errors: 1 / √(1 − ρ)', () => {
  const report = rateReport(known(0.99), 0.989);
  expect(report.sentence).toContain('a standard error 10 times that of rows whose expert is known');
  expect(rateCheck(report).light).toBe('amber');
  expect(rateReport(known(0.9987), null).sentence).toContain('99.87%');
});

test('a rate near 0 takes one iteration a digit', () => {
  const { sentence, iterationsPerDigit } = rateReport(known(0), null);
  expect(iterationsPerDigit).toBe(1);
  expect(sentence).toContain('keeps less than 1% of the remaining error, so a further digit takes about 1 iteration.');
});

test.each(['too-large', 'not-at-rest', 'no-maximum'] as const)(
  'a rate that is not known (%s) says why, in one sentence',
  (because) => {
    const report = rateReport({ known: false, because }, 0.9);
    expect(report.predicted).toBeNull();
    expect(report.sentence).toMatch(/^[A-Z].*\.$/);
    expect(rateCheck(report).light).toBe(because === 'too-large' ? 'green' : 'amber');
  },
);
