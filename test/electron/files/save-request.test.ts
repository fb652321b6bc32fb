import { expect, test } from 'vitest';
import { isSaveRequest } from '../../../electron/files/save-request';

const file = { name: 'model.json', mime: 'application/json', content: '{}' };

test('files with a name, a type and text or bytes can be saved', () => {
  expect(isSaveRequest([file])).toBe(true);
  expect(isSaveRequest([file, { ...file, name: 'model.bin', content: new Uint8Array(3) }])).toBe(true);
});

test.each([
  ['nothing', undefined],
  ['an empty list', []],
  ['no list', file],
  ['a null in the list', [null]],
  ['a name that is a folder', [{ ...file, name: '..' }]],
  ['a name that ends in a folder', [{ ...file, name: 'a/..' }]],
  ['an empty name', [{ ...file, name: '' }]],
  ['a name of nothing but a separator', [{ ...file, name: '/' }]],
  ['a name with a NUL', [{ ...file, name: 'a\0.json' }]],
  ['two files that would be one', [file, { ...file, name: 'sub/MODEL.json' }]],
  ['a number as content', [{ ...file, content: 1 }]],
  ['no type', [{ name: 'a', content: '' }]],
  ['more files than anybody saves', Array.from({ length: 101 }, (_, i) => ({ ...file, name: `${i}.json` }))],
])('%s is refused', (_, value) => expect(isSaveRequest(value)).toBe(false));
