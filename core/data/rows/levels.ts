import type { DuckDBInstance } from '@duckdb/node-api';
import { connected, rowsOf, textOf, type Reading } from '../database';
import { cellContains } from './filter';

/** Values of a column, the most frequent first. */
export interface Levels {
  readonly levels: { value: string; count: number }[];
  /** How many different ones there are. */
  readonly total: number;
}

/**
 * A page of the different values of a column with how many cells hold each.
 *
 * @param contains  only values with this text in them; '' for all
 */
export async function levelsOf(
  database: DuckDBInstance,
  index: number,
  reading: Reading,
  contains: string,
  offset: number,
  limit: number,
): Promise<Levels> {
  const where = contains === '' ? '' : ` where ${cellContains(index, contains)}`;
  const groups = `select v, count(*) as k from (select ${textOf(index, reading)} as v from cells${where}) where v is not null group by v`;
  return connected(database, async (connection) => {
    const [[total]] = await rowsOf(connection, `select count(*) from (${groups})`);
    const found = await rowsOf(
      connection,
      `select v, k::integer from (${groups}) order by k desc, v limit ${limit} offset ${offset}`,
    );
    return { total: Number(total), levels: found.map(([value, k]) => ({ value: String(value), count: Number(k) })) };
  });
}
