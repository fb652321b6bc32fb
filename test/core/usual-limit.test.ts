import { totalmem } from 'node:os';
import { expect, test } from 'vitest';
import { usualLimit } from '../../core/usual-limit';

test('half of the machine, where nothing limits the process', () => {
  expect(usualLimit(16e9, 0)).toBe(8e9);
  // As some systems say "no limit".
  expect(usualLimit(16e9, 2 ** 64)).toBe(8e9);
});

test('half of what the process is allowed, where that is less', () => {
  expect(usualLimit(16e9, 2e9)).toBe(1e9);
});

test('of this machine, something that can be used', () => {
  const limit = usualLimit();
  expect(limit).toBeGreaterThan(0);
  expect(limit).toBeLessThanOrEqual(totalmem() / 2);
});
