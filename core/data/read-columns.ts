import type { DuckDBDataChunk, DuckDBInstance } from '@duckdb/node-api';
import { connected } from './database';

/**
 * Record numbers that meet a condition (null: all), in the order of an expression, those without a value first; null is the order
 * of the file.
 */
export async function matchingRows(
  database: DuckDBInstance,
  rows: number,
  { where, key, descending }: { where: string | null; key: string | null; descending: boolean },
): Promise<Uint32Array> {
  const order = new Uint32Array(rows);
  let found = 0;
  const condition = where === null ? '' : ` where ${where}`;
  const sort = key === null ? 'rowid' : `${key} ${descending ? 'desc' : 'asc'} nulls first, rowid`;
  await chunks(database, `select rowid::integer from cells${condition} order by ${sort}`, (chunk, at) => {
    order.set(fixedWidth(chunk), at);
    found = at + chunk.rowCount;
  });
  return found === rows ? order : order.slice(0, found);
}

/** Adds an expression of whole numbers, never null, to what is counted of every record. */
export async function readCounts(database: DuckDBInstance, expression: string, counts: Uint32Array): Promise<void> {
  await chunks(database, `select (${expression})::integer from cells`, (chunk, at) => {
    const values = fixedWidth(chunk);
    for (let i = 0; i < values.length; i++) counts[at + i] += values[i];
  });
}

/** A numeric expression over every record; NaN where it is null. */
export async function readNumbers(database: DuckDBInstance, rows: number, expression: string): Promise<Float64Array> {
  const values = new Float64Array(rows);
  await chunks(database, `select coalesce(${expression}, 'nan'::double) from cells`, (chunk, at) =>
    values.set(fixedWidth(chunk), at),
  );
  return values;
}

/** A text expression over every record. */
export async function readTexts(
  database: DuckDBInstance,
  rows: number,
  expression: string,
): Promise<(string | null)[]> {
  const texts = new Array<string | null>(rows).fill(null);
  // Most columns of text repeat few values: one string each, not one a row.
  const shared = new Map<string, string>();
  await chunks(database, `select ${expression} from cells`, (chunk, at) => {
    const vector = chunk.getColumnVector(0);
    for (let i = 0; i < chunk.rowCount; i++) {
      const text = vector.getItem(i) as string | null;
      if (text === null) continue;
      if (!shared.has(text)) shared.set(text, text);
      texts[at + i] = shared.get(text) ?? text;
    }
  });
  return texts;
}

/** Streams a result in its order; `at` counts the rows before the chunk. */
async function chunks(
  database: DuckDBInstance,
  sql: string,
  take: (chunk: DuckDBDataChunk, at: number) => void,
): Promise<void> {
  await connected(database, async (connection) => {
    const result = await connection.stream(sql);
    let at = 0;
    for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
      take(chunk, at);
      at += chunk.rowCount;
    }
  });
}

/** The first column of a chunk where it has a number type and no null: the engine's own memory, valid until the next chunk. */
function fixedWidth(chunk: DuckDBDataChunk): ArrayLike<number> {
  const { items } = chunk.getColumnVector(0) as unknown as { items: Float64Array | Int32Array };
  return items.subarray(0, chunk.rowCount);
}
