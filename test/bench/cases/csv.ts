import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { DuckDBInstance } from '@duckdb/node-api';
import { openTable } from '../../../core/data/table';
import { random } from '../../../core/random';
import { repeat, timing, type BenchCase } from '../case';

const ROWS = 500_000;
const COLUMNS = 21;

/** 500,000 x 21 numbers, about 100 MB. */
export async function writeLargeTable(path: string, rows = ROWS): Promise<void> {
  const stream = random(1);
  const file = createWriteStream(path);
  file.write(`${Array.from({ length: COLUMNS }, (_, j) => (j === COLUMNS - 1 ? 'y' : `x${j + 1}`)).join(',')}\n`);
  for (let i = 0; i < rows; i += 1000) {
    let text = '';
    for (let r = 0; r < 1000; r++)
      text += `${Array.from({ length: COLUMNS }, () => (10 * stream.normal()).toFixed(7)).join(',')}\n`;
    if (!file.write(text)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
}

async function plainDuckDb(path: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`create table cells as select * from read_csv('${path}')`);
  connection.closeSync();
  instance.closeSync();
}

/** From a file to a table with types, receipts and summaries, against DuckDB's own reader with its own guesses. */
export const csv: BenchCase = {
  name: 'csv',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'moe-lab-bench-'));
    const path = join(folder, 'large.csv');
    await writeLargeTable(path);
    const ours = await repeat(3, async () => {
      const table = await openTable(path, 'large.csv', {}, { tempFolder: folder });
      if (!table.ok) throw new Error(table.error.message);
      await table.value.close();
    });
    const theirs = await repeat(3, () => plainDuckDb(path));
    const megabytes = Math.round(statSync(path).size / 1e6);
    rmSync(folder, { recursive: true, force: true });
    const own = timing(ours, 'ms');
    const peer = timing(theirs, 'ms');
    return [
      {
        name: `csv ${ROWS} x ${COLUMNS} (${megabytes} MB)`,
        ours: own,
        peer: { name: 'DuckDB read_csv', median: peer.median, min: peer.min, max: peer.max },
        ratio: own.median / peer.median,
      },
    ];
  },
};
