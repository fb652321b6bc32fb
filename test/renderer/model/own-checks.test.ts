import { expect, test } from 'vitest';
import type { Check } from '../../../core/evaluate/types';
import { ownChecks } from '../../../renderer/views/model/own-checks';

const check = (id: string): Check => ({ id, light: 'green', sentence: `${id}.` });
const method = (id: string, assumes: string[]) => ({
  id,
  refusal: null,
  fits: 1,
  seconds: 1,
  assumes: assumes.map(check),
});

test('a check that only other methods rest on is left out', () => {
  const checks = ['rows', 'bell-shaped', 'within'].map(check);
  const methods = [method('ols', []), method('spectral', ['bell-shaped', 'within']), method('l4', ['within'])];
  const ids = (chosen: string[]) => ownChecks({ checks, methods }, chosen).map(({ id }) => id);
  expect(ids(['ols'])).toEqual(['rows']);
  expect(ids(['ols', 'l4'])).toEqual(['rows', 'within']);
  expect(ids(['spectral'])).toEqual(['rows', 'bell-shaped', 'within']);
});
