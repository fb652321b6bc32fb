import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { UnwritableRows, writeRows } from '../../../../core/data/large/row-writer';
import { privateTempFolder } from '../../../../core/temp-folder';

const temp = privateTempFolder();
afterAll(temp.remove);

test('numbers are read back from where they were put, also after the file was opened again', () => {
  const path = join(temp.path, 'numbers');
  const first = writeRows(path);
  first.put(Float64Array.of(1, 2, 3), 2, 5);
  first.close();
  const again = writeRows(path);
  again.put(Float64Array.of(9), 1, 0);
  const found = new Float64Array(3);
  again.take(found, 2, 5);
  again.close();
  expect([...found]).toEqual([1, 2, 0]);
});

// The device that is always full is Linux's own.
test.skipIf(!existsSync('/dev/full'))('a full disk is told by its code', () => {
  const file = writeRows('/dev/full');
  expect(() => file.put(Float64Array.of(1), 1, 0)).toThrow(UnwritableRows);
  expect(() => file.put(Float64Array.of(1), 1, 0)).toThrow('ENOSPC');
  file.close();
});

test('a folder that is not there cannot be written to', () => {
  expect(() => writeRows(join(temp.path, 'none', 'numbers'))).toThrow('ENOENT');
});
