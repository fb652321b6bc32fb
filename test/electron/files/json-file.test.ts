import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { z } from 'zod';
import { jsonFile } from '../../../electron/files/json-file';
import { test } from '../folder';

const schema = z.object({ size: z.number() });
const fallback = { size: 0 };

test('what was written is read again, also by the next start', async ({ folder }) => {
  const path = join(folder, 'deep', 'kept.json');
  const file = jsonFile(path, schema, fallback);
  expect(file.read()).toEqual(fallback);
  file.write({ size: 1 });
  file.write({ size: 2 });
  await file.settled();
  expect(file.read()).toEqual({ size: 2 });
  expect(jsonFile(path, schema, fallback).read()).toEqual({ size: 2 });
});

test('nobody else on the computer may read it', async ({ folder }) => {
  const path = join(folder, 'kept.json');
  const file = jsonFile(path, schema, fallback);
  file.write({ size: 1 });
  await file.settled();
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
});

test.for(['', '{"size":', '{"size":"large"}', '[]', 'null', '\0\0\0'])(
  'a damaged file (%j) reads as the fallback, and can be written again',
  async (content, { folder }) => {
    const path = join(folder, 'kept.json');
    writeFileSync(path, content);
    const file = jsonFile(path, schema, fallback);
    expect(file.read()).toEqual(fallback);
    file.write({ size: 3 });
    await file.settled();
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ size: 3 });
  },
);

test('a place that cannot be written is no reason to fail', async ({ folder }) => {
  const path = join(folder, 'taken');
  mkdirSync(path);
  chmodSync(folder, 0o500);
  const file = jsonFile(path, schema, fallback);
  file.write({ size: 1 });
  await expect(file.settled()).resolves.toBeUndefined();
  expect(file.read()).toEqual(fallback);
});
