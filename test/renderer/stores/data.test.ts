import { expect, test } from 'vitest';
import type { SampleInfo } from '../../../core/protocol';
import { useData } from '../../../renderer/stores/data';
import { scripted, table } from '../runs/harness';

const grant = { id: 'g1', name: 'concrete.csv', bytes: 100 };
const opens = { 'data/open': () => ({ ok: true as const, value: table }) };

test('an opened table has the suggested roles, its target selected, and a recipe', async () => {
  scripted(opens);
  const data = useData();
  expect(await data.openGrant(grant)).toBe(true);
  expect(data.design).toMatchObject({ target: 'Strength (MPa)', features: ['Age (day)', 'Water'] });
  expect(data.selected?.name).toBe('Strength (MPa)');
  expect(data.opening).toBeNull();
});

test('an example knows its target, whatever the table suggests', async () => {
  scripted(opens);
  const data = useData();
  const sample = { id: 's', name: 'Sample', target: 'Water' } as SampleInfo;
  await data.openSample(sample);
  expect(data.design?.target).toBe('Water');
  expect(data.canUndo).toBe(false);
});

test('reading with another decision keeps roles and undo, closes the former table, and remembers what was decided', async () => {
  let number = 0;
  const { asked, settle } = scripted({
    'data/open': () => ({ ok: true, value: { ...table, tableId: `table-${++number}` } }),
  });
  const data = useData();
  await data.openGrant(grant);
  data.setRole(['Water'], 'ignore');
  await data.readAs({ decimal: ',' });
  await settle();
  expect(data.choices.roles.Water).toBe('ignore');
  expect(data.canUndo).toBe(true);
  expect(data.choice).toEqual({ decimal: ',' });
  expect(asked.filter(({ method }) => method === 'data/close')).toEqual([
    { method: 'data/close', params: { tableId: 'table-1' } },
  ]);
});

test('another way to read the file is undone by reading it as before, with the choices of then', async () => {
  const headless = { ...table, columns: table.columns.map((column, i) => ({ ...column, name: `column ${i + 1}` })) };
  const { asked, settle } = scripted({
    'data/open': ({ dialect }) => ({ ok: true, value: 'header' in Object(dialect) ? headless : table }),
  });
  const data = useData();
  await data.openGrant(grant);
  data.setRole(['Water'], 'ignore');
  await data.readAs({ header: false });
  expect(data.design).toMatchObject({ target: 'column 3', features: ['column 1', 'column 2'] });
  expect(data.selected?.name).toBe('column 3');
  data.setRole(['column 1'], 'ignore');
  data.undo();
  data.undo();
  await settle();
  expect(data.choice).toEqual({});
  expect(data.choices.roles).toEqual({ 'Age (day)': 'feature', Water: 'ignore', 'Strength (MPa)': 'target' });
  data.undo();
  expect(data.choices.roles.Water).toBe('feature');
  expect(data.canUndo).toBe(false);
  data.redo();
  data.redo();
  await settle();
  expect(data.choice).toEqual({ header: false });
  data.redo();
  expect(data.choices.roles['column 1']).toBe('ignore');
  const opened = asked.filter(({ method }) => method === 'data/open').map(({ params }) => params.dialect);
  expect(opened).toEqual([{}, { header: false }, {}, { header: false }]);
});

test('nothing is undone while a file is read: that would give it up', async () => {
  let answers = true;
  scripted({ 'data/open': () => (answers ? { ok: true, value: table } : null) });
  const data = useData();
  await data.openGrant(grant);
  data.setRole(['Water'], 'ignore');
  answers = false;
  void data.openGrant({ ...grant, id: 'g2', name: 'b.csv' });
  expect(data.canUndo).toBe(false);
  data.undo();
  expect(data.opening?.name).toBe('b.csv');
  expect(data.choices.roles.Water).toBe('ignore');
  data.cancelOpening();
  data.undo();
  expect(data.choices.roles.Water).toBe('feature');
});
