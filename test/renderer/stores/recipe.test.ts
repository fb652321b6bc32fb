import { expect, test } from 'vitest';
import { changedSettings, designSettings } from '../../../renderer/stores/recipe';
import { stepWords } from '../../../renderer/stores/step-words';
import { request } from '../runs/harness';

const { design } = request();

test('the steps of a column are named in the order in which they are carried out', () => {
  expect(stepWords({ transform: 'log', missing: 'median', winsorise: 0.025 })).toEqual([
    'no value: median',
    '2.5% at each end moved in',
    'log',
  ]);
  expect(stepWords({ reference: 'Japan', pool: 10 })).toEqual(['levels below 10 rows pooled', 'reference Japan']);
  expect(stepWords({ missing: 'drop-row' })).toEqual([]);
});

test('a recipe without preparation says nothing of it', () => {
  const names = designSettings({ ...design, prepare: {}, targetTransform: 'none' }).map(({ name }) => name);
  expect(names).not.toContain('Steps');
  expect(names).not.toContain('Target fitted as');
  expect(names).not.toContain('Weights');
});

test('a result made with other steps is told from the recipe that holds now', () => {
  const prepared = { ...design, prepare: { Water: { missing: 'mean' as const } }, targetTransform: 'log' as const };
  expect(changedSettings(prepared, design)).toEqual([
    'Made with target fitted as: its logarithm. Data now says the target itself.',
    'Made with steps: Water: no value: mean. Data now says every column as it is.',
  ]);
  expect(changedSettings(design, prepared)[1]).toBe(
    'Made with steps: every column as it is. Data now says Water: no value: mean.',
  );
  expect(changedSettings(prepared, prepared)).toEqual([]);
});
