import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Bench, type BenchCase, type BenchResult, beside, figure, timing } from '../case';
import type { FitSplitInput, FitSplitOutput } from '../programs/fit-split';
import { type SplitRows, splitRows } from '../split-rows';

/** What r/flexmix.R prints; null where a restart failed. */
interface FlexmixOutput {
  readonly seconds: number;
  readonly logLikelihood: readonly (number | null)[];
  readonly iterations: readonly number[];
  readonly nan: number;
}

const run = promisify(execFile);

/** The most that our time on two threads may be of flexmix's. */
const MOST_TIME = 1 / 40;
/** Percent by which the median log-likelihood may fall short of flexmix's best. */
const MOST_SHORT = 1;

/** Whether R and the package are here. */
export const hasFlexmix = (): boolean => spawnSync('Rscript', ['-e', 'library(flexmix)']).status === 0;

function csvOf({ x, y }: SplitRows['train'], d: number): string {
  const header = [...Array.from({ length: d }, (_, j) => `x${j + 1}`), 'y'].join();
  return `${[header, ...y.map((target, row) => [...x.slice(row * d, (row + 1) * d), target].join())].join('\n')}\n`;
}

async function compare(name: string, k: number, bench: Bench, folder: string): Promise<BenchResult[]> {
  const rows = splitRows(name, bench.data ?? '', bench.reference ?? '');
  const paths = { rows: join(folder, 'rows.json'), train: join(folder, 'train.csv'), test: join(folder, 'test.csv') };
  writeFileSync(paths.rows, JSON.stringify(rows));
  writeFileSync(paths.train, csvOf(rows.train, rows.d));
  writeFileSync(paths.test, csvOf(rows.test, rows.d));
  const restarts = bench.quick ? 2 : 10;
  const ours = async (seeds: readonly number[], threads: number) => {
    const input: FitSplitInput = { rows: paths.rows, k, seeds, restarts, threads };
    return (await bench.built.run('fit-split', input)) as FitSplitOutput;
  };
  // Half of ours before and half after, so that what the machine does beside falls on both.
  const half = bench.quick ? [1] : [1, 2, 3, 4, 5];
  const later = half.map((seed) => half.length + seed);
  const both = await ours(half, 2);
  const one = await ours(half, 1);
  const words = [paths.train, paths.test, `${k}`, '1', `${restarts}`];
  const { stdout } = await run('Rscript', ['test/bench/r/flexmix.R', ...words]);
  const theirs = JSON.parse(stdout) as FlexmixOutput;
  both.push(...(await ours(later, 2)));
  one.push(...(await ours(later, 1)));
  const reached = theirs.logLikelihood.filter((value) => value !== null);
  const shape = `${name} k=${k}, ${restarts} restarts`;
  const seconds = (fits: FitSplitOutput) => fits.map((fit) => fit.seconds);
  const failed = theirs.logLikelihood.length - reached.length;
  const peer = failed === 0 ? 'flexmix' : `flexmix (${failed} of ${restarts} restarts failed)`;
  const likelihoods = timing(
    both.map((fit) => fit.logLikelihood),
    'nats',
  );
  const top = Math.max(...reached);
  const asked = (most: number) => (bench.quick ? {} : { asked: most });
  return [
    { ...beside(`${shape}, 2 threads`, 's', seconds(both), peer, [theirs.seconds]), ...asked(MOST_TIME) },
    beside(`${shape}, 1 thread`, 's', seconds(one), peer, [theirs.seconds]),
    {
      name: `${shape}: training log-likelihood, ${both.length} seeds`,
      ours: likelihoods,
      peer: { name: 'flexmix, its best', median: top, min: Math.min(...reached), max: top },
      ratio: null,
    },
    {
      ...figure(
        `${shape}: by how much its median falls short of flexmix’s best`,
        (100 * (top - likelihoods.median)) / Math.abs(top),
        '%',
      ),
      ...asked(MOST_SHORT),
    },
    {
      ...figure(
        `${shape}: predictions that are no numbers, all seeds`,
        both.reduce((sum, fit) => sum + fit.nan, 0),
        '',
      ),
      peer: { name: 'flexmix, its best', median: theirs.nan, min: theirs.nan, max: theirs.nan },
      ...asked(0),
    },
  ];
}

/** Whole fits of real tables with equal restarts, both from the same split; R's and Node's start-up are left out on both sides. */
export const flexmix: BenchCase = {
  name: 'flexmix',
  async *run(bench) {
    const missing =
      bench.data === null || bench.reference === null
        ? 'it needs --data (concrete.csv, airfoil.csv) and --reference (split_*.json)'
        : hasFlexmix()
          ? null
          : 'there is no Rscript with the package flexmix';
    if (missing !== null) {
      bench.skip(`flexmix: ${missing}.`);
      return;
    }
    const folder = mkdtempSync(join(tmpdir(), 'moe-lab-bench-'));
    try {
      for (const name of ['concrete', 'airfoil']) for (const k of [3, 4]) yield await compare(name, k, bench, folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
