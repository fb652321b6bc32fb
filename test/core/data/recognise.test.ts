import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { recognise } from '../../../core/data/recognise';
import { scratch } from '../../corpora/open-text';

const { folder, file, attempt } = scratch();

const bytes = (latin1: string) => Buffer.from(latin1, 'latin1');
const refused: [string, string, Uint8Array | string][] = [
  ['file/excel-old', 'concrete.xls', bytes('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' + '\0'.repeat(600))],
  ['file/excel-old', 'renamed.csv', bytes('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' + '\0'.repeat(600))],
  ['file/excel', 'book.xlsx', bytes('PK\x03\x04\x14\0\x06\0[Content_Types].xml')],
  ['file/opendocument', 'sheet.ods', bytes('PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet')],
  ['file/zip', 'data.zip', bytes('PK\x03\x04\x14\0data.csv')],
  ['file/gzip', 'data.csv.gz', gzipSync('a,b\n1,2\n')],
  ['file/compressed', 'data.7z', bytes("7z\xbc\xaf'\x1c\0\x04")],
  ['file/parquet', 'table.parquet', bytes('PAR1\x15\x04')],
  ['file/image', 'photo.csv', bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR')],
  ['file/image', 'photo.csv', bytes('\xff\xd8\xff\xe0\0\x10JFIF')],
  ['file/pdf', 'paper.csv', bytes('%PDF-1.7\n')],
  ['file/database', 'app.db', bytes('SQLite format 3\0')],
  ['file/binary', 'model.bin', bytes('abc\0\x01\x02')],
  ['file/html', 'page.csv', '\n<!DOCTYPE html>\n<html></html>'],
  ['file/json', 'data.csv', '[{"a": 1}]'],
  ['file/arff', 'iris.arff', '@RELATION iris\n@ATTRIBUTE x NUMERIC\n@DATA\n1\n'],
  ['file/empty', 'nothing.csv', ''],
  ['file/empty', 'blanks.csv', ' \n\n  \n'],
];

describe('a file that is no text table is refused by its content', () => {
  test.each(refused)('%s: %s', async (code, name, content) => {
    const result = await recognise(file(name, content), name);
    expect(result.ok).toBe(false);
    if (result.ok) return;
    expect(result.error.code).toBe(code);
    expect(result.error.message).toContain(`"${name}"`);
    // One sentence, with a way out behind the colon.
    expect(result.error.message).toMatch(/^[^:]+: .+\.$/);
    expect(result.error.message).not.toContain(folder);
  });
});

test('a table of text is let through, whatever its name ends in', async () => {
  expect(await recognise(file('table.xls', 'a,b\n1,2\n'), 'table.xls')).toEqual({ ok: true, value: { bytes: 8 } });
  expect((await recognise(file('utf16.csv', Buffer.from('\ufeffa,b\n1,2\n', 'utf16le')), 'utf16.csv')).ok).toBe(true);
});

test('a file that is not there, a folder and a file that may not be read have sentences of their own', async () => {
  const missing = await recognise(join(folder, 'none.csv'), 'none.csv');
  expect(missing).toMatchObject({ ok: false, error: { code: 'file/not-found' } });
  mkdirSync(join(folder, 'inner'));
  expect(await recognise(join(folder, 'inner'), 'inner')).toMatchObject({
    ok: false,
    error: { code: 'file/is-directory' },
  });
  if (process.getuid?.() === 0) return; // Root reads everything.
  const locked = file('locked.csv', 'a,b\n1,2\n');
  chmodSync(locked, 0);
  expect(await recognise(locked, 'locked.csv')).toMatchObject({ ok: false, error: { code: 'file/no-permission' } });
});

test('a file with names and no rows is refused, with a line end or without', async () => {
  for (const text of ['a,b,c\n', 'a,b,c', '\ufeffa;b\r\n\r\n'])
    expect(await attempt(text)).toMatchObject({ ok: false, error: { code: 'csv/header-only' } });
});
