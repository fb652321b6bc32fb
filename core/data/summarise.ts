import type { DuckDBConnection, Json } from '@duckdb/node-api';
import { batches, isMissing, literal, numberOf, numeral, perColumn, rowsOf, trimmed, type Reading } from './database';
import { datePattern, offsetPattern } from './date-text';
import type { ColumnInfo } from './types';

/** Figures of a numeric column, for display; nothing here enters a fit. */
export interface NumericSummary {
  readonly summary: NonNullable<ColumnInfo['summary']>;
  readonly histogram: NonNullable<ColumnInfo['histogram']>;
  readonly distinct: number;
  /** Each value is the one before plus 1, in the order of the file. */
  readonly counting: boolean;
}

export interface TextSummary {
  readonly distinct: number;
  readonly levels: NonNullable<ColumnInfo['levels']>;
  /** Levels with fewer than 5 rows. */
  readonly rareLevels: number;
  readonly dates: number;
  /** Different offsets from UTC behind their times of day; '' where a date has none and others have. */
  readonly offsets: readonly string[];
  /** Cells of digits with thousands marks, a percent sign or a currency. */
  readonly dressed: number;
  /** Cells that a spreadsheet would compute: =A1+2. */
  readonly formulas: number;
}

const BINS = 24;
/** Digits with marks between them, and at most a sign before or behind: 1,234.5  13.90%  $ 12. */
const DRESSED_NUMBER = "^[$€£]? ?[+-]?[0-9][0-9.,' ]* ?[%$€£]?$";
const FORMULA = '^=[A-Za-z0-9(+-].*[A-Za-z0-9)]$';
/** Most frequent values that are listed. */
const LEVELS = 50;
/** Columns whose distinct values are counted at once: each keeps a table of them in memory. */
const COUNTED_AT_ONCE = 4;
/** Values whose quantiles are found at once: the engine holds every one of them, whatever memory it was given. */
const VALUES_AT_ONCE = 2 ** 22;
/** Up to this many rows a column's values are counted by listing them: in a wide table, that takes a tenth of the time. */
const LISTED_ROWS = 20_000;

/** Summaries of columns over their cells that are numbers, cast once into a table of the columns at hand. */
export async function summariseNumbers(
  connection: DuckDBConnection,
  columns: readonly number[],
  reading: Reading,
): Promise<Map<number, NumericSummary>> {
  const summaries = new Map<number, NumericSummary>();
  const [[rows]] = await rowsOf(connection, 'select count(*) from cells');
  const listed = Number(rows) <= LISTED_ROWS;
  const atOnce = Math.max(1, Math.floor(VALUES_AT_ONCE / Math.max(1, Number(rows))));
  for (const batch of batches(columns)) {
    await connection.run(
      `create or replace temp table numbers as select ${batch.map((i) => `${numberOf(i, reading)} as n${i}`).join(', ')} from cells`,
    );
    const ranges = await perColumn(connection, batch, 'numbers', (i) => [
      `min(n${i})`,
      `max(n${i})`,
      `bool_and(n${i} = trunc(n${i}))`,
    ]);
    const distinct = listed
      ? await perColumn(connection, batch, 'numbers', (i) => [`cardinality(histogram(n${i}))`])
      : await perColumn(
          connection,
          batch,
          'numbers',
          (i) => [`count(distinct n${i})`],
          Math.min(COUNTED_AT_ONCE, atOnce),
        );
    const known = batch.map((column, i) => {
      const [min, max] = ranges[i].map(Number);
      const integer = ranges[i][2] === true;
      return { column, min, max, integer, distinct: Number(distinct[i][0]), edges: binEdges(min, max, integer) };
    });
    const byColumn = new Map(known.map((one) => [one.column, one]));
    const summary = (index: number) => {
      const { column, min, max, edges } = byColumn.get(index)!;
      // Divided by the largest magnitude first: squares of large values overflow.
      const scaled = `n${column} / ${numeral(magnitude(min, max))}`;
      return [
        `avg(${scaled})`,
        `stddev_samp(${scaled})`,
        `skewness(${scaled})`,
        `quantile_cont(n${column}, [0.25, 0.5, 0.75])`,
        // As one text: thousands of literals take longer to plan than all rows to count.
        `map_values(histogram(n${column}, ${literal(`[${edges.slice(1).join(', ')}]`)}::double[]))`,
        `bool_and(n${column} - ${numeral(min)} = rowid)`,
      ];
    };
    const figures = await perColumn(connection, batch, 'numbers', summary, Math.min(batch.length, atOnce));
    await connection.run('drop table numbers');
    known.forEach(({ column, min, max, integer, distinct: values, edges }, i) => {
      const [mean, sd, skewness, quantiles, counts, counting] = figures[i];
      const scale = magnitude(min, max);
      const [q25, median, q75] = (quantiles as Json[]).map(Number);
      summaries.set(column, {
        summary: {
          min,
          q25,
          median,
          q75,
          max,
          mean: Number(mean) * scale,
          sd: finite(sd) * scale,
          skewness: values > 1 ? finite(skewness) : 0,
          integer,
        },
        histogram: { edges, counts: (counts as Json[]).slice(0, edges.length - 1).map(Number) },
        distinct: values,
        counting: counting === true,
      });
    });
  }
  return summaries;
}

