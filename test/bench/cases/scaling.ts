import { type Bench, type BenchCase, type BenchResult, figure, growth } from '../case';
import type { FitSimulatedInput, FitSimulatedOutput } from '../programs/fit-simulated';

const base = { n: 50_000, d: 20, k: 4 };

/** What is doubled and doubled again, everything else as in the base. */
const sizes = {
  n: [12_500, 25_000, 50_000, 100_000, 200_000],
  d: [5, 10, 20, 40, 80],
  k: [2, 4, 8, 16],
} as const;

/** Milliseconds of an iteration: the median of those after the first three, which pay for compilation. */
async function iteration(shape: typeof base, bench: Bench): Promise<BenchResult> {
  const input: FitSimulatedInput = { method: 'joint-em', ...shape, maxIterations: bench.quick ? 6 : 12, polish: false };
  const { steps } = (await bench.built.run('fit-simulated', input)) as FitSimulatedOutput;
  const ms = steps.slice(3).map((seconds) => 1000 * seconds);
  return { ...figure(`joint-em iteration n=${shape.n} d=${shape.d} k=${shape.k}`, ms, 'ms'), steady: true };
}

/** How an iteration of joint EM, in one thread, grows with rows, features and experts, with the exponent of each. */
export const scaling: BenchCase = {
  name: 'scaling',
  async run(bench) {
    const results: BenchResult[] = [];
    for (const [what, all] of Object.entries(sizes)) {
      const taken = bench.quick ? all.slice(0, 3) : all;
      const measured: BenchResult[] = [];
      for (const size of taken) measured.push(await iteration({ ...base, [what]: size }, bench));
      // The least: it is what the arithmetic takes, whatever else went on.
      const costs = measured.map(({ ours }) => ours.min);
      const last = growth(taken.slice(-2), costs.slice(-2));
      results.push(...measured, figure(`exponent in ${what}, over all sizes`, growth(taken, costs), ''));
      results.push(figure(`exponent in ${what}, last doubling`, last, ''));
    }
    return results;
  },
};
