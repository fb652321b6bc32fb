import type { Detected } from './detect';
import { physicalLines, tokenise } from './tokenise';

/** The first records as they stand in the file, and how each is cut; lines before the table are not cut. */
export function rawLines({ text, dialect }: Detected, limit: number): { text: string; cells: string[] }[] {
  const physical = physicalLines(text);
  const before = physical.slice(0, Math.min(dialect.skip, limit));
  const table = physical.slice(dialect.skip);
  const records = tokenise(table.join('\n'), dialect.delimiter, dialect.quote, limit - before.length, dialect.escape);
  return [
    ...before.map((line) => ({ text: line, cells: [line] })),
    ...records.map(({ line, lines, cells }) => ({
      text: table.slice(line, line + lines).join('\n'),
      cells: [...cells],
    })),
  ];
}