const magnitude = (min: number, max: number) => Math.max(Math.abs(min), Math.abs(max)) || 1;
const finite = (value: Json) => (Number.isFinite(Number(value)) ? Number(value) : 0);

/** 24 bins over the range; whole numbers get bins of a whole width, so that none is split or counted double. */
function binEdges(min: number, max: number, integer: boolean): number[] {
  if (min === max) return [min - 0.5, max + 0.5];
  const range = max - min;
  if (integer && range < Number.MAX_SAFE_INTEGER) {
    const width = Math.ceil((range + 1) / BINS);
    return Array.from({ length: Math.ceil((range + 1) / width) + 1 }, (_, i) => min - 0.5 + i * width);
  }
  // From both ends: the difference of two large numbers may overflow.
  return Array.from({ length: BINS + 1 }, (_, i) => (i === BINS ? max : min * (1 - i / BINS) + max * (i / BINS)));
}

/** Summaries of columns of text, over their cells with a value. */
export async function summariseTexts(
  connection: DuckDBConnection,
  columns: readonly number[],
  reading: Reading,
): Promise<Map<number, TextSummary>> {
  const summaries = new Map<number, TextSummary>();
  for (const batch of batches(columns)) {
    const groups = batch.map(
      (i) =>
        `select ${i} as i, ${trimmed(i)} as v, count(*) as k from cells where not ${isMissing(i, reading)} group by v`,
    );
    await connection.run(`create or replace temp table levels as ${groups.join(' union all ')}`);
    const totals = await rowsOf(
      connection,
      `select i, count(*), count(*) filter (k < 5), sum(k) filter (regexp_matches(v, ${literal(datePattern)})), sum(k) filter (regexp_matches(v, ${literal(DRESSED_NUMBER)})), sum(k) filter (regexp_matches(v, ${literal(FORMULA)}))
       from levels group by i`,
    );
    const top = await rowsOf(
      connection,
      `select i, v, k from levels qualify row_number() over (partition by i order by k desc, v) <= ${LEVELS} order by i, k desc, v`,
    );
    const dated = totals.flatMap(([i, , , dates]) => (Number(dates ?? 0) > 0 ? [Number(i)] : []));
    const offsets = await offsetsIn(connection, dated);
    await connection.run('drop table levels');
    for (const column of batch) {
      const total = totals.find(([i]) => Number(i) === column) ?? [column, 0, 0, 0, 0, 0];
      summaries.set(column, {
        distinct: Number(total[1]),
        rareLevels: Number(total[2]),
        dates: Number(total[3] ?? 0),
        offsets: offsets.get(column) ?? [],
        dressed: Number(total[4] ?? 0),
        formulas: Number(total[5] ?? 0),
        levels: top
          .filter(([i]) => Number(i) === column)
          .map(([, value, cells]) => ({ value: String(value), count: Number(cells) })),
      });
    }
  }
  return summaries;
}

/** Offsets from UTC in columns with dates, of the table `levels`; nothing for a column that has none. */
async function offsetsIn(connection: DuckDBConnection, columns: readonly number[]): Promise<Map<number, string[]>> {
  if (columns.length === 0) return new Map();
  const found = await rowsOf(
    connection,
    `select i, list_sort(list(distinct regexp_extract(v, ${literal(offsetPattern)}, 1)))
     from levels where i in (${columns.join(', ')}) and regexp_matches(v, ${literal(datePattern)}) group by i`,
  );
  return new Map(
    found
      .map(([i, offsets]): [number, string[]] => [Number(i), offsets as string[]])
      .filter(([, offsets]) => offsets.some((offset) => offset !== '')),
  );
}
