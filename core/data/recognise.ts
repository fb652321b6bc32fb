import { open, stat } from 'node:fs/promises';
import { fail, ok, type Result } from '../result';

/** How much of a file is looked at before it is believed to be text. */
const HEAD = 8192;

interface Signature {
  readonly code: string;
  /** Bytes at the start of the file, as Latin-1 text. */
  readonly starts: readonly string[];
  /** "‹name› is ‹what›: ‹way out›." */
  readonly what: string;
  readonly wayOut: string;
}

const asCsv = 'save it as CSV (UTF-8) and open that file';
const signatures: readonly Signature[] = [
  {
    code: 'file/excel-old',
    starts: ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
    what: 'an old Excel workbook (.xls)',
    wayOut: 'open it in Excel or LibreOffice, save the sheet as .csv and open that file',
  },
  {
    code: 'file/gzip',
    starts: ['\x1f\x8b'],
    what: 'compressed with gzip',
    wayOut: 'unpack it and open the file inside',
  },
  {
    code: 'file/compressed',
    starts: ['BZh', '\xfd7zXZ\0', "7z\xbc\xaf'\x1c", '(\xb5/\xfd', 'Rar!'],
    what: 'a compressed archive',
    wayOut: 'unpack it and open the table inside',
  },
  {
    code: 'file/parquet',
    starts: ['PAR1'],
    what: 'a Parquet file',
    wayOut: `${asCsv} (in pandas: to_csv with index=False)`,
  },
  {
    code: 'file/image',
    starts: ['\x89PNG\r\n\x1a\n', '\xff\xd8\xff', 'GIF8', 'RIFF', 'II*\0', 'MM\0*'],
    what: 'a picture, not a table',
    wayOut: 'choose the file with the numbers',
  },
  {
    code: 'file/pdf',
    starts: ['%PDF-'],
    what: 'a PDF document, not a table',
    wayOut: 'ask its author for the table as .csv',
  },
  {
    code: 'file/database',
    starts: ['SQLite format 3\0'],
    what: 'an SQLite database',
    wayOut: 'export the table you need as .csv',
  },
  {
    code: 'file/binary',
    starts: ['\x89HDF', '\x93NUMPY', 'ARROW1', '\x7fELF', 'MZ\x90'],
    what: 'a binary file, not text',
    wayOut: asCsv,
  },
];

/** Text that is not a table of separated values, by how it begins (after blanks, lower case). */
const documents: readonly { code: string; starts: RegExp; what: string; wayOut: string }[] = [
  {
    code: 'file/html',
    starts: /^<(!doctype html|html|head)/,
    what: 'a web page, not a table',
    wayOut: 'use the download link of the data file itself',
  },
  { code: 'file/xml', starts: /^<\?xml/, what: 'an XML document, not a table', wayOut: asCsv },
  {
    code: 'file/json',
    starts: /^(\{\s*["}]|\[\s*[[{])/,
    what: 'JSON, not a table',
    wayOut: 'convert it to CSV (in pandas: read_json, then to_csv)',
  },
  {
    code: 'file/arff',
    starts: /^@relation\b/,
    what: 'a Weka ARFF file',
    wayOut: 'delete everything up to the @data line, put the names of the columns there, and save it as .csv',
  },
];

/**
 * Looks at a file before anything reads it: refuses what is no text table, by content and not by extension, with one sentence
 * that says what to do instead.
 *
 * @param path  where the file is
 * @param name  how the user knows it; the only name that appears in a message
 * @returns the size in bytes
 */
export async function recognise(path: string, name: string): Promise<Result<{ bytes: number }>> {
  let head: Buffer;
  let bytes: number;
  try {
    const facts = await stat(path);
    if (facts.isDirectory()) return fail('file/is-directory', `"${name}" is a folder: choose a file inside it.`);
    if (!facts.isFile())
      return fail(
        'file/not-regular',
        `"${name}" is not an ordinary file: copy the data into a .csv file and open that.`,
      );
    bytes = facts.size;
    const file = await open(path, 'r');
    try {
      const buffer = Buffer.alloc(HEAD);
      head = buffer.subarray(0, (await file.read(buffer, 0, HEAD, 0)).bytesRead);
    } finally {
      await file.close();
    }
  } catch (cause) {
    return unreadable(cause, name);
  }
  return refusal(head, name) ?? ok({ bytes });
}

/** What a failed attempt to read a file means to its owner. */
export function unreadable(cause: unknown, name: string): Result<never> {
  const code = (cause as NodeJS.ErrnoException | null)?.code;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return fail('file/not-found', `There is no file "${name}": check the name, or whether it was moved or deleted.`);
    case 'EACCES':
    case 'EPERM':
      return fail(
        'file/no-permission',
        `"${name}" may not be read: change its permissions or copy it to a folder of your own.`,
      );
    case 'EISDIR':
      return fail('file/is-directory', `"${name}" is a folder: choose a file inside it.`);
    default:
      return fail(
        'file/unreadable',
        `"${name}" could not be read (${code ?? 'unknown cause'}): check that its disk is connected and try again.`,
      );
  }
}

function refusal(head: Buffer, name: string): Result<never> | null {
  if (head.length === 0) return fail('file/empty', `"${name}" is empty: it has no rows to read.`);
  const start = head.toString('latin1');
  const say = (code: string, what: string, wayOut: string) => fail(code, `"${name}" is ${what}: ${wayOut}.`);

  if (start.startsWith('PK\x03\x04')) {
    if (start.includes('xl/') || /\.xls[xm]$/i.test(name) || start.includes('[Content_Types].xml'))
      return say('file/excel', 'an Excel workbook (.xlsx)', 'save the sheet as .csv and open that file');
    if (start.includes('opendocument.spreadsheet'))
      return say('file/opendocument', 'an OpenDocument spreadsheet', 'save the sheet as .csv and open that file');
    return say('file/zip', 'a zip archive', 'unpack it and open the table inside');
  }
  const signature = signatures.find(({ starts }) => starts.some((bytes) => start.startsWith(bytes)));
  if (signature) return say(signature.code, signature.what, signature.wayOut);

  const utf16 = start.startsWith('\xff\xfe') || start.startsWith('\xfe\xff');
  if (!utf16 && start.includes('\0')) return say('file/binary', 'a binary file, not text', asCsv);
  const text = start.replace(/^\xef\xbb\xbf/, '').trimStart();
  if (!utf16 && text === '' && head.length < HEAD)
    return fail('file/empty', `"${name}" holds only blanks: it has no rows to read.`);
  const document = documents.find(({ starts }) => starts.test(text.slice(0, 64).toLowerCase()));
  return document ? say(document.code, document.what, document.wayOut) : null;
}
