import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'vitest';
import { filesNamed } from '../../../electron/files/open-files';
import { test } from '../folder';

test('names are files of the folder the caller was in', ({ folder }) => {
  expect(filesNamed(['a.csv', join(folder, 'b.moe')], folder)).toEqual([join(folder, 'a.csv'), join(folder, 'b.moe')]);
});

test('options are no files, and after a bare "--" nothing is an option', ({ folder }) => {
  const argv = ['--no-sandbox', 'a.csv', '-x', '--', '--odd.csv', '-'];
  expect(filesNamed(argv, folder)).toEqual(['a.csv', '--odd.csv', '-'].map((name) => join(folder, name)));
});

test('folders, empty words and a file named twice do not count', ({ folder }) => {
  mkdirSync(join(folder, 'data'));
  expect(filesNamed(['.', 'data', '', 'a.csv', './a.csv', join(folder, 'data')], folder)).toEqual([
    join(folder, 'a.csv'),
  ]);
});

test('a file: address is the file it stands for, and one that stands for none is a name', ({ folder }) => {
  const path = join(folder, 'Größe & Maß.csv');
  expect(filesNamed([pathToFileURL(path).href], folder)).toEqual([path]);
  expect(filesNamed(['file://elsewhere/%'], folder)).toHaveLength(1);
});

test('a file that is not there is kept, so that the user is told', ({ folder }) => {
  expect(filesNamed(['typo.csv'], folder)).toEqual([join(folder, 'typo.csv')]);
});
