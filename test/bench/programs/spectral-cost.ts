/** spectral-cost.js <json>: prints the lines of ../cases/spectral-cost.ts. */
import { runStart } from '../../../core/fit/run';
import { completeSettings } from '../../../core/fit/settings';
import { spectralCandidates } from '../../../core/fit/spectral/spectral-candidates';
import { spectralEm } from '../../../core/fit/spectral-em';
import type { Problem } from '../../../core/model/problem';
import { random } from '../../../core/random';
import { type BenchResult, figure } from '../case';
import { peakMemory } from '../peak-memory';
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
  const { megabytes } = await peakMemory(run);
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

/** The whole method without polish: directions of both bases, gate and calibration to their end. */
async function whole(shape: Shape): Promise<BenchResult> {
  const problem = problemOfShape(shape);
  const settings = completeSettings(spectralEm, { polish: false });
  if (!settings.ok) throw new Error(settings.error.message);
  const [start] = spectralEm.starts(problem, settings.value);
  const hooks = { now: () => performance.now() / 1000, timeLimit: null, onEvent: () => undefined };
  let iterations = 0;
  const result = await measure('fit without polish,', shape, () => {
    const fitted = runStart(problem, spectralEm, settings.value, start, 1, hooks);
    if (!fitted.ok) throw new Error(fitted.error.message);
    ({ iterations } = fitted.value);
  });
  return { ...result, name: `${result.name}, ${iterations} iterations` };
}

const results = [await directions(base, 'auto')];
for (const shape of doubled) results.push(await directions(shape, 'auto'));
results.push(await directions(base, 'gmm'), await whole(base));
for (const shape of doubled) results.push(await whole(shape));
console.log(JSON.stringify(results));
