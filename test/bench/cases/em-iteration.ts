import { runStart } from '../../../core/fit/run';
import { completeSettings } from '../../../core/fit/settings';
import { jointEm } from '../../../core/fit/joint-em';
import { timing, type BenchCase, type BenchResult } from '../case';
import { simulatedProblem } from '../problems';

/** One pass of joint EM (E-step, weighted least squares, gate step), one thread. */
async function measure(n: number, d: number, k: number): Promise<BenchResult> {
  const { problem } = simulatedProblem({
    rows: n,
    features: d,
    experts: k,
    sigma: 0.5,
    inputs: 'gaussian',
    gates: 'random',
    seed: 1,
  });
  const settings = completeSettings(jointEm, { restarts: 1, maxIterations: 12, tolerance: 1e-12 });
  if (!settings.ok) throw new Error(settings.error.message);
  const [start] = jointEm.starts(problem, settings.value);
  const marks: number[] = [];
  const onEvent = () => void marks.push(performance.now());
  const hooks = { now: () => performance.now() / 1000, timeLimit: null, onEvent };
  const result = runStart({ ...problem, intercept: true }, jointEm, settings.value, start, 1, hooks);
  if (!result.ok) throw new Error(result.error.message);
  // The first iterations pay for compilation.
  const taken = marks.slice(3).map((mark, i) => mark - marks[i + 2]);
  return { name: `em-iteration n=${n} d=${d} k=${k}`, ours: timing(taken, 'ms'), peer: null, ratio: null };
}

export const emIteration: BenchCase = {
  name: 'em-iteration',
  run: async () => [await measure(1_000, 8, 3), await measure(100_000, 20, 4)],
};
