import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBInstance } from '@duckdb/node-api';
import { fail, ok, type Result } from '../../result';
import { connected } from '../database';
import { detect, type Detected } from '../detect';
import { fileFacts, type FileFacts } from '../file-facts';
import { recognise, type Recognised } from '../recognise';
import type { DialectChoice, TableInfo } from '../types';
import type { AsText } from './as-text';
import { gunzip } from './gzip';
import { describeParquet, type ParquetFile } from './parquet';
import { xlsxAsText } from './xlsx';

/** A file of any format, looked at and ready for its cells to be read. */
export interface Source {
  /** Of the file the user chose. */
  readonly file: { readonly bytes: number; readonly sha256: string };
  readonly detected: Detected;
  /** What was chosen by hand, and what the format leaves no choice of. */
  readonly choice: DialectChoice;
  /** The sheet that is read, where the file has sheets. */
  readonly sheet?: string;
  /** Rows that were left out before the text was made. */
  readonly rejected: TableInfo['rejected'];
  /** Physical lines, or rows where a file has no lines. */
  readonly lines: number;
  /** Where the cells are. */
  readonly cells:
    | { readonly kind: 'text'; readonly path: string; readonly facts: FileFacts }
    | { readonly kind: 'parquet'; readonly path: string; readonly file: ParquetFile };
}

const none = { count: 0, first: [] };

/**
 * @param folder  a private folder, for what is unpacked
 * @param database  not yet locked: a Parquet file is described by the table engine
 */
export async function sourceOf(
  path: string,
  name: string,
  { bytes, format }: Recognised,
  choice: DialectChoice,
  folder: string,
  database: DuckDBInstance,
  signal?: AbortSignal,
): Promise<Result<Source>> {
  const idle = unusable(name, format, choice);
  if (idle) return idle;
  switch (format) {
    case 'text': {
      const facts = await fileFacts(path, signal);
      return ok(ofText(path, facts, facts, detect(facts, choice), choice));
    }
    case 'gzip': {
      const inside = await gunzip(path, name, bytes, folder, signal);
      if (!inside.ok) return inside;
      const recognised = await recognise(inside.value, name);
      if (!recognised.ok) return recognised;
      if (recognised.value.format !== 'text')
        return fail('gzip/no-text', `“${name}” holds no text but a packed file: unpack it and open the file inside.`);
      const facts = await fileFacts(inside.value, signal);
      return ok(ofText(inside.value, await identity(path, signal), facts, detect(facts, choice), choice));
    }
    case 'xlsx': {
      const made = await xlsxAsText(path, name, choice, folder, signal);
      if (!made.ok) return made;
      const facts = await fileFacts(made.value.path, signal);
      const detected = withFormat(detect(facts, made.value.choice), made.value, choice);
      const { choice: settled, sheet, rejected } = made.value;
      return ok({
        ...ofText(made.value.path, await identity(path, signal), facts, detected, settled),
        ...(sheet !== undefined && { sheet }),
        rejected,
      });
    }
    case 'parquet': {
      const described = await connected(database, (connection) => describeParquet(connection, path, name), signal);
      if (!described.ok) return described;
      const file = described.value;
      return ok({
        file: await identity(path, signal),
        detected: await detectedIn(file, folder),
        choice,
        rejected: none,
        lines: file.rows,
        cells: { kind: 'parquet', path, file },
      });
    }
  }
}

const ofText = (
  path: string,
  { bytes, sha256 }: Source['file'],
  facts: FileFacts,
  detected: Detected,
  choice: DialectChoice,
): Source => ({
  file: { bytes, sha256 },
  detected,
  choice,
  rejected: none,
  lines: facts.lines,
  cells: { kind: 'text', path, facts },
});

/** The user's own decisions and warnings, without those that are none for the format. */
function withFormat(detected: Detected, made: AsText, byHand: DialectChoice): Detected {
  const open = detected.decisions.filter(
    ({ id }) => !made.settled.includes(id) || (id !== 'sheet' && byHand[id] !== undefined),
  );
  return { ...detected, decisions: [...made.decisions, ...open], warnings: [...made.warnings, ...detected.warnings] };
}

/** A Parquet file says itself how it is to be read. */
async function detectedIn({ rows, columns, warnings, text }: ParquetFile, folder: string): Promise<Detected> {
  const shown = join(folder, 'first-rows.csv');
  await writeFile(shown, text, { mode: 0o600 });
  const asRead = detect(await fileFacts(shown), {
    encoding: 'utf-8',
    delimiter: ',',
    quote: '"',
    escape: 'double',
    comment: '',
    decimal: '.',
    thousands: '',
    header: true,
    skip: 0,
  });
  return {
    ...asRead,
    decisions: [],
    warnings,
    width: columns.length,
    names: columns.map(({ name }) => name),
    bodyLine: 0,
    sampled: rows,
  };
}

async function identity(path: string, signal?: AbortSignal): Promise<Source['file']> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of createReadStream(path, { highWaterMark: 512 * 1024, signal })) {
    hash.update(piece as Buffer);
    bytes += (piece as Buffer).length;
  }
  return { bytes, sha256: hash.digest('hex') };
}

const words: Readonly<Record<Exclude<keyof DialectChoice, 'missing' | 'missingIn'>, string>> = {
  encoding: 'encoding',
  delimiter: 'delimiter',
  quote: 'quotation mark',
  escape: 'way to write a quotation mark within quotes',
  comment: 'mark of comments',
  decimal: 'decimal mark',
  thousands: 'thousands mark',
  header: 'header row',
  skip: 'lines to skip',
  sheet: 'sheet',
};

const questions: Readonly<Record<Recognised['format'], readonly (keyof DialectChoice)[]>> = {
  text: ['encoding', 'delimiter', 'quote', 'escape', 'comment', 'decimal', 'thousands', 'header', 'skip'],
  gzip: ['encoding', 'delimiter', 'quote', 'escape', 'comment', 'decimal', 'thousands', 'header', 'skip'],
  xlsx: ['sheet', 'decimal', 'thousands', 'header', 'skip'],
  parquet: [],
};
const kinds: Readonly<Record<Recognised['format'], string>> = {
  text: 'a text file',
  gzip: 'a text file',
  xlsx: 'a workbook',
  parquet: 'a Parquet file',
};

/** A choice that means nothing for a format is refused, never ignored. */
function unusable(name: string, format: Recognised['format'], choice: DialectChoice): Result<never> | null {
  const chosen = (Object.keys(choice) as (keyof DialectChoice)[]).filter(
    (key) => choice[key] !== undefined && key !== 'missing' && key !== 'missingIn',
  );
  const idle = chosen.find((key) => !questions[format].includes(key));
  if (idle === undefined || idle === 'missing' || idle === 'missingIn') return null;
  return fail(
    'file/no-such-choice',
    `“${name}” is ${kinds[format]}, which has no ${words[idle]} to choose: leave that out.`,
  );
}
