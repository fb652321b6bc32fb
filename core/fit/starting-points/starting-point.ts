import type { Problem } from '../../model/problem';
import type { Parameters } from '../../model/spec';
import type { Random } from '../../random';
import type { AppError } from '../../result';
import type { FitEvent, Outcome, Settings } from '../method';

/** Where a baseline begins. */
export interface Begun {
  readonly parameters: Parameters;
  /** Number of the first iteration after it: a start that is itself a fit has used some. */
  readonly firstIteration: number;
}

/** A way to choose the parameters that a baseline begins with: one file and one registry line. */
export interface StartingPoint {
  /** Value of the option `start`. */
  readonly id: string;
  /** Of each start, numbered where it is drawn; and in the form, with a capital. */
  readonly label: string;
  /** What is said when the baseline takes over. */
  readonly from: string;
  /** Whether restarts differ. */
  readonly drawn: boolean;
  /** Why it does not apply to this problem, or null. */
  refusal(problem: Problem, settings: Settings): AppError | null;
  /** The parameters, or how the search for them ended where it found none. */
  begin(problem: Problem, settings: Settings, random: Random): Generator<FitEvent, Begun | Outcome, void>;
}

export const hasBegun = (result: Begun | Outcome): result is Begun => 'firstIteration' in result;

/** A start that has its parameters at once. */
export const immediately = (parametersOf: (problem: Problem, random: Random) => Parameters): StartingPoint['begin'] =>
  // eslint-disable-next-line require-yield -- nothing happens that is worth an event
  function* (problem, _settings, random) {
    return { parameters: parametersOf(problem, random), firstIteration: 0 };
  };
