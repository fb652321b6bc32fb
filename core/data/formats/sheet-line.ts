import { createReadStream } from 'node:fs';
import { tokenise } from '../tokenise';

/** Cells of one row as a line of the text: comma between, double quotes around what would be read otherwise. Cells hold no line end. */
export function lineOf(cells: readonly (string | undefined)[], first = 0, last = cells.length - 1): string {
  let line = '';
  for (let column = first; column <= last; column++) {
    if (column > first) line += ',';
    const text = cells[column];
    if (text !== undefined) line += /[",]|^[\s#%]|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }
  return line;
}

export const cellsOf = (line: string): readonly string[] => tokenise(line, ',', '"', 1)[0]?.cells ?? [];

/** Lines of a file of ours, many at a time. */
export async function* linesOf(path: string, signal?: AbortSignal): AsyncGenerator<readonly string[]> {
  let rest = '';
  for await (const piece of createReadStream(path, { encoding: 'utf8', highWaterMark: 256 * 1024, signal })) {
    const lines = `${rest}${piece as string}`.split('\n');
    rest = lines.pop() ?? '';
    yield lines;
  }
  if (rest !== '') yield [rest];
}
