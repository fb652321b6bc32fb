import { describe, expect, test } from 'vitest';
import { methods } from '../../../core/fit';
import { completeOptions, completeSettings, defaults } from '../../../core/fit/settings';
import type { Method } from '../../../core/fit/method';

const method: Method = {
  ...methods[0],
  id: 'example',
  options: [
    { name: 'ridge', label: '', meaning: '', type: 'number', min: 0, max: 10, default: 1 },
    {
      name: 'mode',
      label: '',
      meaning: '',
      type: 'choice',
      choices: [
        { value: 'a', label: '' },
        { value: 'b', label: '' },
      ],
      default: 'a',
    },
    { name: 'fast', label: '', meaning: '', type: 'boolean', default: false },
  ],
};

test('missing options take the defaults of the table, given ones are kept', () => {
  expect(completeOptions(method, {})).toEqual({ ok: true, value: { ridge: 1, mode: 'a', fast: false } });
  expect(completeOptions(method, { ridge: 0, mode: 'b', fast: true })).toEqual({
    ok: true,
    value: { ridge: 0, mode: 'b', fast: true },
  });
});

test.each([
  [{ ridge: -1 }, 'settings/option', 'a number from 0 to 10'],
  [{ ridge: NaN }, 'settings/option', 'a number from 0 to 10'],
  [{ ridge: '1' }, 'settings/option', 'a number from 0 to 10'],
  [{ mode: 'c' }, 'settings/option', 'one of a, b'],
  [{ fast: 1 }, 'settings/option', 'true or false'],
  [{ rigde: 1 }, 'settings/unknown-option', 'ridge, mode, fast'],
  [{ toString: 1 }, 'settings/unknown-option', 'ridge, mode, fast'],
])('a mistaken option %o is refused in one sentence that says what is expected', (given, code, expected) => {
  const result = completeOptions(method, given);
  expect(result.ok).toBe(false);
  if (result.ok) return;
  expect(result.error.code).toBe(code);
  expect(result.error.message).toContain(expected);
  expect(result.error.message).toMatch(/^[^.]+\.$/);
});

test.each([
  [{ restarts: 0 }, 'settings/restarts'],
  [{ restarts: 1.5 }, 'settings/restarts'],
  [{ restarts: 1001 }, 'settings/restarts'],
  [{ maxIterations: 0 }, 'settings/max-iterations'],
  [{ tolerance: 0 }, 'settings/tolerance'],
  [{ tolerance: NaN }, 'settings/tolerance'],
])('mistaken settings %o are refused by code', (given, code) => {
  const result = completeSettings(method, given);
  expect(!result.ok && result.error.code).toBe(code);
});

describe.each(methods.map((each) => [each.id, each] as const))('the option table of %s', (_id, each) => {
  test('accepts its own defaults', () => {
    const result = completeSettings(each, {});
    expect(result.ok).toBe(true);
    if (result.ok) expect(result.value).toMatchObject(defaults);
  });

  test('names every option once and says what it means', () => {
    expect(new Set(each.options.map(({ name }) => name)).size).toBe(each.options.length);
    for (const { label, meaning } of each.options) expect(Math.min(label.length, meaning.length)).toBeGreaterThan(3);
  });
});
