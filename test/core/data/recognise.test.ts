import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { recognise } from '../../../core/data/recognise';
import { scratch } from '../../corpora/open-text';

const { folder, file, attempt, open } = scratch();

const bytes = (latin1: string) => Buffer.from(latin1, 'latin1');
const zip = (files: Record<string, string>) =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
const ole = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' + '\0'.repeat(504);
const wide = (text: string) => [...text].join('\0');
const zeros = '\0'.repeat(16);

const refused: [string, string, Uint8Array | string][] = [
  ['file/excel-old', 'concrete.xls', bytes(ole + wide('Workbook'))],
  ['file/excel-old', 'renamed.csv', bytes(ole)],
  ['file/excel-old', 'biff4.xls', bytes('\x09\x04\x06\0\0\0\x10\0')],
  ['file/excel-xml', 'old.xls', '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook/>'],
  ['file/locked', 'secret.xlsx', bytes(ole + wide('EncryptedPackage'))],
  ['file/locked', 'secret.parquet', bytes(`PARE${zeros}PARE`)],
  ['file/excel-binary', 'book.xlsb', zip({ '[Content_Types].xml': '', 'xl/workbook.bin': '' })],
  [
    'file/opendocument',
    'sheet.ods',
    zip({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '' }),
  ],
  ['file/opendocument', 'cut.ods', bytes('PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet')],
  ['file/document', 'text.docx', zip({ '[Content_Types].xml': '', 'word/document.xml': '' })],
  ['file/document', 'text.doc', bytes(ole + wide('WordDocument'))],
  ['file/document', 'text.rtf', '{\\rtf1 a,b}'],
  ['file/numbers', 'table.numbers', zip({ 'Index/Document.iwa': '', 'Index/Tables/DataList.iwa': '' })],
  ['file/numpy', 'arrays.npz', zip({ 'x.npy': '\x93NUMPY' })],
  ['file/numpy', 'array.npy', bytes('\x93NUMPY\x01\0v\0{')],
  ['file/zip', 'data.zip', zip({ 'data.csv': 'a,b\n1,2\n' })],
  ['file/zip', 'cut.xlsx', zip({ 'xl/workbook.xml': 'x'.repeat(100) }).subarray(0, 60)],
  ['file/spss', 'survey.sav', bytes(`$FL2@(#) SPSS DATA FILE${zeros}`)],
  ['file/spss', 'survey.por', `${' '.repeat(40)}ASCII SPSS PORT FILE`],
  ['file/stata', 'old.dta', bytes(`s\x01\x01\0${zeros}`)],
  ['file/stata', 'new.dta', '<stata_dta><header><release>118</release>'],
  [
    'file/sas',
    'a.sas7bdat',
    bytes('\0'.repeat(12) + '\xc2\xea\x81\x60\xb3\x14\x11\xcf\xbd\x92\x08\0\x09\xc7\x31\x8c\x18\x1f\x10\x11'),
  ],
  ['file/sas', 'a.xpt', 'HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!000000000000000000000000000000'],
  ['file/r-data', 'plain.rds', bytes('X\n\0\0\0\x03\0\x04')],
  ['file/r-data', 'letters.rds', 'A\n3\n262402\n197888\n5\nUTF-8\n'],
  ['file/r-data', 'plain.RData', bytes('RDX3\nX\n\0\0')],
  ['file/compressed', 'data.csv.bz2', bytes('BZh91AY&SY\x12')],
  ['file/compressed', 'data.csv.xz', bytes('\xfd7zXZ\0\0\x04')],
  ['file/compressed', 'data.csv.zst', bytes('(\xb5/\xfd\x04')],
  ['file/compressed', 'data.7z', bytes("7z\xbc\xaf'\x1c\0\x04")],
  ['file/compressed', 'data.rar', bytes('Rar!\x1a\x07\x01\0')],
  ['file/compressed', 'data.tar', bytes(`data.csv${'\0'.repeat(249)}ustar\0`)],
  ['file/arrow', 'table.arrow', bytes('ARROW1\0\0\xff\xff')],
  ['file/arrow', 'table.feather', bytes(`FEA1${zeros}`)],
  ['file/hdf5', 'table.h5', bytes('\x89HDF\r\n\x1a\n\0')],
  ['file/matlab', 'table.mat', 'MATLAB 5.0 MAT-file, Platform: GLNXA64'],
  ['file/pickle', 'table.pkl', bytes('\x80\x04\x95\x10\0\0')],
  ['file/binary', 'table.orc', bytes(`ORC${zeros}`)],
  ['file/image', 'photo.csv', bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR')],
  ['file/image', 'photo.csv', bytes('\xff\xd8\xff\xe0\0\x10JFIF')],
  ['file/image', 'drawing.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ['file/image', 'film.mp4', bytes('\0\0\0\x18ftypmp42')],
  ['file/pdf', 'paper.csv', bytes('%PDF-1.7\n')],
  ['file/database', 'app.db', bytes('SQLite format 3\0')],
  ['file/database', 'app.duckdb', bytes(`${'\x01'.repeat(8)}DUCK\0\0`)],
  ['file/binary', 'model.bin', bytes('abc\0\x01\x02')],
  ['file/html', 'page.csv', '\n<!DOCTYPE html>\n<html></html>'],
  ['file/html', 'exported.xls', '<table><tr><td>1</td></tr></table>'],
  ['file/xml', 'data.xml', '<?xml version="1.0"?><data/>'],
  ['file/json', 'data.csv', '[{"a": 1}]'],
  ['file/arff', 'iris.arff', '@RELATION iris\n@ATTRIBUTE x NUMERIC\n@DATA\n1\n'],
  ['file/arff', 'iris.arff', '% Iris\n%\n@relation iris\n@data\n1\n'],
  ['file/empty', 'nothing.csv', ''],
  ['file/empty', 'blanks.csv', ' \n\n  \n'],
];

describe('a file that is no text table is refused by its content', () => {
  test.each(refused)('%s: %s', async (code, name, content) => {
    const result = await recognise(file(name, content), name);
    expect(result.ok).toBe(false);
    if (result.ok) return;
    expect(result.error.code).toBe(code);
    expect(result.error.message).toContain(`“${name}”`);
    // One sentence, with a way out behind the colon.
    expect(result.error.message).toMatch(/^[^:]+: .+\.$/);
    expect(result.error.message).not.toContain(folder);
  });
});

test('a zip archive is refused with the names of what is in it', async () => {
  const content = zip({ 'a.csv': 'x', 'b.csv': 'x', 'sub/c.csv': 'x', 'd.txt': 'x', '__MACOSX/a.csv': '' });
  expect(await recognise(file('many.zip', content), 'many.zip')).toMatchObject({
    error: {
      message:
        '“many.zip” is a zip archive with “a.csv”, “b.csv”, “sub/c.csv” and 1 more inside: unpack it and open the table.',
    },
  });
});

test('a table is known by its content, whatever its name ends in', async () => {
  const format = async (name: string, content: Uint8Array | string) => {
    const result = await recognise(file(name, content), name);
    return result.ok ? result.value.format : result.error.code;
  };
  expect(await format('table.xls', 'a,b\n1,2\n')).toBe('text');
  expect(await format('utf16.csv', Buffer.from('\ufeffa,b\n1,2\n', 'utf16le'))).toBe('text');
  expect(await format('data.csv', gzipSync('a,b\n1,2\n'))).toBe('gzip');
  expect(await format('data.csv', bytes('PAR1\x15\x04\0PAR1'))).toBe('parquet');
  expect(await format('data.csv', zip({ '[Content_Types].xml': '', 'xl/workbook.xml': '' }))).toBe('xlsx');
});

test('a stray zero byte does not make a text binary', async () => {
  const text = `x,y\n${'1,2\n'.repeat(50)}3,\0\n`;
  expect(await recognise(file('stray.csv', text), 'stray.csv')).toMatchObject({ ok: true, value: { format: 'text' } });
  const { info } = await open(text);
  expect(info).toMatchObject({ rows: 51, repaired: { count: 1, first: [{ line: 52 }] } });
});

test('a table that begins with the letters of another format is a table', async () => {
  for (const text of [
    'ORC,DUCK\n1,2\n',
    'PAR1,PAR2\n1,2\n',
    'A\n2\n3\n',
    'BZh,x\n1,2\n',
    'FEA1;b\n1;2\n',
    'abcdDUCK,b\n1,2\n',
  ])
    expect(await recognise(file('letters.csv', text), 'letters.csv')).toMatchObject({
      ok: true,
      value: { format: 'text' },
    });
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
