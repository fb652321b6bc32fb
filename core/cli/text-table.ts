/**
 * Rows of cells as aligned text, two blanks between columns: the first column to the left, the others to the right unless named.
 * Widths count characters, as terminals do.
 */
export function textTable(rows: readonly (readonly string[])[], left: readonly number[] = [0]): string {
  const columns = Math.max(...rows.map((row) => row.length));
  const length = (text: string) => Array.from(text).length;
  const widths = Array.from({ length: columns }, (_, j) => Math.max(...rows.map((row) => length(row[j] ?? ''))));
  const pad = (text: string, j: number) => {
    const blanks = ' '.repeat(widths[j] - length(text));
    return left.includes(j) ? text + blanks : blanks + text;
  };
  return rows.map((row) => `${row.map(pad).join('  ').trimEnd()}\n`).join('');
}
