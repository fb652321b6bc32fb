import type { MemoryRows, Rows } from '../../core/model/problem';
import { isInMemory } from '../../core/model/row-windows';

/** The rows of a problem that a test made without a file. */
export function inMemory(rows: Rows): MemoryRows {
  if (!isInMemory(rows)) throw new Error('These rows are in a file.');
  return rows;
}
