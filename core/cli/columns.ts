import { nearestName } from '../data/names';
import type { ColumnInfo } from '../data/types';

import { fail, ok, type Result } from '../result';

/** Lists of columns are CSV lines (a name with a comma is quoted with ") and may be given several times. */
export function parseList(lines: readonly string[]): Result<string[]> {
  const names: string[] = [];
  for (const line of lines) {
    const cells = line.match(/\s*("(?:[^"]|"")*"|[^",]*)\s*(,|$)/g) ?? [];
    // The pattern also matches the empty end of the line.
    const parts = line.endsWith(',') ? cells : cells.slice(0, -1);
    if (parts.join('') !== line) {
      return fail(
        'usage/list',
        `The list ${line} has a quote that does not close; write "a, b",c for a name with a comma.`,
      );
    }
    for (const part of parts) {
      const text = part.replace(/,$/, '').trim();
      names.push(text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"').trim() : text);
    }
  }
  return names.includes('')
    ? fail('usage/list', `The list ${lines.join(' ')} names an empty column; leave out the extra comma.`)
    : ok(names);
}

/** A column by its exact name, or by position: `#3` is the third. Blanks around a name do not count, runs of blanks count as one. */
export function resolveColumn(reference: string, columns: readonly ColumnInfo[]): Result<string> {
  const position = /^#(\d+)$/.exec(reference.trim());
  if (position !== null) {
    const column = columns[Number(position[1]) - 1];
    return column
      ? ok(column.name)
      : fail(
          'data/unknown-column',
          `There is no column ${reference}: the file has ${columns.length} columns, #1 to #${columns.length}.`,
        );
  }
  const names = columns.map(({ name }) => name);
  const name = reference.replace(/\s+/g, ' ').trim();
  if (names.includes(name)) return ok(name);
  const nearest = nearestName(name, names);
  const way =
    nearest === null
      ? `the columns are ${names
          .slice(0, 12)
          .map((one) => (one.includes(',') ? `“${one}”` : one))
          .join(', ')}${names.length > 12 ? ', and more' : ''}.`
      : `did you mean “${nearest}”?`;
  return fail('data/unknown-column', `There is no column “${name}”: ${way}`);
}

export function resolveColumns(references: readonly string[], columns: readonly ColumnInfo[]): Result<string[]> {
  const names = new Set<string>();
  for (const reference of references) {
    const name = resolveColumn(reference, columns);
    if (!name.ok) return name;
    names.add(name.value);
  }
  return ok([...names]);
}
