import { expect, test } from 'vitest';
import { terminationCodes } from '../../../core/fit/method';
import type { Run } from '../../../renderer/stores/run';
import {
  convergenceData,
  latest,
  rowsKey,
  sheetKey,
  stateWords,
  whatHappened,
} from '../../../renderer/views/runs/runs-words';
import { startsOf } from '../../../renderer/views/runs/starts';
import { endingWords, helpFor, terminationHelp } from '../../../renderer/views/runs/termination';
import { curve, fitView } from '../charts/fixture';
import { request, table } from './harness';

const finished = fitView({ test: 6.4, low: 5.7, high: 7.1, line: 10 }).result;

const run = (change: Partial<Run> = {}): Run => ({
  id: 'a',
  number: 1,
  slot: 0,
  name: 'Joint EM',
  request: request(),
  table: {
    sha256: table.file.sha256,
    dialect: table.dialect,
    file: 'concrete.csv',
    target: { label: 'Strength', unit: 'MPa' },
    columns: new Map(),
    complete: true,
  },
  state: 'running',
  cancelling: false,
  starts: [],
  elapsed: 1,
  fraction: 0.4,
  startedAt: 0,
  endedAt: null,
  result: null,
  error: null,
  shown: true,
  ...change,
});

test('every way a fit can end has a meaning and something to try', () => {
  for (const code of terminationCodes) {
    expect(terminationHelp[code].meaning).toMatch(/\.$/);
    expect(terminationHelp[code].tries.length).toBeGreaterThan(0);
  }
  expect(Object.keys(terminationHelp).sort()).toEqual([...terminationCodes].sort());
});

test('a code this version does not know is shown as it stands', () => {
  expect(helpFor('stalled').name).toBe('stalled');
});

test('how a fit ended is said with its iterations', () => {
  expect(endingWords({ code: 'converged', iterations: 1110 })).toBe('Converged after 1,110 iterations');
  expect(endingWords({ code: 'converged', iterations: 0 })).toBe('Solved in one step');
  expect(endingWords({ code: 'iteration-limit', iterations: 500 })).toBe('Stopped at the iteration limit, 500');
});

test('likelihoods are compared only between fits of the same rows', () => {
  const features = (names: string[]) => ({ ...request(), design: { ...request().design, features: names } });
  const incomplete = { ...run().table, complete: false };
  expect(rowsKey(run())).toBe(rowsKey(run({ request: features(['Water']) })));
  expect(rowsKey(run({ table: incomplete }))).not.toBe(
    rowsKey(run({ table: incomplete, request: features(['Water']) })),
  );
  const split = {
    ...request(),
    design: { ...request().design, split: { kind: 'fraction' as const, fraction: 0.2, seed: 2 } },
  };
  expect(rowsKey(run())).not.toBe(rowsKey(run({ request: split })));
});

test('a running run shows the last point of its leading start, a finished one its result', () => {
  expect(latest(run(), [curve(0, -3.2, 5)])).toMatchObject({ iteration: 4, stage: 'em' });
  expect(latest(run({ state: 'done', result: finished }), [])).toMatchObject({ iteration: 110, testRmse: 6.4 });
  expect(latest(run(), [])).toMatchObject({ iteration: null, trainRmse: null });
});

test('starts and runs without a point are not in the chart', () => {
  const curves = new Map([
    ['a', [curve(0, -3.2), curve(1, -3.2, 0)]],
    ['b', [curve(0, -3.3, 0)]],
  ]);
  const data = convergenceData([run(), run({ id: 'b' }), run({ id: 'c' })], curves);
  expect(data.runs.map((one) => [one.id, one.curves.length])).toEqual([['a', 1]]);
  expect(data.common).toBe('k = 2, seed 1');
});

test('held-out error is the last one measured, since it is not measured at every iteration', () => {
  const measured = curve(0, -3.2, 5);
  const points = measured.points.map((point, i) => (i === 4 ? { ...point, testRmse: null } : point));
  expect(latest(run(), [{ ...measured, points }]).testRmse).toBe(measured.points[3].testRmse);
});

test('every state has a light and words', () => {
  expect(stateWords(run({ state: 'queued' }))).toEqual({ light: 'waiting', words: 'Waiting' });
  expect(stateWords(run({ state: 'done', result: finished }))).toEqual({ light: 'green', words: 'Converged' });
  expect(stateWords(run({ state: 'interrupted' })).light).toBe('red');
  expect(stateWords(run({ cancelling: true })).words).toBe('Cancelling');
});

test('what happened names how the run ended and how far below the best of its rows', () => {
  const curves = new Map([
    ['a', [curve(0, -3.245, 80)]],
    ['b', [curve(0, -3.2, 80)]],
  ]);
  const done = run({ state: 'done', result: finished });
  const best = { ...finished, runId: 'b' };
  const other = (experts: number) =>
    run({
      id: 'b',
      name: 'Spectral',
      state: 'done',
      result: best,
      request: { ...request(), fit: { ...request().fit, experts } },
    });
  const all = convergenceData([done, other(2)], curves);
  expect(whatHappened(done, all)).toBe(
    'Converged after 110 iterations. 0.045 nats a row below Spectral: another optimum.',
  );
  // Another number of experts is another model, not another optimum of this one.
  expect(whatHappened(done, convergenceData([done, other(3)], curves))).toBe(
    'Converged after 110 iterations. 0.045 nats a row below Spectral.',
  );
  expect(whatHappened(run({ state: 'failed', error: { code: 'x', message: 'Too few rows.' } }), all)).toBe(
    'Too few rows.',
  );
});

test('runs of another table or target are left out of the chart, which says so', () => {
  const other = run({ id: 'b', table: { ...run().table, sha256: 'other', file: 'wine.csv' } });
  expect(sheetKey(other)).not.toBe(sheetKey(run()));
  expect(sheetKey(run({ request: { ...request(), design: { ...request().design, target: 'Water' } } }))).not.toBe(
    sheetKey(run()),
  );
  expect(sheetKey(run({ id: 'c', name: 'Spectral' }))).toBe(sheetKey(run()));
  const curves = new Map([['a', [curve(0, -3)]]]);
  expect(convergenceData([run()], curves, 2).common).toContain(
    'Only concrete.csv; 2 runs of other tables are in the table below',
  );
  expect(convergenceData([run()], curves).common).not.toContain('concrete.csv');
});

test('starts are grouped by kind: the words of their label before its number', () => {
  expect(startsOf(finished).ends.map((end) => end.kind)).toEqual(['Random', 'Random']);
  const mixed = {
    ...finished,
    report: {
      ...finished.report,
      starts: [
        { method: 'joint-em', seed: 1, label: 'random 1', logLikelihood: -3, termination: 'converged' },
        { method: 'spectral-em', seed: 1, label: 'spectral', logLikelihood: -3, termination: 'converged' },
        { method: 'l4-llog', seed: 1, label: 'l4', logLikelihood: -3, termination: 'converged' },
      ],
    },
  };
  expect(startsOf(mixed).ends.map((end) => end.kind)).toEqual(['Random', 'Spectral', 'L4']);
});
