import { nextTick } from 'vue';
import { expect, test } from 'vitest';
import { useData } from '../../../renderer/stores/data';
import { PAIR_COLUMNS, useExplore } from '../../../renderer/stores/explore';
import { scripted, table } from '../runs/harness';

const strength = 'Strength (MPa)';

/** The page with the harness' table open, its roles as the file suggests. */
async function exploring(columns = table.columns) {
  const page = scripted({ 'data/open': () => ({ ok: true, value: { ...table, columns } }) });
  const stores = page.inApp(() => ({ data: useData(), explore: useExplore() }));
  await stores.data.openGrant({ id: 'grant', name: 'concrete.csv', bytes: 1 });
  stores.data.select([]);
  return stores;
}

/** The table's first column under other names. */
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ ...table.columns[0], index, name: `c${index}`, label: `c${index}` }));

test('the target stands upright and what goes with it most across, until the reader chooses', async () => {
  const { explore } = await exploring();
  expect([explore.y, explore.x, explore.settled]).toEqual([strength, 'Age (day)', false]);
  explore.partners = ['Water', 'Age (day)'];
  expect([explore.y, explore.x]).toEqual([strength, 'Water']);
  explore.chooseX('Age (day)');
  expect([explore.x, explore.settled]).toEqual(['Age (day)', true]);
  explore.swap();
  expect([explore.x, explore.y]).toEqual([strength, 'Age (day)']);
});

test('a pair that is picked is shown with the target upright, whichever way round it was picked', async () => {
  const { explore } = await exploring();
  explore.view = 'pairs';
  explore.show('Water', strength);
  expect([explore.view, explore.x, explore.y]).toEqual(['relations', 'Water', strength]);
  explore.show('Water', 'Age (day)');
  expect([explore.x, explore.y]).toEqual(['Age (day)', 'Water']);
});

test('pairs are the selected columns, else the target with what goes with it most, and never more than fit', async () => {
  const { data, explore } = await exploring();
  explore.partners = ['Water'];
  expect(explore.pairs).toEqual([strength, 'Water', 'Age (day)']);
  data.select(['Age (day)', 'Water']);
  expect(explore.pairs).toEqual(['Age (day)', 'Water']);
  explore.choosePairs(['Water', strength]);
  expect(explore.pairs).toEqual(['Water', strength]);
  explore.choosePairs(many(20).map(({ name }) => name));
  expect(explore.pairs.length).toBeLessThanOrEqual(PAIR_COLUMNS);
});

test('of a wide table some columns are mapped at first, the target among them, in the order of the file', async () => {
  const wide = [...many(500), { ...table.columns[2], index: 500 }];
  const { explore } = await exploring(wide);
  expect(explore.map).toHaveLength(24);
  expect(explore.map.at(-1)).toBe(strength);
  explore.chooseMap(['c9', 'c3']);
  expect(explore.map).toEqual(['c3', 'c9']);
});

test('what does not vary is not mapped, and only categories of few levels are axes or marks', async () => {
  const level = { ...table.columns[0], type: 'category' as const };
  const columns = [
    ...table.columns,
    { ...table.columns[0], index: 3, name: 'still', distinct: 1 },
    { ...level, index: 4, name: 'few', distinct: 4 },
    { ...level, index: 5, name: 'some', distinct: 30 },
    { ...level, index: 6, name: 'identity', distinct: 100 },
  ];
  const { explore } = await exploring(columns);
  expect(explore.map).not.toContain('still');
  const names = (among: readonly { name: string }[]) => among.map(({ name }) => name);
  expect(names(explore.axes)).toEqual(['Age (day)', 'Water', strength, 'still', 'few']);
  expect(names(explore.marks)).toEqual(['Age (day)', 'Water', strength, 'still', 'few', 'some']);
});

test('another file begins anew; the same one read again keeps what it still has', async () => {
  const { data, explore } = await exploring();
  explore.chooseX('Water');
  explore.chooseBy('Age (day)');
  data.table = { ...table, tableId: 'again', columns: table.columns.slice(1) };
  await nextTick();
  expect([explore.x, explore.by]).toEqual(['Water', null]);
  data.table = { ...table, file: { ...table.file, sha256: 'b'.repeat(64) } };
  await nextTick();
  expect([explore.settled, explore.by]).toEqual([false, null]);
});
