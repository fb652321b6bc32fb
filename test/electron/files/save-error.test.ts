import { expect, test } from 'vitest';
import { saveError } from '../../../electron/files/save-error';

const failure = (code: string) => Object.assign(new Error('it says so'), { code });

test.each([
  ['ENOSPC', 'There is no room on the disk for /a/b.moe; free some space and save again.'],
  ['ENOENT', 'The folder of /a/b.moe is not there any more; choose another place.'],
  ['EACCES', '/a/b.moe may not be written; choose another folder.'],
  ['EPERM', '/a/b.moe may not be written; choose another folder.'],
  ['EROFS', '/a/b.moe may not be written; choose another folder.'],
  ['EIO', '/a/b.moe could not be written (it says so); choose another place.'],
])('a failed write says what to do: %s', (code, sentence) =>
  expect(saveError('/a/b.moe', failure(code))).toBe(sentence),
);
