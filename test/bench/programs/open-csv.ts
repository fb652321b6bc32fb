/** open-csv.js <json>: opens a CSV as the application does and as plain DuckDB does, in turn; prints milliseconds of both. */
import { tmpdir } from 'node:os';
import { DuckDBInstance } from '@duckdb/node-api';
import { openTable } from '../../../core/data/table';

export interface OpenCsvInput {
  readonly path: string;
  readonly rounds: number;
}

export interface OpenCsvOutput {
  readonly ours: readonly number[];
  readonly plain: readonly number[];
}

const { path, rounds } = JSON.parse(process.argv[2]) as OpenCsvInput;

async function openOurs(): Promise<void> {
  const table = await openTable(path, 'large.csv', {}, { tempFolder: tmpdir() });
  if (!table.ok) throw new Error(table.error.message);
  await table.value.close();
}

async function openPlain(): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`create table cells as select * from read_csv('${path}')`);
  connection.closeSync();
  instance.closeSync();
}

async function clock(what: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await what();
  return performance.now() - begun;
}

const output = { ours: [] as number[], plain: [] as number[] };
for (let round = 0; round <= rounds; round++) {
  const [ours, plain] = [await clock(openOurs), await clock(openPlain)];
  // The first round warms up.
  if (round === 0) continue;
  output.ours.push(ours);
  output.plain.push(plain);
}
console.log(JSON.stringify(output satisfies OpenCsvOutput));
