import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { expect } from 'vitest';
import { receiveUpload, safeName } from '../../../electron/browser/upload';
import { test } from '../folder';

test('a file arrives whole under its own name, readable by its user alone', async ({ folder }) => {
  const received = await receiveUpload(Readable.from(['a,b\n', '1,2\n']), 'table.csv', folder);
  if (!received.ok) throw new Error(received.error.message);
  expect(basename(received.value)).toBe('table.csv');
  expect(readFileSync(received.value, 'utf8')).toBe('a,b\n1,2\n');
  if (process.platform !== 'win32') expect(statSync(received.value).mode & 0o077).toBe(0);
});

test('two files of one name do not meet', async ({ folder }) => {
  const one = await receiveUpload(Readable.from(['1']), 'a.csv', folder);
  const two = await receiveUpload(Readable.from(['2']), 'a.csv', folder);
  expect(one.ok && two.ok && one.value !== two.value).toBe(true);
});

test('an upload that is cut leaves nothing behind and says what to do', async ({ folder }) => {
  const cut = new Readable({ read: () => undefined });
  const receiving = receiveUpload(cut, 'a.csv', folder);
  cut.push('half');
  setTimeout(() => cut.destroy(), 20);
  const received = await receiving;
  expect(received).toMatchObject({ ok: false, error: { code: 'host/upload-cut' } });
  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  ['table.csv', 'table.csv'],
  ['Übersicht 2024.csv', 'Übersicht 2024.csv'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\me\\data.csv', 'data.csv'],
  ['..', 'table.csv'],
  ['', 'table.csv'],
  ['/', 'table.csv'],
  ['.hidden.csv', 'hidden.csv'],
  ['a\u0000b\n.csv', 'a_b_.csv'],
  ['what?*.csv', 'what__.csv'],
])('%j is kept as %s', (name, expected) => expect(safeName(name)).toBe(expected));

test('a very long name keeps its ending', () => {
  const name = safeName(`${'a'.repeat(1000)}.csv`);
  expect(name.length).toBeLessThanOrEqual(150);
  expect(name.endsWith('.csv')).toBe(true);
});
