import { expect, test } from 'vitest';
import { readNumber } from '../../../renderer/ui/read-number';

const rule = { min: 0.1, max: 100 };

test('numbers are read as people write them', () => {
  expect(readNumber(' 12.5 ', rule)).toEqual({ ok: true, value: 12.5 });
  expect(readNumber('0,5', rule)).toEqual({ ok: true, value: 0.5 });
  expect(readNumber('1e1', rule)).toEqual({ ok: true, value: 10 });
  expect(readNumber('\u22122', { min: -5, max: 5 })).toEqual({ ok: true, value: -2 });
});

test('what is wrong is said in words with the range that is right', () => {
  expect(readNumber('abc', rule)).toEqual({
    ok: false,
    error: '“abc” is not a number; give a number from 0.1 to 100.',
  });
  expect(readNumber('101', rule)).toEqual({ ok: false, error: 'Give a number from 0.1 to 100.' });
  expect(readNumber('2.5', { min: 1, max: 1000, integer: true })).toEqual({
    ok: false,
    error: 'Give a whole number from 1 to 1000.',
  });
  expect(readNumber('', rule).ok).toBe(false);
});

test('an empty field means none where it may be empty', () => {
  expect(readNumber('', { ...rule, optional: true })).toEqual({ ok: true, value: null });
});

test('a whole number may be written with its thousands apart, as the application writes it', () => {
  expect(readNumber('1,000', { min: 1, max: 1e6, integer: true })).toEqual({ ok: true, value: 1000 });
  expect(readNumber('1,234,567', { min: 1, max: 1e7, integer: true })).toEqual({ ok: true, value: 1234567 });
});

test('a comma that may stand for thousands or for the decimals is never guessed at', () => {
  expect(readNumber('1,000', { min: 0, max: 1e9 })).toEqual({
    ok: false,
    error: '“1,000” can be read in two ways; write 1000, or the fraction with a point.',
  });
  expect(readNumber('0,125', { min: 0, max: 1e9 })).toEqual({ ok: true, value: 0.125 });
  expect(readNumber('1,234,56', { min: 0, max: 1e9 }).ok).toBe(false);
});

test('marks that leave no doubt are read as they stand', () => {
  const any = { min: 0, max: 1e9 };
  expect(readNumber('14,969.8', any)).toEqual({ ok: true, value: 14969.8 });
  expect(readNumber('14.969,8', any)).toEqual({ ok: true, value: 14969.8 });
  expect(readNumber('1.234.567', any)).toEqual({ ok: true, value: 1234567 });
});

test('beside numbers with a decimal comma it is the point that is doubtful', () => {
  const beside = { min: 0, max: 1e9, decimalComma: true };
  expect(readNumber('14.730', beside)).toEqual({
    ok: false,
    error: '“14.730” can be read in two ways; write 14730, or the fraction with a comma.',
  });
  expect(readNumber('14,730', beside)).toEqual({ ok: true, value: 14.73 });
  expect(readNumber('14.000,00', beside)).toEqual({ ok: true, value: 14000 });
  expect(readNumber('14.5', beside)).toEqual({ ok: true, value: 14.5 });
});
