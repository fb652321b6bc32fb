import type { ColumnInfo } from '../../../core/data/types';
import { compact, count, withUnit } from '../../format';
import { inUnit } from '../fit-view';

/** A column as a drawing of the table needs it. */
export interface PlotColumn {
  readonly name: string;
  readonly label: string;
  readonly unit: string | null;
  /** All of its numbers are whole. */
  readonly integer: boolean;
  readonly distinct: number;
}

export const plotColumn = ({ name, label, unit, summary, distinct }: ColumnInfo): PlotColumn => ({
  name,
  label,
  unit,
  integer: summary?.integer ?? false,
  distinct,
});

export const axisName = ({ label, unit }: PlotColumn): string => inUnit(label, unit);

/** A value of the column, or one of its levels. */
export function valueOf(column: PlotColumn, value: number, levels: readonly string[] | null): string {
  if (Number.isNaN(value)) return 'no value';
  return levels ? (levels[value] ?? 'another value') : withUnit(compact(value, 5), column.unit);
}

/** "All 392 rows with both values.", "5,000 of 200,000 rows with a value in all, drawn at random.", and which rows are looked at. */
export function rowsWords(drawn: number, of: number, total: number, filtered: boolean, columns: number): string {
  const values = columns === 1 ? 'with a value' : columns === 2 ? 'with both values' : 'with a value in all';
  const rows = drawn < of ? `${count(drawn)} of ${count(of)} rows` : `N = ${count(of)}`;
  const which = of < total ? ` ${drawn < of ? '' : 'rows '}${values}` : drawn < of ? '' : ' rows';
  return `${rows}${which}${drawn < of ? ', drawn at random' : ''}${filtered ? '; the filter hides the others' : ''}.`;
}
