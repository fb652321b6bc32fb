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
  const rows = await connected(database, (connection) =>
    rowsOf(
      connection,
      `with groups as materialized (
         select v, count(*)::integer as k from (select ${textOf(index, reading)} as v from cells${where}) where v is not null group by v)
       select total, v, k from (select count(*) as total from groups)
       left join (select v, k from groups order by k desc, v limit ${limit} offset ${offset}) on true order by k desc, v`,
    ),
  );
  return {
    total: Number(rows[0][0]),
    // Beyond the last value the total stands alone.
    levels: rows.flatMap(([, value, k]) => (value === null ? [] : [{ value: String(value), count: Number(k) }])),
  };
}
