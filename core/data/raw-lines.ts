import type { Detected } from './detect';
import { physicalLines, tokenise } from './tokenise';

/** The first records as they stand in the file, and how each is cut; lines before the table are not cut. */
export function rawLines({ text, dialect }: Detected, limit: number): { text: string; cells: string[] }[] {
  const physical = physicalLines(text).slice(0, limit);
  const head = physical.slice(0, dialect.skip).map((line) => ({ text: line, cells: [line] }));
  const table = physical.slice(dialect.skip).join('\n');
  const records = tokenise(table, dialect.delimiter, dialect.quote);
  const lines = physical.slice(dialect.skip);
  return [
    ...head,
    ...records.map((record) => ({
      text: lines.slice(record.line, record.line + record.lines).join('\n'),
      cells: [...record.cells],
    })),
  ].slice(0, limit);
}
