/**
 * Whether anything of held-out rows reaches a model:
 *
 *   npm run leaks
 *
 * For every preparation and every method the model is fitted twice and more, with other cells in the held-out rows each time, and
 * compared bit for bit. Exit status 1 where a number differs.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTable, type Table } from '../../core/data/table';
import { methods } from '../../core/fit';
import { looker } from './look';
import { preparations } from './preparations';

const folder = await mkdtemp(join(tmpdir(), 'moe-lab-leaks-'));
const opened: Table[] = [];
const { look } = looker(async (text) => {
  const path = join(folder, `${opened.length}.csv`);
  await writeFile(path, text);
  const table = await openTable(path, 'table.csv', {}, { tempFolder: folder });
  if (!table.ok) throw new Error(table.error.message);
  opened.push(table.value);
  return table.value;
});

async function lookEverywhere(): Promise<{ looked: number; changed: number; tried: number; compared: number }> {
  const sum = { looked: 0, changed: 0, tried: 0, compared: 0 };
  for (const preparation of preparations()) {
    const found = [];
    for (const method of methods) {
      const one = await look(preparation, method);
      if (one === null) continue;
      found.push(one);
      for (const { change, places } of one.leaks)
        console.log(`${preparation.name}, ${method.id}, ${change}: ${places.slice(0, 5).join(', ')}`);
    }
    if (found.length > 0) sum.looked++;
    for (const { tried, compared, leaks } of found) {
      sum.tried += tried;
      sum.compared += compared;
      sum.changed += leaks.reduce((count, { places }) => count + places.length, 0);
    }
  }
  return sum;
}

const { looked, changed, tried, compared } = await lookEverywhere();
for (const table of opened) await table.close();
await rm(folder, { recursive: true, force: true });
console.log(
  `${looked} preparations x ${methods.length} methods: ${changed} parameters changed (${tried.toLocaleString('en')} fits with other held-out rows, ${compared.toLocaleString('en')} numbers and choices compared bit for bit)`,
);
process.exitCode = changed > 0 ? 1 : 0;
