import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bench, type BenchCase, type BenchResult, figure, growth } from '../case';
import { contest, match, type Score, scoreOf, TURN_MS } from '../contest';
import { emContestant } from '../em-contestant';
import { emStart, writeStart } from '../em-start';

const base = { n: 50_000, d: 20, k: 4 };

/** What is doubled and doubled again, everything else as in the base. */
const sizes = {
  n: [12_500, 25_000, 50_000, 100_000, 200_000],
  d: [5, 10, 20, 40, 80],
  k: [2, 4, 8, 16],
} as const;

const named = ({ n, d, k }: typeof base) => `joint-em iteration n=${n} d=${d} k=${k}`;

/** An iteration for each number of threads, turn by turn. */
async function iteration(shape: typeof base, threads: readonly number[], bench: Bench): Promise<Score[]> {
  const folder = mkdtempSync(join(tmpdir(), 'moe-lab-bench-'));
  try {
    const data = join(folder, 'start.bin');
    writeStart(data, emStart(shape.n, shape.d, shape.k));
    const contestants = threads.map((count) =>
      emContestant(bench, {
        name: `${count}`,
        data,
        node: process.execPath,
        build: 'wasm-simd',
        threads: count,
        iterations: 6,
      }),
    );
    const rounds = bench.quick ? { warming: 1, counted: 2, turn: 0 } : { warming: 1, counted: 5, turn: TURN_MS };
    const scores = await contest(contestants, rounds);
    return contestants.map(({ name }) => scoreOf(name, scores));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One thread, with the exponents. */
async function growthIn(what: keyof typeof sizes, bench: Bench): Promise<BenchResult[]> {
  const all: readonly number[] = bench.quick ? sizes[what].slice(0, 3) : sizes[what];
  const measured: BenchResult[] = [];
  for (const size of all) {
    const shape = { ...base, [what]: size };
    const [one] = await iteration(shape, [1], bench);
    measured.push({ ...figure(named(shape), one.ms, 'ms'), steady: true });
  }
  // The least: it is what the arithmetic takes, whatever else went on.
  const costs = measured.map(({ ours }) => ours.min);
  return [
    ...measured,
    figure(`exponent in ${what}, over all sizes`, growth(all, costs), ''),
    figure(`exponent in ${what}, last doubling`, growth(all.slice(-2), costs.slice(-2)), ''),
  ];
}

async function onThreads(n: number, threads: number, bench: Bench): Promise<BenchResult> {
  const shape = { ...base, n };
  const [one, several] = await iteration(shape, [1, threads], bench);
  return match(`${named(shape)}, ${threads} threads`, several, '1 thread', one);
}

/** How an iteration of joint EM grows with rows, features and experts, with the exponent of each, and what threads that help bring. */
export const scaling: BenchCase = {
  name: 'scaling',
  async *run(bench) {
    yield await growthIn('n', bench);
    yield await growthIn('d', bench);
    yield await growthIn('k', bench);
    const counts = [2, 4, 8, 16].filter((threads) => threads <= availableParallelism());
    if (counts.length === 0) bench.skip('scaling over threads: there is one processor.');
    for (const threads of counts)
      for (const n of bench.quick ? sizes.n.slice(0, 1) : [12_500, 50_000, 200_000])
        yield [await onThreads(n, threads, bench)];
  },
};
