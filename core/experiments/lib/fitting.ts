import { em } from '../../fit/em/em';
import { leastSquares } from '../../fit/em/expert-step';
import { methodById } from '../../fit';
import type { Fit, Method, Settings, TerminationCode } from '../../fit/method';
import { chooseBest, needsSharedRefit, withSharedNoise } from '../../fit/race';
import { runStart, type StartResult } from '../../fit/run';
import { completeSettings } from '../../fit/settings';
import { originalUnits } from '../../fit/trace';
import { Cancelled } from '../../kernels/pass';
import { normalise } from '../../model/normalise';
import type { Problem } from '../../model/problem';
import type { Parameters } from '../../model/spec';
import { random } from '../../random';

/** How a method is run in an experiment; options and polish not said are the method's own defaults and off, as in the papers. */
export type FitChoice = Partial<Omit<Settings, 'options'>> & { readonly options?: Readonly<Record<string, unknown>> };

/**
 * Seeds of data and of fits are apart: the first draws of one stream must not be the true model and also the start of the fit that
 * looks for it.
 */
const FIT_SEEDS = 1 << 20;

/** The best start of a method, as the application chooses it, in this thread. Throws a sentence where the method cannot run. */
export function fitWith(problem: Problem, method: string, choice: FitChoice, seed: number): StartResult {
  const results = fitStarts(problem, method, choice, seed);
  const kept = needsSharedRefit(problem, results) ? fitStarts(withSharedNoise(problem), method, choice, seed) : results;
  return kept[chooseBest(kept)];
}

/** Every start of a method, in its order. */
export function fitStarts(problem: Problem, id: string, choice: FitChoice, seed: number): StartResult[] {
  const { method, settings } = complete(id, choice);
  // Time is no part of what is measured: a task has the same digits wherever it runs.
  const hooks = { now: () => 0, timeLimit: null, onEvent: () => undefined };
  return method.starts(problem, settings).map((start) => {
    const result = runStart(problem, method, settings, start, FIT_SEEDS + seed, hooks);
    stopIfCancelled(problem);
    if (!result.ok) throw new Error(result.error.message);
    return result.value;
  });
}

/** One iteration of a fit. */
export interface Step {
  readonly iteration: number;
  readonly stage: string;
  /** Mean per row, target in original units, as in StartResult; NaN where the stage has none. */
  readonly logLikelihood: number;
  /** Sum over rows with the penalty, target in original units. */
  readonly objective: number;
  readonly parameters: Parameters;
}

export interface Trajectory {
  readonly steps: readonly Step[];
  readonly termination: TerminationCode;
}

/** A start of a method with the parameters of every iteration: what figures against iterations are made of. */
export function trajectory(problem: Problem, id: string, choice: FitChoice, seed: number, index = 0): Trajectory {
  const { method, settings } = complete(id, choice);
  const refusal = method.refusal(problem, settings);
  if (refusal) throw new Error(refusal.message);
  const { problem: inner, restore } = normalise(problem);
  const start = method.starts(inner, settings)[index];
  return follow(problem, method.fit(inner, settings, start, random(FIT_SEEDS + seed, start.stream)), restore);
}

/** EM with every parameter free from given parameters: with the truth, where a fit that has found everything ends. */
export function emFrom(
  problem: Problem,
  start: Parameters,
  { maxIterations = 1000, tolerance = 1e-9 }: { readonly maxIterations?: number; readonly tolerance?: number } = {},
): Trajectory & { readonly last: Step } {
  const fit = em(problem, start, { stage: 'em', expertStep: leastSquares, maxIterations, tolerance });
  const followed = follow(problem, fit, (parameters) => parameters);
  const last = followed.steps.at(-1);
  if (!last) throw new Error('EM broke down at its start.');
  return { ...followed, last };
}

/**
 * Whether a fit has reached what EM from the truth reaches, for practical purposes the global maximum: a mean log-likelihood at
 * most 2/n below it.
 */
export const hasSucceeded = (problem: Problem, reached: number, fromTruth: number): boolean =>
  reached >= fromTruth - 2 / problem.train.n;

function complete(id: string, choice: FitChoice): { method: Method; settings: Settings } {
  const method = methodById(id);
  if (!method) throw new Error(`There is no method named ${id}.`);
  const settings = completeSettings(method, { polish: false, ...choice });
  if (!settings.ok) throw new Error(settings.error.message);
  return { method, settings: settings.value };
}

function follow(problem: Problem, fit: Fit, restore: (parameters: Parameters) => Parameters): Trajectory {
  const units = originalUnits(problem);
  const steps: Step[] = [];
  for (;;) {
    const next = fit.next();
    stopIfCancelled(problem);
    if (next.done === true) return { steps, termination: next.value.termination };
    if (next.value.type !== 'iteration') continue;
    const { iteration, stage, parameters } = next.value;
    steps.push({
      iteration,
      stage,
      logLikelihood: units.logLikelihood(next.value.logLikelihood),
      objective: units.objective(next.value.objective),
      parameters: restore(parameters),
    });
  }
}

/** A fit that was stopped is not a measurement. */
function stopIfCancelled({ cancel }: Problem): void {
  if (Atomics.load(cancel, 0) !== 0) throw new Cancelled();
}
