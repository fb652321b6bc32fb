import type { Problem } from '../model/problem';
import type { TerminationCode } from './method';
import type { StartResult } from './run';

/** Endings whose parameters are those of a sound fit, finished or not. */
const sound: ReadonlySet<TerminationCode> = new Set(['converged', 'iteration-limit', 'time-limit', 'cancelled']);

export const isSound = (code: TerminationCode): boolean => sound.has(code);

/** A start as far as it has come; `termination` is null while it goes on. */
export interface Standing {
  readonly termination: TerminationCode | null;
  readonly objective: number;
}

/**
 * How much an ending is worth before objectives are compared: sound fits, and those that may yet be; then fits that are degenerate
 * but have a likelihood worth comparing; a sigma on its floor last, because its objective is large for the wrong reason.
 */
function rank({ termination, objective }: Standing): number {
  if (!Number.isFinite(objective)) return 0;
  if (termination === null || sound.has(termination)) return 3;
  return termination === 'sigma-floor' ? 1 : 2;
}

/** The start to keep: the highest training objective among the soundest endings, the first of equals; −1 without any. */
export function chooseBest(results: readonly Standing[]): number {
  let best = -1;
  results.forEach((result, index) => {
    const held = results[best];
    if (!held || rank(result) > rank(held) || (rank(result) === rank(held) && result.objective > held.objective))
      best = index;
  });
  return best;
}

/** Whether every start ran one expert's sigma to its floor, so that the fit must be repeated with one sigma for all. */
export const needsSharedRefit = ({ noise, k }: Problem, results: readonly StartResult[]): boolean =>
  noise.kind === 'per-expert' &&
  k > 1 &&
  results.length > 0 &&
  results.every((result) => result.termination === 'sigma-floor');

export const withSharedNoise = (problem: Problem): Problem => ({ ...problem, noise: { kind: 'shared' } });

export const sharedRefitNote =
  'In every start one expert came to fit a few rows exactly, so the fit was repeated with one noise level for all experts.';

/**
 * What the starts that were passed over say of the model: one that reached a higher objective with an expert that holds no rows
 * shows that the data ask for fewer experts.
 */
export function passedOverNotes(results: readonly StartResult[], best: number): string[] {
  const kept = results[best];
  if (!kept || !sound.has(kept.termination)) return [];
  const passed = results.filter(
    ({ termination, objective }) => termination === 'expert-emptied' && objective > kept.objective,
  ).length;
  if (passed === 0) return [];
  const starts = `${passed} of ${results.length} starts`;
  return [
    `${starts} fit better with an expert left without rows and ${passed === 1 ? 'was' : 'were'} passed over; try one expert fewer.`,
  ];
}

/** A method run to its end over all its starts. */
export interface RaceResult {
  /** Of the problem that counts: the repeated one after a shared refit. */
  readonly results: readonly StartResult[];
  /** Index of the start to keep. */
  readonly best: number;
  /** The problem solved: with shared noise after a refit. */
  readonly problem: Problem;
  readonly notes: readonly string[];
}
