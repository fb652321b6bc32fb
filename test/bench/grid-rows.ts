/**
 * How long the grid's questions take on a large table, each asked for the first time and again:
 *   node scripts/run-ts.mjs test/bench/grid-rows.ts [rows] [columns]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { random } from '../../core/random';
import { openTable, type Sight } from '../../core/data/table';

const rows = Number(process.argv[2] ?? 500_000);
const columns = Number(process.argv[3] ?? 21);
const folder = mkdtempSync(join(tmpdir(), 'moe-lab-grid-'));
const path = join(folder, 'large.csv');
const stream = random(1);
const file = await open(path, 'w');
await file.write(`${Array.from({ length: columns }, (_, j) => (j ? `x${j}` : 'kind')).join(',')}\n`);
for (let from = 0; from < rows; from += 10_000) {
  const lines = Array.from({ length: Math.min(10_000, rows - from) }, () =>
    Array.from({ length: columns }, (_, j) => (j ? stream.normal().toFixed(4) : ['a', 'b', 'c'][stream.integer(3)])),
  );
  await file.write(`${lines.map((cells) => cells.join(',')).join('\n')}\n`);
}
await file.close();

const pause = { longest: 0, last: performance.now() };
const beat = setInterval(() => {
  const now = performance.now();
  pause.longest = Math.max(pause.longest, now - pause.last - 5);
  pause.last = now;
}, 5);
const timed = async (name: string, act: () => Promise<unknown>): Promise<void> => {
  for (const time of ['first', 'again']) {
    pause.longest = 0;
    const begun = performance.now();
    await act();
    const milliseconds = performance.now() - begun;
    await new Promise((resolve) => setTimeout(resolve, 20));
    console.log(
      `${name}, ${time}: ${milliseconds.toFixed(0)} ms; the thread was kept for ${pause.longest.toFixed(0)} ms at most`,
    );
  }
};

const opened = await openTable(path, 'large.csv', {}, { tempFolder: folder });
if (!opened.ok) throw new Error(opened.error.message);
const table = opened.value;
console.log(`${rows.toLocaleString('en')} x ${columns} read in ${table.info.seconds.toFixed(1)} s`);
const filtered: Sight = { filter: [{ column: 'x1', kind: 'range', min: 0.5, max: null }] };
const sorted: Sight = { ...filtered, sort: { column: 'x2', descending: true } };
const start = { position: 0, column: -1 };
await timed('a page', () => table.page(rows / 2, 200));
await timed('a page of a filter', () => table.page(0, 200, filtered));
await timed('a page of a filter, sorted', () => table.page(1000, 200, sorted));
await timed('find a text that is often there', () => table.find({ kind: 'text', text: '1.5' }, {}, start, false));
await timed('find a text that is not there', () => table.find({ kind: 'text', text: 'zebra' }, {}, start, false));
await timed('find within the filter', () => table.find({ kind: 'text', text: '2.25' }, sorted, start, true));
await timed('the values of a column', () => table.levels('kind', '', 0, 50));
await timed('the values of a column of numbers', () => table.levels('x1', '', 0, 50));
clearInterval(beat);
await table.close();
rmSync(folder, { recursive: true, force: true });
