/** spectral-cost.js <json>: prints the lines of ../cases/spectral-cost.ts. */
import { spectralCandidates } from '../../../core/fit/spectral/spectral-candidates';
import type { Problem } from '../../../core/model/problem';
import { random } from '../../../core/random';
import { type BenchResult, figure } from '../case';
import { peakRise } from '../memory';
import { simulatedProblem } from '../problems';

interface Shape {
  readonly n: number;
  readonly d: number;
  readonly k: number;
}

const { quick } = JSON.parse(process.argv[2]) as { quick: boolean };
const base: Shape = quick ? { n: 2_000, d: 10, k: 4 } : { n: 50_000, d: 100, k: 4 };
const doubled: readonly Shape[] = [
  { ...base, n: 2 * base.n },
  { ...base, d: 2 * base.d },
  { ...base, k: 2 * base.k },
];

function problemOfShape({ n, d, k }: Shape): Problem {
  const settings = { rows: n, features: d, experts: k, sigma: 0.5, inputs: 'gaussian', gates: 'random' } as const;
  return simulatedProblem({ ...settings, seed: 1 }, { intercept: true }).problem;
}

/** Seconds of this thread, which a busy machine does not lengthen, and the memory beyond the rows; once, compilation included. */
async function measure(label: string, { n, d, k }: Shape, run: () => unknown): Promise<BenchResult> {
  const begun = process.cpuUsage();
  const { megabytes } = await peakRise(run);
  const { user, system } = process.cpuUsage(begun);
  const name = `spectral-cost ${label} n=${n} d=${d} k=${k}, +${megabytes.toFixed(0)} MB`;
  return figure(name, (user + system) / 1e6, 's');
}

/** Whitening, T2 and its eigenpairs, T3 in their span, Jacobi: what is needed before any EM. */
function directions(shape: Shape, moments: 'auto' | 'gmm'): Promise<BenchResult> {
  const problem = problemOfShape(shape);
  const options = { moments, components: moments === 'gmm' ? 2 : 0, decomposition: 'jacobi' } as const;
  return measure(`directions, moments=${moments},`, shape, () =>
    spectralCandidates(problem, ['none'], { ...options, random: random(1) }),
  );
}

const results = [await directions(base, 'auto')];
for (const shape of doubled) results.push(await directions(shape, 'auto'));
results.push(await directions(base, 'gmm'));
console.log(JSON.stringify(results));
