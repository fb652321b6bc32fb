import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { openTable } from '../../../core/data/table';
import { numericTable, shippedTable } from '../../../core/job';
import { loadSamples } from '../../../core/samples';

const folder = mkdtempSync(join(tmpdir(), 'moe-lab-numbers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('A table becomes numbers in original units: complete rows, categories one-hot, the target last', async () => {
  const path = join(folder, 'small.csv');
  const lines = Array.from(
    { length: 30 },
    (_, i) => `${i % 7},${i % 2 ? 'red' : 'blue'},${i === 4 ? '' : (i * i) % 11},${10 + (i % 9)}`,
  );
  writeFileSync(path, `target,colour,size,weight\n${lines.join('\n')}\n`);
  const table = await openTable(path, 'small.csv', {}, { tempFolder: folder });
  if (!table.ok) throw new Error(table.error.message);
  const numbers = await numericTable(table.value, 'target');
  await table.value.close();
  if (!numbers.ok) throw new Error(numbers.error.message);
  const { name, n, d, values } = numbers.value;
  expect({ name, n, d }).toEqual({ name: 'small', n: 29, d: 3 });
  expect(values.buffer).toBeInstanceOf(SharedArrayBuffer);
  // Row 5 of the file is the fifth that is complete; red is the reference.
  expect([...values.subarray(4 * 4, 6 * 4)]).toEqual([0, 3, 15, 5, 1, 3, 16, 6]);
});

test('A target that is no column is refused', async () => {
  const table = await openTable(join(folder, 'small.csv'), 'small.csv', {}, { tempFolder: folder });
  if (!table.ok) throw new Error(table.error.message);
  expect(await numericTable(table.value, 'price')).toMatchObject({ ok: false });
  await table.value.close();
});

test('The table that ships has its rows and features, and is missed with a sentence', async () => {
  const samples = loadSamples(fileURLToPath(new URL('../../../resources/samples/', import.meta.url)));
  const shipped = await shippedTable(samples, folder);
  if (!shipped.ok) throw new Error(shipped.error.message);
  expect(shipped.value.n).toBeGreaterThan(380);
  expect(shipped.value.name).toBe('auto-mpg');
  expect(shipped.value.values.every(Number.isFinite)).toBe(true);
  expect(await shippedTable({ list: [], path: () => null }, folder)).toMatchObject({
    ok: false,
    error: { code: 'experiment/no-sample' },
  });
});
