import { expect, test } from 'vitest';
import type { Start } from '../../../core/fit/method';
import type { TracePoint } from '../../../core/fit/run';
import { followRun } from '../../../core/service/run-progress';
import type { RunProgress } from '../../../core/protocol';

const starts = [{ label: 'random 1' }, { label: 'random 2' }] as unknown as Start[];
const point = (iteration: number): TracePoint => ({
  iteration,
  seconds: iteration,
  stage: 'em',
  logLikelihood: -3,
  objective: -3,
  parameterChange: null,
  trainRmse: 1,
  testRmse: null,
  kl: null,
});
const iterations = (progress: RunProgress | null, start: number) => {
  const update = progress?.curves.find((one) => one.start === start);
  return update && { replace: update.replace, at: update.points.map(({ iteration }) => iteration) };
};

test('news of a start follow what the page was told before', () => {
  const progress = followRun({ maxIterations: 100 });
  progress.onStarts(starts);
  progress.onNews(0, { points: [point(0), point(1)], stages: [] });
  expect(iterations(progress.take('run', 1), 0)).toEqual({ replace: true, at: [0, 1] });
  progress.onNews(0, { points: [point(2)], stages: [] });
  expect(iterations(progress.take('run', 2), 0)).toEqual({ replace: false, at: [2] });
  expect(progress.take('run', 3)).toBeNull();
});

test('a run that is repeated takes back the curves of its first attempt, also of starts that have not begun again', () => {
  const progress = followRun({ maxIterations: 100 });
  progress.onStarts(starts);
  for (const start of [0, 1]) progress.onNews(start, { points: [point(0), point(1)], stages: [] });
  progress.take('run', 1);
  progress.onStarts(starts);
  progress.onNews(0, { points: [point(0)], stages: [] });
  const repeated = progress.take('run', 2);
  expect(iterations(repeated, 0)).toEqual({ replace: true, at: [0] });
  expect(iterations(repeated, 1)).toEqual({ replace: true, at: [] });
});
