import { expect, test } from 'vitest';
import { begin, record, redo, undo } from '../../../renderer/stores/history';

test('undo and redo walk the same way back and forth', () => {
  const history = record(record(begin('a'), 'b'), 'c');
  expect(undo(history).present).toBe('b');
  expect(undo(undo(history)).present).toBe('a');
  expect(redo(undo(history))).toEqual(history);
});

test('at either end there is nothing further to undo or redo', () => {
  const start = begin('a');
  expect(undo(start)).toBe(start);
  expect(redo(start)).toBe(start);
});

test('a new step forgets what had been undone', () => {
  const history = record(undo(record(begin('a'), 'b')), 'c');
  expect(redo(history).present).toBe('c');
  expect(undo(history).present).toBe('a');
});

test('a step that changes nothing is no step', () => {
  const start = begin('a');
  expect(record(start, 'a')).toBe(start);
});
