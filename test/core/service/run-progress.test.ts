import { expect, test } from 'vitest';
import type { Start, TerminationCode } from '../../../core/fit/method';
import type { StartResult } from '../../../core/fit/run';
import { followRun } from '../../../core/service/run-progress';

const starts: Start[] = [1, 2, 3].map((n) => ({ label: `random ${n}`, method: 'joint-em', stream: n }));

const ended = (termination: TerminationCode, objective: number): StartResult =>
  ({ termination, objective }) as unknown as StartResult;

function winner(ends: readonly (StartResult | null)[]): string | undefined {
  const progress = followRun({ maxIterations: 100 });
  progress.onStarts(starts);
  ends.forEach((end, index) => progress.onEnd(index, end));
  return progress.take('run', 1)?.starts.find(({ best }) => best)?.label;
}

test('the start shown as the best is the one whose parameters are kept: a sound end goes before a higher objective', () => {
  expect(winner([ended('expert-emptied', -10), ended('converged', -20), ended('sigma-floor', 50)])).toBe('random 2');
});

test('among sound ends the highest objective is the best', () => {
  expect(winner([ended('converged', -30), ended('iteration-limit', -10), ended('converged', -20)])).toBe('random 2');
});

test('a start that ended without parameters is never the best, however high its curve had come', () => {
  const progress = followRun({ maxIterations: 100 });
  progress.onStarts(starts);
  progress.onNews(0, { points: [{ iteration: 3, objective: 99 }], stages: [] } as never);
  expect(progress.take('run', 1)?.starts[0].best).toBe(true);
  progress.onEnd(0, null);
  progress.onEnd(1, ended('converged', -20));
  expect(progress.take('run', 1)?.starts.map(({ best }) => best)).toEqual([false, true, false]);
});
