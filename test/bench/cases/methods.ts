import { type Bench, type BenchCase, type BenchResult, figure, growth } from '../case';
import type { FitSimulatedInput, FitSimulatedOutput } from '../programs/fit-simulated';

const settings: readonly FitSimulatedInput[] = [
  { method: 'spectral-em', n: 100_000, d: 100, k: 4 },
  { method: 'l4-llog', n: 100_000, d: 50, k: 4 },
];

/** Iterations of the fits that are compared with each other: to the end they differ in more than size. */
const EQUAL = 20;

const run = async (input: FitSimulatedInput, bench: Bench) =>
  (await bench.built.run('fit-simulated', input)) as FitSimulatedOutput;

async function whole(input: FitSimulatedInput, bench: Bench): Promise<BenchResult[]> {
  const { seconds, iterations, termination, peakMegabytes, megabytesBefore } = await run(input, bench);
  const { method, n, d, k, polish } = input;
  const name = `${method} n=${n} d=${d} k=${k}${polish === false ? ' without polish' : ''}`;
  return [
    figure(`${name}: whole fit, 1 thread, ${iterations} iterations, ${termination}`, seconds, 's'),
    figure(`${name}: peak memory of the process`, peakMegabytes, 'MB'),
    figure(`${name}: of it beyond the rows`, peakMegabytes - megabytesBefore, 'MB'),
  ];
}

/** The exponents of the time of moments and some iterations, from twice and four times the rows, features and experts. */
async function* exponents(full: FitSimulatedInput, bench: Bench): AsyncGenerator<BenchResult[]> {
  const short = { ...full, polish: false, maxIterations: EQUAL };
  for (const what of ['n', 'd', 'k'] as const) {
    // The papers' methods need as many features as experts: k grows from the setting, n and d grow to it.
    const sizes = what === 'k' ? [full.k, 2 * full.k] : [0.25, 0.5, 1].map((share) => Math.ceil(share * full[what]));
    const results: BenchResult[] = [];
    const seconds: number[] = [];
    for (const size of sizes) {
      const input = { ...short, [what]: size };
      const taken = (await run(input, bench)).seconds;
      seconds.push(taken);
      results.push(figure(`${full.method} n=${input.n} d=${input.d} k=${input.k}, ${EQUAL} iterations`, taken, 's'));
    }
    yield [...results, figure(`${full.method}: exponent in ${what}`, growth(sizes, seconds), '')];
  }
}

/** The papers' methods at sizes they must bear: time, memory, and how the time grows. */
export const methods: BenchCase = {
  name: 'methods',
  heavy: true,
  async *run(bench) {
    for (const setting of settings) {
      const full = bench.quick ? { ...setting, n: 4_000, d: 32 } : setting;
      yield await whole({ ...full, polish: false }, bench);
      yield await whole(full, bench);
      yield* exponents(full, bench);
    }
  },
};
