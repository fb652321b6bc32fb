import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { workbookFile, type Cell } from '../../corpora/workbook-file';
import { moe, workFolder } from './terminal';

const folder = workFolder();
afterAll(folder.remove);

const rows = (slope: number): Cell[][] => [
  ['x', 'y'],
  ...Array.from({ length: 60 }, (_, i): Cell[] => [i / 8, slope * (i / 8) + (i % 3) / 16]),
];
const book = folder.write(
  'book.xlsx',
  workbookFile([
    { name: 'first', rows: rows(2) },
    { name: 'second', rows: rows(-3) },
  ]),
);
const text = (table: readonly Cell[][]) => table.map((cells) => cells.join(',')).join('\n');

test('a workbook is profiled with its sheet and the evidence for it', async () => {
  const ran = await moe(['profile', book, '--json']);
  expect(ran.status).toBe(0);
  const profile = JSON.parse(ran.out);
  expect(profile).toMatchObject({ rows: 60, dialect: { sheet: 'first' } });
  expect(profile.evidence[0]).toEqual({
    decision: 'sheet',
    chosen: 'first',
    because: '60 rows of 2 columns in A1:B61; the first of 2 sheets with tables of this size',
    runnerUp: 'second: 60 rows of 2 columns in A1:B61',
  });
});

test('a workbook, a packed text and the text of the same table give the same model', async () => {
  const fit = async (file: string, ...flags: string[]) => {
    const out = folder.at('model.json');
    const ran = await moe(['fit', file, '--target', 'y', '--experts', '1', '--out', out, '--json', ...flags]);
    expect(ran.status).toBe(0);
    return JSON.parse(ran.out).metrics;
  };
  const ofText = await fit(folder.write('same.csv', text(rows(-3))));
  expect(await fit(book, '--sheet', 'second')).toEqual(ofText);
  expect(await fit(folder.write('same.csv.gz', gzipSync(text(rows(-3)))))).toEqual(ofText);
});

test('a model predicts the sheet it was fitted on, where the new workbook has one of that name', async () => {
  const model = folder.at('second.json');
  await moe(['fit', book, '--sheet', 'second', '--target', 'y', '--experts', '1', '--out', model]);
  const predicted = async (...flags: string[]) => {
    const ran = await moe(['predict', model, book, '--out', folder.at('p.csv'), ...flags]);
    expect(ran.status).toBe(0);
    return Number(/RMSE ([\d.]+)/.exec(ran.out)?.[1]);
  };
  expect(await predicted()).toBeLessThan(0.1);
  expect(await predicted('--sheet', 'first')).toBeGreaterThan(1);
});
