import { expect, test } from 'vitest';
import { isSaveRequest } from '../../electron/save-request';

const file = { name: 'model.json', mime: 'application/json', content: '{}' };

test('files with a name, a type and text or bytes can be saved', () => {
  expect(isSaveRequest([file])).toBe(true);
  expect(isSaveRequest([file, { ...file, content: new Uint8Array(3) }])).toBe(true);
});

test.each([
  ['nothing', undefined],
  ['an empty list', []],
  ['no list', file],
  ['a null in the list', [null]],
  ['a name that is a folder', [{ ...file, name: '..' }]],
  ['an empty name', [{ ...file, name: '' }]],
  ['a number as content', [{ ...file, content: 1 }]],
  ['no type', [{ name: 'a', content: '' }]],
  ['more files than anybody saves', Array.from({ length: 101 }, () => file)],
])('%s is refused', (_, value) => expect(isSaveRequest(value)).toBe(false));
