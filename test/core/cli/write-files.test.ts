import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { checkOutputs, writeWhole } from '../../../core/cli/write-files';
import { workFolder } from './terminal';

const folder = workFolder();
afterAll(folder.remove);

test('a file is written whole over the one that was there, and nothing is left beside it', async () => {
  const path = folder.write('model.json', 'before');
  expect(await writeWhole({ path, text: 'after ü' })).toEqual({ ok: true, value: null });
  expect(readFileSync(path, 'utf8')).toBe('after ü');
  expect(readdirSync(folder.path)).toEqual(['model.json']);
});

test('a failed write leaves what was there and no temporary file', async () => {
  mkdirSync(folder.at('taken'));
  const written = await writeWhole({ path: folder.at('taken'), text: 'x' });
  expect(written.ok).toBe(false);
  expect(readdirSync(folder.path).sort()).toEqual(['model.json', 'taken']);
});

test.each([
  ['missing/model.json', 'does not exist'],
  ['taken', 'it is a folder'],
  ['model.json/inside', 'does not exist'],
])('%s is refused before the work: %s', async (name, words) => {
  const checked = await checkOutputs([folder.at(name)], []);
  expect(!checked.ok && checked.error.message).toContain(words);
});

test('two outputs in one file are a mistake of usage', async () => {
  const checked = await checkOutputs([folder.at('a.csv'), `${folder.path}/./a.csv`], []);
  expect(!checked.ok && checked.error.code).toBe('usage/same-output');
});

test('an output that is read is refused, by whatever path it is named; a new file is not', async () => {
  const input = folder.write('input.csv', 'a\n');
  symlinkSync(input, folder.at('link.csv'));
  for (const output of [input, `${folder.path}/./input.csv`, folder.at('link.csv')]) {
    const checked = await checkOutputs([output], [input]);
    expect(!checked.ok && checked.error.code).toBe('usage/output-is-input');
  }
  expect((await checkOutputs([folder.at('new.csv')], [input, folder.at('also-new.csv')])).ok).toBe(true);
});
