import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { occurrences } from '../faults/copy';
import { faults } from '../faults/faults';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('the faults to inject have names of their own, and there are at least thirty', () => {
  expect(new Set(faults.map(({ id }) => id)).size).toBe(faults.length);
  expect(faults.length).toBeGreaterThanOrEqual(30);
});

test.each(faults)('$id has its place in $file exactly once, and changes it', (fault) => {
  expect(occurrences(root, fault)).toBe(1);
  expect(fault.replace).not.toBe(fault.find);
});

test.each([...new Set(faults.map(({ seenBy }) => seenBy))])('the specs "%s" are there', (name) => {
  const [project, file] = name.split(': ');
  expect(['browser-host', 'stand-in']).toContain(project);
  expect(existsSync(join(root, 'test/e2e', `${file}.spec.ts`))).toBe(true);
});
