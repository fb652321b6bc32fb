import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BenchCase, beside } from '../case';
import type { OpenCsvInput, OpenCsvOutput } from '../programs/open-csv';
import { LARGE_COLUMNS, writeLargeTable } from '../write-table';

/** From a file to a table with types, receipts and summaries, against DuckDB's own reader with its own guesses, in turn. */
export const csv: BenchCase = {
  name: 'csv',
  async *run(bench) {
    const rows = bench.quick ? 10_000 : 500_000;
    const folder = mkdtempSync(join(tmpdir(), 'moe-lab-bench-'));
    try {
      const path = join(folder, 'large.csv');
      await writeLargeTable(path, rows);
      const input: OpenCsvInput = { path, rounds: bench.quick ? 1 : 5 };
      const { ours, plain } = (await bench.built.run('open-csv', input)) as OpenCsvOutput;
      const name = `csv ${rows} x ${LARGE_COLUMNS} (${Math.round(statSync(path).size / 1e6)} MB)`;
      yield [{ ...beside(name, 'ms', ours, 'DuckDB read_csv', plain), steady: true }];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
