import type { Table } from '../../core/data/table';
import type { GeneratedTable, Style } from './generated-table';

/** How a generated table was read: every cell as it was written, or not, with or without a word about it. */
export type Verdict = 'exact' | 'warned' | 'silently wrong';

/** Warnings that go with a style and say nothing of a doubt about the numbers. */
const always = [
  /which is a guess/,
  /was taken for the unit/,
  /as remarks?[;.]/,
  /lines? (was|were) mended/,
  /are empty and without a name|is empty and without a name/,
  /have more digits than are kept|has more digits than are kept/,
];

/** Compares a table that was opened without a click with what was written. */
export async function checkTable(
  table: Table,
  truth: GeneratedTable,
  style: Style,
): Promise<{ verdict: Verdict; difference: string | null }> {
  const difference = await differenceOf(table, truth, style);
  if (difference === null) return { verdict: 'exact', difference };
  const doubts = table.info.warnings.filter((warning) => !always.some((pattern) => pattern.test(warning)));
  return { verdict: doubts.length > 0 ? 'warned' : 'silently wrong', difference };
}

async function differenceOf(table: Table, truth: GeneratedTable, style: Style): Promise<string | null> {
  const { columns, rows } = table.info;
  if (rows !== truth.texts.length) return `${rows} rows where ${truth.texts.length} were written`;
  if (columns.length !== truth.names.length)
    return `${columns.length} columns where ${truth.names.length} were written`;
  for (const [j, expected] of truth.numbers.entries()) {
    if (columns[j].type !== 'number') {
      if (expected.every(Number.isNaN)) continue;
      return `column ${j} was read as ${columns[j].type}`;
    }
    const found = await table.numbers(columns[j].name);
    // Minus zero is zero.
    const at = expected.findIndex(
      (value, i) => !(value === found[i] || (Number.isNaN(value) && Number.isNaN(found[i]))),
    );
    if (at !== -1) return `column ${j}, row ${at}: ${expected[at]} was read as ${found[at]}`;
    const missing = expected.filter(Number.isNaN).length;
    if (columns[j].missing !== missing)
      return `column ${j}: ${columns[j].missing} missing where ${missing} were written`;
  }
  const unsaid = truth.rounded.findIndex((cells, j) => cells !== roundedSaid(table, columns[j].name));
  if (unsaid !== -1)
    return `column ${unsaid}: ${truth.rounded[unsaid]} numbers were rounded, ${roundedSaid(table, columns[unsaid].name)} were said to be`;
  const last = columns[columns.length - 1];
  const texts = last.type === 'number' ? [] : await table.texts(last.name);
  const bad = truth.texts.findIndex((text, i) => text !== texts[i]);
  if (bad !== -1) return `the text “${truth.texts[bad]}” was read as “${texts[bad]}”`;
  const names = style.header ? truth.names : truth.names.map((_, j) => `column ${j + 1}`);
  const misnamed = names.findIndex((name, j) => name !== columns[j].name);
  return misnamed === -1 ? null : `the column “${names[misnamed]}” was named “${columns[misnamed].name}”`;
}

/** How many numbers of a column are said to have been rounded. */
function roundedSaid(table: Table, name: string): number {
  const said = table.info.warnings.find(
    (warning) => warning.includes(`of “${name}” ha`) && warning.includes('more digits than are kept'),
  );
  return said === undefined ? 0 : Number(said.split(' ')[0].replaceAll(',', ''));
}
