import { readFile } from 'node:fs/promises';
import { fail, ok, type Result } from '../result';

/** Row numbers of a file, one a line, 0-based over the records of the data file. Blank lines do not count. */
export async function readTestRows(path: string): Promise<Result<number[]>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return fail('input/test-rows', `Cannot read ${path}, the file of held-out rows; check its name.`);
  }
  const rows: number[] = [];
  for (const [index, line] of text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    const cell = line.trim();
    if (cell === '') continue;
    if (!/^\d+$/.test(cell)) {
      return fail(
        'input/test-rows',
        `Line ${index + 1} of ${path} is “${cell.slice(0, 40)}”, not a row number; write one whole number from 0 a line.`,
      );
    }
    rows.push(Number(cell));
  }
  return rows.length > 0
    ? ok(rows)
    : fail('input/test-rows', `${path} holds no row numbers; write one a line, or use --test-fraction.`);
}
