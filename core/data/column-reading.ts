import type { DuckDBConnection } from '@duckdb/node-api';
import { missingTokens } from './cell-kind';
import { cell, literal, perColumn, type ColumnReading } from './database';
import { charactersOf, patterns, unitSigns, type Marks } from './number-text';

export interface ColumnReadings {
  /** By column number; a column that is not there has numbers without thousands marks and signs. */
  readonly readings: ReadonlyMap<number, ColumnReading>;
  /** Columns of which no cell proves that the mark groups thousands: all are like 1,234. */
  readonly unproven: ReadonlySet<number>;
}

/** A sign is the unit of a column when at least this share of its values has it. */
const SIGNED_SHARE = 0.95;
const usual = [...missingTokens].map(literal).join(', ');
const signs = literal(unitSigns.join(''));

/**
 * Decides over every cell of each column whether its numbers have thousands marks and a unit's sign. A mark that no cell of the
 * column proves is not believed when some cell contradicts it: 1,234 beside 0,5.
 *
 * @param columns  those with cells that are no plain numbers
 * @param own  what is known of them already: their own missing tokens
 */
export async function findColumnReadings(
  connection: DuckDBConnection,
  columns: readonly number[],
  marks: Marks,
  own: ReadonlyMap<number, ColumnReading>,
): Promise<ColumnReadings> {
  const probed = await perColumn(connection, columns, 'cells', (i) => [
    `count(*) filter (regexp_full_match(trim(${cell(i)}, ' \t\r\n'), ${literal(patterns.dressed)}))`,
  ]);
  const dressed = columns.filter((_, at) => Number(probed[at][0]) > 0);
  const counts = await perColumn(connection, dressed, 'cells', (i) => {
    const text = `trim(${cell(i)}, ' \t\r\n')`;
    const bare = `trim(translate(${text}, ${signs}, ''))`;
    const having = (pattern: string, of = bare) => `regexp_full_match(${of}, ${literal(pattern)})`;
    const grouped = marks.thousands === '' ? 'false' : having(patterns.grouped(marks));
    const sure = marks.thousands === '' ? 'false' : having(patterns.surelyGrouped(marks));
    const marked = [...charactersOf[marks.thousands]].map((mark) => `contains(${bare}, ${literal(mark)})`).join(' or ');
    const contradicts = `(${marked || 'false'}) and not ${grouped} and ${having(patterns.dressed)}`;
    const conditions = [
      `lower(${text}) not in (${usual})`,
      grouped,
      sure,
      contradicts,
      ...unitSigns.map((sign) => having(patterns.unit(marks, sign), text)),
    ];
    return conditions.map((condition) => `count(*) filter (${condition})`);
  });
  const readings = new Map<number, ColumnReading>();
  const unproven = new Set<number>();
  dressed.forEach((column, at) => {
    const [values, grouped, sure, contradicting, ...signed] = counts[at].map(Number);
    const most = signed.indexOf(Math.max(...signed));
    const sign = signed[most] > 0 && signed[most] >= SIGNED_SHARE * values ? unitSigns[most] : null;
    const isGrouped = grouped > 0 && (sure > 0 || contradicting === 0);
    if (!isGrouped && sign === null) return;
    readings.set(column, { grouped: isGrouped, sign, missing: own.get(column)?.missing ?? [] });
    // No number but a grouped one has a blank or an apostrophe between its digits; a blank can stand between two numbers.
    if (isGrouped && sure === 0 && marks.thousands !== "'") unproven.add(column);
  });
  return { readings, unproven };
}
