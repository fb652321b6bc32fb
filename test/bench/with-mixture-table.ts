import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bench, timed } from './case';
import { writeMixtureTable } from './write-table';

/** A CSV of 20 features with four experts in it, there for as long as something is done with it. */
export async function withMixtureTable<T>(
  label: string,
  rows: number,
  bench: Bench,
  use: (path: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'moe-lab-bench-'));
  try {
    const path = join(folder, 'table.csv');
    const { seconds } = await timed(() => writeMixtureTable(path, rows, 20, 4));
    bench.note(`${label}: ${Math.round(statSync(path).size / 1e6)} MB of CSV, written in ${seconds.toFixed(0)} s.`);
    return await use(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
