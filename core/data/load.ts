import type { DuckDBConnection } from '@duckdb/node-api';
import { fail, ok, type Result } from '../result';
import { cell, literal, rowsOf } from './database';
import { linesAt } from './file-facts';
import type { Readable } from './rewrite';
import type { TableInfo } from './types';

/** Rejected lines that are named; the rest are counted. */
const NAMED = 100;

/**
 * Reads a file into the table `cells` (c0, c1, ... as text), one row a record in the order of the file. Nothing is left to the
 * engine's own detection. A record with another number of cells is rejected, never padded or cut.
 */
export async function loadCells(
  connection: DuckDBConnection,
  file: Readable,
  width: number,
  name: string,
): Promise<Result<TableInfo['rejected']>> {
  const columns = Array.from({ length: width }, (_, i) => `'${cell(i)}': 'VARCHAR'`).join(', ');
  // In a table of one column the engine takes a blank line for a record.
  const filter = width === 1 ? ` where ${cell(0)} is not null` : '';
  const escape = file.quote === '' ? '' : file.quote;
  try {
    await connection.run(
      `create table cells as select * from read_csv(${literal(file.path)}, auto_detect = false, columns = {${columns}}, header = false,
        delim = ${literal(file.delimiter)}, quote = ${literal(file.quote)}, escape = ${literal(escape)}, comment = '', skip = ${file.skip},
        nullstr = '', encoding = 'utf-8', compression = 'none', max_line_size = 16777216, strict_mode = true,
        store_rejects = true, rejects_limit = 0)${filter}`,
    );
  } catch (cause) {
    const reason = (cause instanceof Error ? cause.message : String(cause)).split('\n')[0];
    return fail(
      'csv/unreadable',
      `"${name}" could not be cut into rows (${reason}): check the delimiter and the quotation marks.`,
    );
  }
  return ok(await rejectedLines(connection, file));
}

interface Rejection {
  readonly byte: number;
  readonly reason: string;
}

async function rejectedLines(connection: DuckDBConnection, file: Readable): Promise<TableInfo['rejected']> {
  // A line can be at fault in several cells; a line of blanks is not at fault.
  const faulty = `from reject_errors where trim(csv_line, ' \t\r\n') <> '' group by line`;
  const [[count]] = await rowsOf(connection, `select count(*) from (select line ${faulty})`);
  if (Number(count) === 0) return { count: 0, first: [] };
  const rows = await rowsOf(
    connection,
    `select min(line_byte_position), list(distinct error_type::varchar), min(column_idx), max(column_idx),
       max(length(csv_line) - length(replace(csv_line, chr(10), ''))), max(error_message) ${faulty} order by 1 limit ${NAMED}`,
  );
  const expected = (message: string) => /Expected Number of Columns: (\d+)/.exec(message)?.[1] ?? '';
  const rejections = rows.map(([byte, types, least, most, swallowed, message]): Rejection => {
    const faults = types as string[];
    const wanted = expected(String(message));
    const fields = (n: number) => `${n} ${n === 1 ? 'field' : 'fields'} where ${wanted} are expected`;
    // Byte positions count from 1.
    const at = Number(byte) - 1;
    if (faults.includes('UNQUOTED VALUE'))
      return {
        byte: at,
        reason:
          Number(swallowed) > 1
            ? `a quotation mark is never closed; the ${swallowed} lines after it were taken for the same cell and lost`
            : 'a quotation mark is not closed, or text follows the closing one',
      };
    if (faults.includes('LINE SIZE OVER MAXIMUM')) return { byte: at, reason: 'the record is longer than 16 MB' };
    if (faults.includes('INVALID ENCODING')) return { byte: at, reason: 'the line is not valid UTF-8' };
    if (faults.includes('TOO MANY COLUMNS')) return { byte: at, reason: fields(Number(most)) };
    if (faults.includes('MISSING COLUMNS')) return { byte: at, reason: fields(Number(least)) };
    return { byte: at, reason: String(message) };
  });
  const lines = await linesAt(
    file.path,
    rejections.map(({ byte }) => byte),
  );
  return {
    count: Number(count),
    first: rejections.map(({ reason }, i) => ({ line: lines[i] + file.lineOffset, reason })),
  };
}
