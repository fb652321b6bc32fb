import { expect, test } from 'vitest';
import { emFrom, fitStarts, fitWith, hasSucceeded, trajectory } from '../../../../core/experiments/lib/fitting';
import { simulatedProblem } from '../../../../core/experiments/lib/problems';
import { Cancelled } from '../../../../core/kernels/pass';
import { recovery } from '../../../../core/model/match';

const settings = {
  rows: 600,
  features: 3,
  experts: 2,
  sigma: 0.1,
  inputs: 'gaussian',
  gates: 'random',
  seed: 1,
} as const;
const { problem, truth } = simulatedProblem(settings);

test('EM from the truth ends at a likelihood no lower than the truth’s, near it', () => {
  const { steps, last, termination } = emFrom(problem, truth);
  expect(termination).toBe('converged');
  expect(last.objective).toBeGreaterThan(steps[0].objective);
  expect(recovery(last.parameters, truth).regressorFit).toBeGreaterThan(0.998);
});

test('The best start is the one with the highest objective, and a seed has its digits', () => {
  const starts = fitStarts(problem, 'joint-em', { restarts: 3 }, 7);
  expect(starts).toHaveLength(3);
  const best = fitWith(problem, 'joint-em', { restarts: 3 }, 7);
  expect(best.objective).toBe(Math.max(...starts.map(({ objective }) => objective)));
  expect(fitWith(problem, 'joint-em', { restarts: 3 }, 7)).toEqual(best);
});

test('A trajectory holds the parameters of every iteration and ends where the fit ends', () => {
  const { steps, termination } = trajectory(problem, 'joint-em', { restarts: 1 }, 7);
  const [fit] = fitStarts(problem, 'joint-em', { restarts: 1 }, 7);
  expect(termination).toBe(fit.termination);
  expect(steps.map(({ iteration }) => iteration)).toEqual(steps.map((_, i) => i));
  expect(steps.at(-1)!.logLikelihood).toBe(fit.logLikelihood);
  expect(recovery(steps.at(-1)!.parameters, fit.parameters).error).toBeLessThan(1e-9);
});

test('Likelihoods along the way are in the units of the target, as those of a finished fit', () => {
  const scaled = { ...problem, output: { offset: 3, scale: 20 } };
  const [fit] = fitStarts(scaled, 'joint-em', { restarts: 1 }, 7);
  const { steps } = trajectory(scaled, 'joint-em', { restarts: 1 }, 7);
  expect(steps.at(-1)!.logLikelihood).toBe(fit.logLikelihood);
  expect(steps.at(-1)!.objective).toBe(fit.objective);
  expect(steps[0].logLikelihood).toBeCloseTo(
    trajectory(problem, 'joint-em', { restarts: 1 }, 7).steps[0].logLikelihood - Math.log(20),
    9,
  );
});

test('Success is a mean log-likelihood at most 2/n below that of EM from the truth', () => {
  expect(hasSucceeded(problem, -1, -1)).toBe(true);
  expect(hasSucceeded(problem, -1 - 1.9 / 600, -1)).toBe(true);
  expect(hasSucceeded(problem, -1 - 2.1 / 600, -1)).toBe(false);
});

test('The start of a fit is not the model it looks for, although data and fit have the same seed', () => {
  const [first] = trajectory(problem, 'joint-em', { restarts: 1 }, settings.seed).steps;
  // Two random directions in three dimensions; the same stream would give cosines of 1.
  expect(recovery(first.parameters, truth).gatingFit).toBeLessThan(0.99);
});

test('A fit that is stopped is no measurement, and what cannot run says why', () => {
  const cancel = new Int32Array(new SharedArrayBuffer(4)).fill(1);
  expect(() => fitWith({ ...problem, cancel }, 'joint-em', {}, 1)).toThrow(Cancelled);
  expect(() => trajectory({ ...problem, cancel }, 'joint-em', {}, 1)).toThrow(Cancelled);
  expect(() => fitWith(problem, 'magic', {}, 1)).toThrow('There is no method named magic.');
  expect(() => fitWith(problem, 'joint-em', { options: { magic: 1 } }, 1)).toThrow('has no option magic');
});
