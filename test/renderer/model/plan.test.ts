import { expect, test } from 'vitest';
import { methods } from '../../../core/fit';
import { methodInfo } from '../../../core/service/engine-handlers';
import { planOf } from '../../../renderer/views/model/plan';

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');
const method = methodInfo(methods[0]);
const planned = (name: string, fits: number, seconds: number, refusal: string | null = null) => ({
  method: { ...method, name },
  outlook: { id: name, refusal, fits, seconds, assumes: [] },
});

test('the button says how many starts, or methods, it will run and about how long they take', () => {
  expect(plain(planOf([planned('EM', 12, 3)]).label)).toBe('Run 12 starts, about 3 s');
  expect(plain(planOf([planned('Least squares', 1, 0.001)]).label)).toBe('Run 1 start, about 0.1 s');
  expect(plain(planOf([planned('EM', 10, 60), planned('Spectral', 1, 20)]).label)).toBe(
    'Run 2 methods, about 1 min 20 s',
  );
});

test('what cannot run here is left out of the button and named in the sentence', () => {
  const plan = planOf([planned('EM', 10, 1), planned('Spectral', 0, 0, 'k is above d.')]);
  expect(plan.runnable).toHaveLength(1);
  expect(plain(plan.label)).toBe('Run 10 starts, about 1 s');
  expect(plan.sentence).toContain('1 method cannot run here');
});

test('a few methods are named with their starts, many are counted', () => {
  const four = ['A', 'B', 'C', 'D'].map((name) => planned(name, 10, 1));
  expect(planOf(four.slice(0, 3)).sentence).toContain('A (10 starts, the likeliest kept), B');
  expect(planOf(four).sentence).toBe('4 methods, 40 starts in all; of each method the likeliest is kept.');
});

test('nothing chosen is nothing to run', () => {
  expect(planOf([])).toMatchObject({ runnable: [], label: 'Run', sentence: 'Tick at least one method.' });
});
