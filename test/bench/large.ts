/**
 * A fit on more rows than the memory it may use, by the built command line: node scripts/run-ts.mjs test/bench/large.ts
 * [rows, 10000000] [memory, 2GB] [columns, 20] [experts, 4] [method and its options, joint-em]. Needs `npm run build`, and twice the
 * table's size of room in the folder for temporary files. Prints the plan as the program tells it, the time of each part, the time of
 * an iteration and the most memory the process had; with `compare` as the last word also the fit in memory, which must have the same
 * digits. LARGE_TABLE names a table written before.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { isDeepStrictEqual } from 'node:util';
import { megabytesOf } from './memory';
import { writeMixtureTable } from './write-table';

const words = process.argv.slice(2);
const compare = words.at(-1) === 'compare';
if (compare) words.pop();
const [rows = '10000000', memory = '2GB', columns = '20', experts = '4', method = 'joint-em', ...options] = words;
const program = resolve('out/main/cli.js');
/** Iterations are all alike: a few say how long one takes. */
const ITERATIONS = 8;

interface Ran {
  readonly seconds: number;
  /** MB; NaN where the system does not tell. */
  readonly peak: number;
  readonly iteration: number;
  readonly first: number;
  readonly model: unknown;
}

async function run(table: string, folder: string, limit: string): Promise<Ran> {
  const [out, trace] = ['model.json', 'trace.csv'].map((name) => join(folder, name));
  const args = ['fit', table, '--target', 'y', '--experts', experts, '--method', method, '--restarts', '1'];
  const more = options.flatMap((option) => ['--option', option]);
  const limits = ['--max-iterations', String(ITERATIONS), '--tolerance', '1e-300', '--memory', limit];
  const begun = performance.now();
  const child = spawn(process.execPath, [program, ...args, ...more, ...limits, '--out', out, '--trace', trace], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let peak = Number.NaN;
  const timer = setInterval(() => {
    if (child.pid !== undefined) peak = megabytesOf(child.pid, 'VmHWM') ?? peak;
  }, 50);
  const status = await new Promise((ended) => child.on('close', ended));
  clearInterval(timer);
  if (status !== 0) throw new Error(`moe-lab fit ended with ${String(status)}.`);
  const [head, ...points] = readFileSync(trace, 'utf8')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  const times = points.map((point) => Number(point[head.indexOf('seconds')]));
  const steps = times
    .slice(1)
    .map((time, i) => time - times[i])
    .sort((a, b) => a - b);
  const { experts: lines, gates, metrics } = JSON.parse(readFileSync(out, 'utf8')) as Record<string, unknown>;
  return {
    seconds: (performance.now() - begun) / 1000,
    peak,
    first: times[0],
    iteration: steps[Math.floor(steps.length / 2)],
    model: { lines, gates, metrics },
  };
}

function tell(name: string, { seconds, peak, first, iteration }: Ran): void {
  console.log(
    `${name}: ${seconds.toFixed(1)} s in all, ${first.toFixed(2)} s to the first figures of the fit, ${iteration.toFixed(3)} s an iteration, ${peak.toFixed(0)} MB at most`,
  );
}

async function main(): Promise<void> {
  if (!existsSync(program)) throw new Error(`There is no ${program}: npm run build makes it.`);
  const folder = mkdtempSync(join(tmpdir(), 'moe-lab-bench-'));
  try {
    const given = process.env.LARGE_TABLE;
    const table = given ?? join(folder, 'large.csv');
    if (given === undefined) await writeMixtureTable(table, Number(rows), Number(columns), Number(experts));
    console.log(`${table}: ${(statSync(table).size / 1e9).toFixed(2)} GB`);
    const onFile = await run(table, folder, memory);
    tell(`with ${memory}`, onFile);
    if (!compare) return;
    const inMemory = await run(table, folder, '1TB');
    tell('in memory', inMemory);
    const same = isDeepStrictEqual(onFile.model, inMemory.model);
    console.log(same ? 'The digits are the same.' : 'THE DIGITS DIFFER.');
    if (!same) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
