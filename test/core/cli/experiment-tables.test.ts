import { afterAll, expect, test } from 'vitest';
import { tablesFor } from '../../../core/cli/experiment-tables';
import { workFolder } from './terminal';

const folder = workFolder();
afterAll(() => folder.remove());
const lines = Array.from({ length: 40 }, (_, i) => `${(i * i) % 13},${(i * 7) % 11},${(i * 5) % 17}`).join('\n');
const file = folder.write('plain.csv', `a,b,c\n${lines}\n`);
const onTables = { name: 'real-data', takesTables: true };

async function lastTargets(argument: string): Promise<number[]> {
  const tables = await tablesFor(onTables, [argument]);
  if (!tables.ok) throw new Error(tables.error.message);
  const [shipped, given] = tables.value;
  expect(shipped.name).toBe('auto-mpg');
  return [0, 1, 2].map((row) => given.values[row * (given.d + 1) + given.d]);
}

test('The target is the last column unless one is named behind a colon, by name or by position', async () => {
  expect(await lastTargets(file)).toEqual([0, 5, 10]);
  expect(await lastTargets(`${file}:a`)).toEqual([0, 1, 4]);
  expect(await lastTargets(`${file}:#2`)).toEqual([0, 7, 3]);
});

// Windows has no such names.
test.skipIf(process.platform === 'win32')(
  'A colon in the name of a file that is there belongs to the name',
  async () => {
    expect(await lastTargets(folder.write('with:colon.csv', `a,b,c\n${lines}\n`))).toEqual([0, 5, 10]);
  },
);

test('What cannot be read is told in one sentence, and simulated experiments take no table', async () => {
  expect(await tablesFor(onTables, [folder.at('missing.csv')])).toMatchObject({ ok: false });
  expect(await tablesFor(onTables, [`${file}:price`])).toMatchObject({
    ok: false,
    error: { code: 'data/unknown-column' },
  });
  expect(await tablesFor({ name: 'transforms' }, [])).toEqual({ ok: true, value: [] });
  expect(await tablesFor({ name: 'transforms' }, [file])).toMatchObject({
    ok: false,
    error: { code: 'usage/experiment-data' },
  });
});
