import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Part {
  /** Row after row. */
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** A table split by a list of held-out rows; features standardised on the training rows (n − 1), the target as it is. */
export interface SplitRows {
  readonly d: number;
  readonly train: Part;
  readonly test: Part;
}

/** Reads `<name>.csv` (numbers, the target last) and `split_<name>.json` ({ test: rows counted from 0 }). */
export function splitRows(name: string, data: string, reference: string): SplitRows {
  const lines = readFileSync(join(data, `${name}.csv`), 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1);
  const table = lines.map((line) => line.split(',').map(Number));
  const { test } = JSON.parse(readFileSync(join(reference, `split_${name}.json`), 'utf8')) as { test: number[] };
  const held = new Set(test);
  const d = table[0].length - 1;
  const kept = table.filter((_, row) => !held.has(row));
  const scale = Array.from({ length: d }, (_, j) => {
    const mean = kept.reduce((sum, row) => sum + row[j], 0) / kept.length;
    const square = kept.reduce((sum, row) => sum + (row[j] - mean) ** 2, 0);
    return { mean, sd: Math.sqrt(square / (kept.length - 1)) };
  });
  const part = (rows: readonly (readonly number[])[]): Part => ({
    x: rows.flatMap((row) => scale.map(({ mean, sd }, j) => (row[j] - mean) / sd)),
    y: rows.map((row) => row[d]),
  });
  return { d, train: part(kept), test: part(table.filter((_, row) => held.has(row))) };
}
