import { setImmediate as breathe } from 'node:timers/promises';
import type { Check } from '../evaluate/types';
import { count, plainNumber } from '../evaluate/words';
import { type LocalRate, localRate, observedRate } from '../fit/rate/rate';
import type { StartResult } from '../fit/run';
import { Cancelled } from '../kernels/pass';
import type { Problem } from '../model/problem';
import type { Parameters } from '../model/spec';
import type { RateReport } from '../protocol';

/** Stages that are joint EM over everything: what they come to rest at is what the rate belongs to. */
const EM_STAGES: readonly string[] = ['em', 'polish'];

/** From here on a direction is known so badly that it should be said: its standard error is seven times that of known experts. */
const SLOW = 0.98;
/** Below this a rate is as good as 0. */
const LEAST = 0.005;
/** An observed rate so far below the predicted one was not yet that of the slowest direction. */
const EARLY = 0.05;

/** The local rate at fitted parameters; null where it was cancelled. */
export type RateAt = (problem: Problem, parameters: Parameters) => Promise<LocalRate | null>;

/**
 * The rate of EM at the fit that was kept, predicted from the missing information and observed in its last iterations. Null where the
 * fit did not end in joint EM, was stopped, or has one expert.
 */
export async function convergenceRate(
  problem: Problem,
  best: StartResult,
  rateAt: RateAt = rateHere,
): Promise<RateReport | null> {
  const ended = best.termination === 'converged' || best.termination === 'iteration-limit';
  if (problem.k < 2 || !ended || !EM_STAGES.includes(best.stage)) return null;
  const local = await rateAt(problem, best.parameters);
  return local && rateReport(local, observedRate(best.trace, best.stage));
}

/** Computed in this thread; others may run between its passes over the rows. */
export async function rateHere(problem: Problem, parameters: Parameters): Promise<LocalRate | null> {
  try {
    const steps = localRate(problem, parameters);
    let step = steps.next();
    for (; !step.done; step = steps.next()) await breathe();
    return step.value;
  } catch (error) {
    if (error instanceof Cancelled) return null;
    throw error;
  }
}

/** The two rates in words. */
export function rateReport(local: LocalRate, observed: number | null): RateReport {
  if (!local.known) return { predicted: null, observed, iterationsPerDigit: null, sentence: unknown[local.because] };
  const { rate } = local;
  const early = observed !== null && observed < rate - EARLY ? ', while quicker parts were still settling' : '';
  const seen = observed === null ? '' : `; the last iterations kept ${kept(observed)}${early}`;
  const iterationsPerDigit = rate > 0 ? Math.max(1, Math.log(10) / -Math.log(rate)) : 1;
  const digit = `a further digit takes about ${count(Number(Math.round(iterationsPerDigit).toPrecision(2)), 'iteration')}`;
  const speed = `Near this solution each EM iteration keeps ${rate < LEAST ? '' : 'about '}${kept(rate)} of the remaining error, so ${digit}${seen}.`;
  return { predicted: rate, observed, iterationsPerDigit, sentence: rate < SLOW ? speed : `${speed} ${slow(rate)}` };
}

/** The same as a light among the checks: a rate that was not worth the work is no reason to worry. */
export const rateCheck = ({ predicted, sentence }: RateReport): Check => ({
  id: 'convergence-rate',
  light: (predicted === null ? sentence === unknown['too-large'] : predicted < SLOW) ? 'green' : 'amber',
  sentence,
});

/** Along the slowest direction the observed information is 1 − ρ of the complete one: a standard error 1 / √(1 − ρ) times as large. */
const slow = (rate: number): string =>
  `That is slow because rows do not tell which expert made them: some combination of the experts’ numbers has a standard error ${plainNumber(1 / Math.sqrt(1 - rate), 2)} times that of rows whose expert is known; try fewer experts.`;

const unknown: Record<Extract<LocalRate, { known: false }>['because'], string> = {
  'too-large': 'The convergence rate of EM was not computed: there are too many numbers to estimate for a quick look.',
  'not-at-rest':
    'The fit is not at rest, so the convergence rate of EM cannot be told: allow more iterations, or try fewer experts.',
  'no-maximum':
    'The likelihood is flat in some direction at this solution, so EM comes to rest there ever more slowly: try fewer experts.',
};

/** "66%", with as many digits as tell it from 100%. */
function kept(rate: number): string {
  const digits = rate > 0.99 ? Math.ceil(-Math.log10(1 - rate)) - 1 : 0;
  return rate < LEAST ? 'less than 1%' : `${(100 * rate).toFixed(digits)}%`;
}
