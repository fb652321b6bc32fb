import { expect, test } from 'vitest';
import { dataChoices } from '../../../core/store/work';
import { useData } from '../../../renderer/stores/data';
import { keptDecisions } from '../../../renderer/stores/decisions';
import { scripted, table } from '../runs/harness';

const grant = { id: 'g1', name: 'concrete.csv', bytes: 100 };
const opens = { 'data/open': () => ({ ok: true as const, value: table }) };

test('roles can be undone and done again', async () => {
  scripted(opens);
  const data = useData();
  await data.openGrant(grant);
  data.setRole(['Age (day)'], 'target');
  expect(data.design?.target).toBe('Age (day)');
  data.undo();
  expect(data.design?.target).toBe('Strength (MPa)');
  data.redo();
  expect(data.design?.target).toBe('Age (day)');
});

test('everything decided about columns and rows is one line of steps: each is undone by itself', async () => {
  scripted(opens);
  const data = useData();
  await data.openGrant(grant);
  data.setSteps(['Water', 'Age (day)'], { missing: 'median' });
  data.setUser(['Water'], 'gate');
  data.prepare({ targetTransform: 'log' });
  data.setSplit({ fraction: 0.3 });
  expect(data.design).toMatchObject({
    features: ['Age (day)'],
    gateFeatures: ['Age (day)', 'Water'],
    prepare: { Water: { missing: 'median' }, 'Age (day)': { missing: 'median' } },
    targetTransform: 'log',
    split: { fraction: 0.3 },
  });
  data.undo();
  expect(data.design).toMatchObject({ targetTransform: 'log', split: { fraction: 0.2 } });
  data.undo();
  expect(data.design).not.toHaveProperty('targetTransform');
  data.undo();
  data.undo();
  expect(data.design).toMatchObject({ features: ['Age (day)', 'Water'], gateFeatures: null });
  expect(data.design).not.toHaveProperty('prepare');
  expect(data.canUndo).toBe(false);
});

test('a column that says which rows are held out is no feature for as long as it says so', async () => {
  scripted(opens);
  const data = useData();
  await data.openGrant(grant);
  data.splitAs('column');
  data.splitOn('Water');
  expect(data.design).toMatchObject({ features: ['Age (day)'], split: { kind: 'column', column: 'Water' } });
  data.splitAs('ordered');
  expect(data.design).toMatchObject({ features: ['Age (day)', 'Water'], split: { kind: 'ordered', column: null } });
});

test('a choice that is made once more is no step, and takes nothing back', async () => {
  scripted(opens);
  const data = useData();
  await data.openGrant(grant);
  data.splitAs('grouped');
  data.splitOn('Water');
  const { design } = data;
  data.splitAs('grouped');
  data.splitOn('Water');
  data.setSteps(['Age (day)'], { missing: undefined });
  data.setType(['Age (day)'], null);
  data.prepare({ targetTransform: 'none' });
  expect(data.design).toEqual(design);
  data.undo();
  data.undo();
  expect(data.canUndo).toBe(false);
});

test('the target never says which rows are held out', async () => {
  scripted(opens);
  const data = useData();
  await data.openGrant(grant);
  data.splitAs('grouped');
  data.splitOn('Water');
  data.setRole(['Water'], 'target');
  expect(data.target?.name).toBe('Strength (MPa)');
  data.splitAs('fraction');
  data.setRole(['Water'], 'target');
  expect(data.target?.name).toBe('Water');
});

test('a code that was left as a value is kept with the choices, found again with the project, and can be asked about again', async () => {
  const { settle } = scripted(opens);
  const data = useData();
  await data.openGrant(grant);
  data.leaveCodes([{ column: 'Water', token: '-200' }]);
  const saved = dataChoices.parse(JSON.parse(JSON.stringify(data.snapshot())));
  expect(keptDecisions(saved, table.columns).leftCodes).toEqual([{ column: 'Water', token: '-200' }]);
  await data.readAs({ decimal: ',' });
  expect(data.leftCodes).toHaveLength(1);
  data.undo();
  await settle();
  data.undo();
  expect(data.leftCodes).toEqual([]);
  expect(data.snapshot()).not.toHaveProperty('leftCodes');
});
