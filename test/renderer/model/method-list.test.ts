import { expect, test } from 'vitest';
import { methods } from '../../../core/fit';
import { activationIds } from '../../../core/model/spec';
import { methodInfo } from '../../../core/service/engine-handlers';
import type { Run } from '../../../renderer/stores/run';
import { activations } from '../../../renderer/views/model/activations';
import { methodGroups } from '../../../renderer/views/model/method-groups';
import { startingModels } from '../../../renderer/views/model/starting-models';
import { fitView } from '../charts/fixture';

const infos = methods.map(methodInfo);

test('every method of the engine stands in exactly one group', () => {
  const listed = methodGroups(infos).flatMap((group) => group.methods.map(({ id }) => id));
  expect([...listed].sort()).toEqual(infos.map(({ id }) => id).sort());
});

test('the recommendation comes first, with the straight line; what is not placed is a baseline', () => {
  const ids = ['ols', 'sgd-l2', 'l4-llog', 'best', 'spectral-em', 'joint-em'];
  const groups = methodGroups(ids.map((id) => ({ ...infos[0], id })));
  expect(groups.map((group) => group.methods.map(({ id }) => id))).toEqual([
    ['best', 'ols'],
    ['spectral-em', 'l4-llog'],
    ['sgd-l2', 'joint-em'],
  ]);
});

test('every activation has a name and one sentence', () => {
  expect(activations.map(({ value }) => value)).toEqual([...activationIds]);
  for (const { meaning } of activations) expect(meaning).toMatch(/^[A-Z][^.]*\.$/);
});

test('a fit can start from finished runs of the same experts, activation and columns, the newest first', () => {
  const { result } = fitView({ test: 6, low: 5, high: 7, line: 10 });
  const { columns, experts } = result.report.model;
  const run = (id: string, over: Partial<Run> = {}): Run => ({ id, state: 'done', result, ...over }) as Run;
  const shape = { experts: experts.length, activation: 'linear' as const, columns: columns.map(({ name }) => name) };
  const runs = [run('a'), run('b', { result: null }), run('c')];
  expect(startingModels(runs, shape).map(({ id }) => id)).toEqual(['c', 'a']);
  expect(startingModels(runs, { ...shape, columns: null })).toHaveLength(2);
  expect(startingModels(runs, { ...shape, columns: ['another'] })).toEqual([]);
  expect(startingModels(runs, { ...shape, experts: experts.length + 1 })).toEqual([]);
  expect(startingModels(runs, { ...shape, activation: 'tanh' })).toEqual([]);
});
