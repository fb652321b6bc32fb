import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import process from 'node:process';
import { openTable } from '../../core/data/table';
import { random } from '../../core/random';

/**
 * node scripts/run-ts.mjs test/bench/import.ts [rows] [columns]: seconds until a table can be used, processor time of all threads, the
 * longest pause of the thread that answers, and the peak of memory.
 */
const rows = Number(process.argv[2] ?? 200_000);
const columns = Number(process.argv[3] ?? 20);
const folder = mkdtempSync(join(tmpdir(), 'moe-lab-import-'));
try {
  const path = join(folder, 'large.csv');
  const file = createWriteStream(path);
  const stream = random(1);
  file.write(`${Array.from({ length: columns }, (_, j) => `x${j + 1}`).join()}\n`);
  for (let from = 0; from < rows; from += 1000) {
    const lines = Array.from({ length: Math.min(1000, rows - from) }, () =>
      Array.from({ length: columns }, (_, j) =>
        j % 5 === 4 ? stream.integer(1000) : stream.normal().toFixed(4),
      ).join(),
    );
    if (!file.write(`${lines.join('\n')}\n`)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');

  const delays = monitorEventLoopDelay({ resolution: 10 });
  delays.enable();
  const started = performance.now();
  const used = process.cpuUsage();
  const opened = await openTable(path, 'large.csv', {}, { tempFolder: folder });
  if (!opened.ok) throw new Error(opened.error.message);
  await opened.value.page(rows - 20, 20);
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(used);
  delays.disable();
  const mb = (bytes: number) => `${Math.round(bytes / 1e6).toLocaleString('en')} MB`;
  console.log(
    `${rows.toLocaleString('en')} x ${columns} (${mb(statSync(path).size)}): usable after ${seconds.toFixed(1)} s, ${((user + system) / 1e6).toFixed(1)} s of processor time, longest pause ${(delays.max / 1e9).toFixed(2)} s, peak memory ${mb(process.resourceUsage().maxRSS * 1024)}`,
  );
  await opened.value.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
