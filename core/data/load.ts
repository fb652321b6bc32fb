import type { DuckDBConnection } from '@duckdb/node-api';
import { fail, ok, type Result } from '../result';
import { cell, literal, perColumn, rowsOf } from './database';
import { linesAt } from './file-facts';
import type { Readable } from './rewrite';
import { tokenise } from './tokenise';
import type { TableInfo } from './types';

/** Rejected lines that are named; the rest are counted. */
const NAMED = 100;

export interface Loaded {
  readonly rejected: TableInfo['rejected'];
  /** Records with nothing but blank cells too many, which can be mended: how many, by physical line. The engine itself passes over empty ones. */
  readonly surplus: ReadonlyMap<number, number>;
}

/**
 * Reads a file into the table `cells` (c0, c1, ... as text), one row a record in the order of the file. Nothing is left to the
 * engine's own detection. A record with another number of cells is rejected, never padded or cut.
 *
 * @param bodyLines  physical lines of the file behind its header
 */
export async function loadCells(
  connection: DuckDBConnection,
  file: Readable,
  width: number,
  bodyLines: number,
  name: string,
): Promise<Result<Loaded>> {
  const columns = Array.from({ length: width }, (_, i) => `'${cell(i)}': 'VARCHAR'`).join(', ');
  // In a table of one column the engine takes a blank line for a record.
  const filter = width === 1 ? ` where ${cell(0)} is not null` : '';
  const escape = file.quote === '' ? '' : file.quote;
  try {
    for (const table of ['cells', 'reject_errors', 'reject_scans'])
      await connection.run(`drop table if exists ${table}`);
    await connection.run(
      `create table cells as select * from read_csv(${literal(file.path)}, auto_detect = false, columns = {${columns}}, header = false,
        delim = ${literal(file.delimiter)}, quote = ${literal(file.quote)}, escape = ${literal(escape)}, comment = '', skip = ${file.skip},
        nullstr = '', encoding = 'utf-8', compression = 'none', max_line_size = ${LONGEST_LINE}, buffer_size = ${BUFFER},
        strict_mode = true,
        store_rejects = true, rejects_limit = 0)${filter}`,
    );
  } catch (cause) {
    const reason = (cause instanceof Error ? cause.message : String(cause)).split('\n')[0];
    return fail(
      'csv/unreadable',
      `“${name}” could not be cut into rows (${reason}): check the delimiter and the quotation marks.`,
    );
  }
  const rejected = await rejectedLines(connection, file, width, bodyLines);
  return ok({ rejected, surplus: rejected.count > 0 ? await surplusCells(connection, file, width) : new Map() });
}

/** Bytes. A cell may be as long. */
const LONGEST_LINE = 2 ** 24;
/** Bytes that are read at once. By itself the engine would take room for sixteen of the longest lines, for each of its threads. */
const BUFFER = 2 * LONGEST_LINE;

/** One record that was left out. */
interface Rejection {
  readonly byte: number;
  readonly reason: string;
  /** A quotation mark that is never closed took the lines after it along. */
  readonly unclosed: boolean;
}

async function rejectedLines(
  connection: DuckDBConnection,
  file: Readable,
  width: number,
  bodyLines: number,
): Promise<TableInfo['rejected']> {
  // A line can be at fault in several cells; a line of blanks is not at fault.
  const faulty = `from reject_errors where trim(csv_line, ' \t\r\n') <> '' group by line`;
  const [[count]] = await rowsOf(connection, `select count(*) from (select line ${faulty})`);
  if (Number(count) === 0) return { count: 0, first: [] };
  const rows = await rowsOf(
    connection,
    `select min(line_byte_position), list(distinct error_type::varchar), min(column_idx), max(column_idx), bool_or(contains(csv_line, chr(10)))
     ${faulty} order by 1 limit ${NAMED}`,
  );
  const rejections = rows.map(([byte, faults, least, most, severalLines]): Rejection => {
    const found = faults as string[];
    const unclosed = found.includes('UNQUOTED VALUE') && severalLines === true;
    // Byte positions count from 1.
    return { byte: Number(byte) - 1, unclosed, reason: reasonOf(found, Number(least), Number(most), width) };
  });
  const lines = await linesAt(
    file.path,
    rejections.map(({ byte }) => byte),
  );
  const first = rejections.map(({ reason }, i) => ({ line: lines[i] + file.lineOffset, reason }));
  const culprit = rejections.findIndex(({ unclosed }) => unclosed);
  if (culprit === -1) return { count: Number(count), first };
  // The engine rejects one record and says nothing of the lines in it.
  const lost = bodyLines - Number(count) - (await linesRead(connection, width));
  first[culprit] = {
    ...first[culprit],
    reason: `a quotation mark is never closed, and ${lost === 1 ? 'the next line was' : `${lost.toLocaleString('en')} lines were`} taken for the same cell; if it is no quotation mark, set the quotes to none`,
  };
  return { count: Number(count) + lost, first };
}

/** Lines mended at most: a file with more is read with another width than it has. */
const MENDED = 100_000;

async function surplusCells(
  connection: DuckDBConnection,
  file: Readable,
  width: number,
): Promise<ReadonlyMap<number, number>> {
  const rows = await rowsOf(
    connection,
    `select min(line_byte_position), any_value(csv_line) from reject_errors group by line
     having bool_or(error_type::varchar = 'TOO MANY COLUMNS') and not bool_or(contains(csv_line, chr(10))) order by 1 limit ${MENDED}`,
  );
  const mendable = rows.flatMap(([byte, text]) => {
    const cells = tokenise(String(text), file.delimiter, file.quote, 1)[0]?.cells ?? [];
    const extra = cells.slice(width);
    return extra.length > 0 && extra.every((one) => one.trim() === '')
      ? [{ byte: Number(byte) - 1, cells: extra.length }]
      : [];
  });
  const lines = await linesAt(
    file.path,
    mendable.map(({ byte }) => byte),
  );
  return new Map(mendable.map(({ cells }, i) => [lines[i] + file.lineOffset, cells]));
}

/** Physical lines in the records that were read. */
async function linesRead(connection: DuckDBConnection, width: number): Promise<number> {
  const inCells = await perColumn(
    connection,
    Array.from({ length: width }, (_, i) => i),
    'cells',
    (i) => [`sum(length(${cell(i)}) - length(replace(${cell(i)}, chr(10), '')))`],
  );
  const [[rows]] = await rowsOf(connection, 'select count(*) from cells');
  return inCells.reduce((sum, [lines]) => sum + Number(lines ?? 0), Number(rows));
}

function reasonOf(faults: readonly string[], least: number, most: number, width: number): string {
  const fields = (n: number) =>
    `${n} ${n === 1 ? 'field' : 'fields'} where ${width} ${width === 1 ? 'is' : 'are'} expected`;
  if (faults.includes('UNQUOTED VALUE')) return 'text follows a closing quotation mark, or one is not closed';
  if (faults.includes('LINE SIZE OVER MAXIMUM')) return 'the record is longer than 16 MB';
  if (faults.includes('INVALID ENCODING')) return 'the line is not valid UTF-8';
  if (faults.includes('TOO MANY COLUMNS')) return fields(most);
  return fields(least);
}
