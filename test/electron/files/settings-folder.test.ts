import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { settingsFolder } from '../../../electron/files/settings-folder';
import { test } from '../folder';

const unwanted = () => {
  throw new Error('nobody needs another folder');
};

test('the usual folder is made when it is not there', ({ folder }) => {
  const usual = join(folder, 'config', 'MoE Lab');
  expect(settingsFolder(usual, unwanted)).toBe(usual);
  expect(existsSync(usual)).toBe(true);
  expect(settingsFolder(usual, unwanted)).toBe(usual);
});

test('another is taken when the usual one cannot be had', ({ folder }) => {
  const file = join(folder, 'config');
  writeFileSync(file, '');
  expect(settingsFolder(join(file, 'MoE Lab'), () => '/another')).toBe('/another');
});
