import { open, stat } from 'node:fs/promises';
import { fail, ok, type Result } from '../result';
import { unmarkedUtf16 } from './encoding';
import { Damaged } from './formats/damaged';
import { archives, documents, openDocument, signatureOf } from './formats/signatures';
import { zipEntries } from './formats/zip';

/** How much of a file is looked at before it is believed to be text. */
const HEAD = 8192;
/** A table as such, and what one can be made of. */
export type Format = 'text' | 'gzip' | 'xlsx' | 'parquet';

export interface Recognised {
  readonly bytes: number;
  readonly format: Format;
}

/**
 * Looks at a file before anything reads it: says what kind of table it is, by content and not by extension, or refuses it with
 * one sentence that says what to do instead.
 *
 * @param path  where the file is
 * @param name  how the user knows it; the only name that appears in a message
 */
export async function recognise(path: string, name: string): Promise<Result<Recognised>> {
  try {
    const facts = await stat(path);
    if (facts.isDirectory()) return fail('file/is-directory', `“${name}” is a folder: choose a file inside it.`);
    if (!facts.isFile())
      return fail(
        'file/not-regular',
        `“${name}” is not an ordinary file: copy the data into a .csv file and open that.`,
      );
    const bytes = facts.size;
    const [head, tail] = await ends(path, bytes);
    const format = await formatOf(path, head, tail, name);
    return format.ok ? ok({ bytes, format: format.value }) : format;
  } catch (cause) {
    return unreadable(cause, name);
  }
}

/** The first bytes of a file, and its last few. */
async function ends(path: string, bytes: number): Promise<[string, string]> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(HEAD);
    const read = async (from: number, length: number) =>
      buffer.toString('latin1', 0, (await file.read(buffer, 0, length, from)).bytesRead);
    return [await read(0, HEAD), await read(Math.max(0, bytes - 8), 8)];
  } finally {
    await file.close();
  }
}

/** What a failed attempt to read a file means to its owner. */
export function unreadable(cause: unknown, name: string): Result<never> {
  const code = (cause as NodeJS.ErrnoException | null)?.code;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return fail('file/not-found', `There is no file “${name}”: check the name, or whether it was moved or deleted.`);
    case 'EACCES':
    case 'EPERM':
      return fail(
        'file/no-permission',
        `“${name}” may not be read: change its permissions or copy it to a folder of your own.`,
      );
    case 'EISDIR':
      return fail('file/is-directory', `“${name}” is a folder: choose a file inside it.`);
    default:
      return fail(
        'file/unreadable',
        `“${name}” could not be read (${code ?? 'unknown cause'}): check that its disk is connected and try again.`,
      );
  }
}

/** @param start  the beginning of the file, as Latin-1 text, and `end` its last bytes */
async function formatOf(path: string, start: string, end: string, name: string): Promise<Result<Format>> {
  if (start.length === 0) return fail('file/empty', `“${name}” is empty: it has no rows to read.`);
  const say = ({ code, what, wayOut }: { code: string; what: string; wayOut: string }) =>
    fail(code, `“${name}” is ${what}: ${wayOut}.`);

  if (start.startsWith('PK\x03\x04')) return archive(path, start, name);
  if (start.startsWith('\x1f\x8b')) return ok('gzip');
  if (start.startsWith('PAR1') && (end.endsWith('PAR1') || start.includes('\0'))) return ok('parquet');
  if (start.startsWith('PARE') && end.endsWith('PARE'))
    return fail('file/locked', `“${name}” is an encrypted Parquet file: write it again without encryption.`);
  if (start.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return compound(path, name);
  const signature = signatureOf(start);
  if (signature) return say(signature);

  const utf16 =
    start.startsWith('\xff\xfe') ||
    start.startsWith('\xfe\xff') ||
    (start.includes('\0') && unmarkedUtf16(Buffer.from(start, 'latin1')) !== null);
  if (!utf16 && isBinary(start))
    return fail('file/binary', `“${name}” is a binary file, not text: save it as CSV (UTF-8) and open that file.`);
  const text = start.replace(/^\xef\xbb\xbf/, '').trimStart();
  if (!utf16 && text === '' && start.length < HEAD)
    return fail('file/empty', `“${name}” holds only blanks: it has no rows to read.`);
  const document = documents.find(({ starts }) => starts.test(text.slice(0, 1024).toLowerCase()));
  return document ? say(document) : ok('text');
}

/** Control characters that no text has, and the share of them from which a file is none: a stray one is repaired and told. */
const NO_TEXT = 0.02;

function isBinary(start: string): boolean {
  let odd = 0;
  for (let i = 0; i < start.length; i++) {
    const code = start.charCodeAt(i);
    if (code < 9 || (code > 13 && code < 32 && code !== 26 && code !== 27)) odd++;
  }
  return start.includes('\0') && odd > NO_TEXT * start.length;
}

/** Excel's archive, or another one with what is inside. */
async function archive(path: string, start: string, name: string): Promise<Result<Format>> {
  const say = ({ code, what, wayOut }: { code: string; what: string; wayOut: string }) =>
    fail(code, `“${name}” is ${what}: ${wayOut}.`);
  if (start.includes('mimetypeapplication/vnd.oasis.opendocument.spreadsheet')) return say(openDocument);
  try {
    const names = (await zipEntries(path)).map((entry) => entry.name);
    const binary = archives.find(({ holds }) => names.some((one) => holds.test(one)));
    if (binary) return say(binary);
    if (names.some((one) => /^xl\/workbook\.xml$/i.test(one)) || names.includes('[Content_Types].xml'))
      return ok('xlsx');
    const files = names.filter((one) => !one.endsWith('/') && !one.startsWith('__MACOSX/'));
    const inside =
      files.length === 0
        ? 'nothing'
        : files
            .slice(0, 3)
            .map((one) => `“${one}”`)
            .join(', ');
    const more = files.length > 3 ? ` and ${files.length - 3} more` : '';
    return fail('file/zip', `“${name}” is a zip archive with ${inside}${more} inside: unpack it and open the table.`);
  } catch (cause) {
    if (!(cause instanceof Damaged)) throw cause;
    return fail(
      'file/zip',
      `“${name}” is a damaged zip archive or workbook (${cause.message}): copy or download it again.`,
    );
  }
}

/** How much of an old Office file is searched for the names of its parts. */
const PARTS = 1024 * 1024;

/** Old Office files, and new ones with a password, in one container. */
async function compound(path: string, name: string): Promise<Result<never>> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(PARTS);
    const { size } = await file.stat();
    const found: string[] = [];
    for (const from of [0, Math.max(0, size - PARTS)]) {
      const { bytesRead } = await file.read(buffer, 0, PARTS, from);
      found.push(buffer.toString('latin1', 0, bytesRead).replaceAll('\0', ''));
    }
    const holds = (part: string) => found.some((text) => text.includes(part));
    if (holds('EncryptedPackage'))
      return fail(
        'file/locked',
        `“${name}” is protected by a password: open it in Excel or LibreOffice, save it without the password and open that file.`,
      );
    if (holds('WordDocument') || holds('PowerPoint Document'))
      return fail(
        'file/document',
        `“${name}” is an old Word or PowerPoint document, not a table: copy the table into a spreadsheet, save it as .csv and open that file.`,
      );
    return fail(
      'file/excel-old',
      `“${name}” is an old Excel workbook (.xls): open it in Excel or LibreOffice, save the sheet as .xlsx or .csv and open that file.`,
    );
  } finally {
    await file.close();
  }
}
