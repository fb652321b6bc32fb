import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { DuckDBInstance } from '@duckdb/node-api';
import { z } from 'zod';
import { cell, connected, literal } from './database';
import type { Origin } from './table';
import { decision, dialect, tableInfo, type TableInfo } from './types';

/** First lines of the file that are kept as they stand: as many as may be asked for. */
const RAW_LINES = 200;

/** How a table was read, so that its cells alone give the same table again. What the cells themselves tell is not among it. */
export const keptTable = z.object({
  file: tableInfo.shape.file,
  rows: z.number().int().min(1),
  /** Physical lines of the file. */
  lines: z.number().int().min(0),
  /** Columns of cells; the last may be without a name or a value and not be columns of the table. */
  width: z.number().int().min(1).max(100_000),
  /** Names as they stand in the file, null without a header. */
  header: z.array(z.string()).nullable(),
  dialect,
  decisions: z.array(decision),
  rejected: tableInfo.shape.rejected,
  /** Absent in projects of before there were any. */
  repaired: tableInfo.shape.repaired.optional(),
  proposals: tableInfo.shape.proposals.optional(),
  warnings: z.array(z.string()),
  /** The first lines as they stand in the file, and how each is cut. */
  first: z.array(z.object({ text: z.string(), cells: z.array(z.string()) })).max(RAW_LINES),
});
export type KeptTable = z.infer<typeof keptTable>;

/** A table in the form in which a project keeps it. */
export interface Kept {
  readonly table: KeptTable;
  /** Where the cells are: a Parquet file with the columns c0, c1, ... of text, one row a record in the order of the file. */
  readonly parquet: string;
}

export async function keepCells(
  database: DuckDBInstance,
  folder: string,
  info: TableInfo,
  { header, width, raw }: Origin,
): Promise<Kept> {
  const parquet = join(folder, `kept-${randomUUID()}.parquet`);
  const columns = Array.from({ length: width }, (_, i) => cell(i)).join(', ');
  await connected(database, (connection) =>
    connection.run(`copy (select ${columns} from cells) to ${literal(parquet)} (format parquet, compression zstd)`),
  );
  const { file, rows, lines, dialect, decisions, rejected, repaired, proposals, warnings } = info;
  const names = header && [...header];
  return {
    table: {
      file,
      rows,
      lines,
      width,
      header: names,
      dialect,
      decisions,
      rejected,
      repaired,
      proposals,
      warnings,
      first: raw(RAW_LINES),
    },
    parquet,
  };
}
