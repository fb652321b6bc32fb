import type { CellFailure } from './missing';
import { listed } from './names';
import type { TableInfo } from './types';

type Columns = TableInfo['columns'];

/** Columns that get a sentence of their own. */
const TOLD = 5;
const count = (n: number) => n.toLocaleString('en');

/** What was not read as a number in columns of numbers, or as a date in columns of dates. */
export function failureWarnings(columns: Columns, failures: readonly CellFailure[]): string[] {
  const failing = columns.filter(({ failed }) => failed > 0);
  const told = failing.slice(0, TOLD).map(({ index, name, type, failed }) => {
    const first = failures.find(({ column }) => column === index);
    const example = first ? ` (the first is “${first.text.slice(0, 40)}” in row ${first.row + 1})` : '';
    const [one, many] = type === 'date' ? ['a date', 'dates'] : ['a number', 'numbers'];
    return failed === 1
      ? `1 cell of “${name}” is not ${one} and is treated as missing${example}.`
      : `${count(failed)} cells of “${name}” are not ${many} and are treated as missing${example}.`;
  });
  const rest = failing.slice(TOLD).map(({ name }) => name);
  return rest.length
    ? [...told, `Cells of ${listed(rest)} that are not of the type of their column are treated as missing.`]
    : told;
}

/** Columns with numbers in them that are nevertheless read as text. */
export function textWarnings(
  columns: readonly { name: string; values: number; numbers: number; numeric: boolean }[],
): string[] {
  return columns
    .filter(({ values, numbers, numeric }) => !numeric && numbers > 0 && numbers >= 0.2 * values)
    .map(
      ({ name, values, numbers }) =>
        `“${name}” was read as text, because only ${count(numbers)} of its ${count(values)} values are numbers.`,
    );
}

/** Columns of dates whose clocks stand in different zones. */
export function offsetWarnings(columns: Columns, offsetsOf: (index: number) => readonly string[]): string[] {
  return columns.flatMap(({ index, name, type }) => {
    const offsets = type === 'date' ? offsetsOf(index) : [];
    if (offsets.length < 2) return [];
    const shown = offsets.slice(0, 4).map((offset) => offset || 'none');
    return [
      `Times of “${name}” have different offsets from UTC (${shown.join(', ')}${offsets.length > 4 ? ', …' : ''}), which are not taken out: put them into one zone if hours matter.`,
    ];
  });
}

/** Columns whose numbers a mark keeps from being read. */
export function dressedWarning(columns: Columns): string[] {
  if (columns.length === 0) return [];
  const example = columns[0].levels?.[0]?.value ?? '';
  const holds = columns.length === 1 ? 'holds' : 'hold';
  return [
    `${listed(columns.map(({ name }) => name))} ${holds} numbers with a sign or thousands marks (such as “${example}”), which are read as text.`,
  ];
}

/** Formulas stand for numbers that the file does not hold. */
export function formulaWarning(columns: readonly { name: string; formulas: number }[]): string[] {
  const having = columns.filter(({ formulas }) => formulas > 0);
  const cells = having.reduce((sum, { formulas }) => sum + formulas, 0);
  if (cells === 0) return [];
  return [
    `${cells === 1 ? '1 cell' : `${count(cells)} cells`} of ${listed(having.map(({ name }) => name))} ${cells === 1 ? 'is a formula' : 'are formulas'}, read as text: save the values themselves to use them.`,
  ];
}

export const hollowWarning = (rows: number): string[] =>
  rows > 0 ? [`${count(rows)} ${rows === 1 ? 'row holds' : 'rows hold'} no value at all.`] : [];
