import type { Problem } from '../model/problem';
import type { Parameters } from '../model/spec';
import type { Random } from '../random';
import type { AppError } from '../result';
import type { StartResult } from './run';

/** Why a fit ended. Public: model.json, fit --json. */
export const terminationCodes = [
  'converged',
  'iteration-limit',
  'time-limit',
  'cancelled',
  'diverged',
  'expert-emptied',
  'experts-coincide',
  'sigma-floor',
  'not-identified',
  'numerical-failure',
] as const;
export type TerminationCode = (typeof terminationCodes)[number];

/** One option of a method. The table feeds the form, the validator, the command line, the docs and the checks. */
export type Option = {
  readonly name: string;
  readonly label: string;
  readonly meaning: string;
  readonly advanced?: boolean;
} & (
  | { readonly type: 'choice'; readonly choices: readonly { value: string; label: string }[]; readonly default: string }
  | { readonly type: 'number'; readonly min: number; readonly max: number; readonly default: number }
  | { readonly type: 'boolean'; readonly default: boolean }
);
export type OptionValues = Readonly<Record<string, string | number | boolean>>;

/** What every method is told besides the problem. */
export interface Settings {
  /** Random starts of methods that use them. */
  readonly restarts: number;
  /** Finish by joint EM with every parameter free. */
  readonly polish: boolean;
  readonly maxIterations: number;
  /** Stop when the objective gains less than this a row. */
  readonly tolerance: number;
  /** Complete and valid for the method's option table. */
  readonly options: OptionValues;
}

/** One independent start of a method. Starts run in any order on any worker: the stream number makes each reproducible. */
export interface Start {
  readonly label: string;
  readonly method: string;
  readonly stream: number;
}

export type FitEvent =
  | { readonly type: 'stage'; readonly stage: string; readonly label: string }
  | { readonly type: 'note'; readonly sentence: string }
  | { readonly type: 'check'; readonly check: Check }
  | {
      readonly type: 'iteration';
      readonly stage: string;
      /** Counts passes over the data from 0, over all stages of the start. */
      readonly iteration: number;
      /** Mean per row, nats, target in fit coordinates, without the penalty. NaN where the stage has no likelihood. */
      readonly logLikelihood: number;
      /** Sum over rows, with the penalty. */
      readonly objective: number;
      /** Largest absolute change of a parameter since the last iteration; NaN at the first. */
      readonly parameterChange: number;
      readonly trainRmse: number;
      /**
       * Mean over the rows of KL(r_t ‖ r_{t+1}), nats: how far the responsibilities moved since the last iteration. NaN at the first;
       * absent where a stage has none.
       */
      readonly kl?: number;
      /** The parameters all these figures belong to. The method does not write to them again. */
      readonly parameters: Parameters;
    };

/** An assumption looked at on this data: a light, what is so, and what to try. */
export interface Check {
  readonly id: string;
  readonly light: 'green' | 'amber' | 'red';
  readonly sentence: string;
}

/** How a start ended, with its best parameters. */
export interface Outcome {
  readonly parameters: Parameters;
  readonly termination: TerminationCode;
  readonly stage: string;
  readonly iterations: number;
  readonly logLikelihood: number;
  readonly objective: number;
}

/** A fit in progress: next() does one step, not calling next() cancels it. */
export type Fit = Generator<FitEvent, Outcome, void>;

/** What a start costs. */
export interface Work {
  /** Rows looked at in all. */
  readonly rows: number;
  /** Whether each expert's normal matrix is made of them. */
  readonly moments: boolean;
}

export interface Method {
  readonly id: string;
  readonly name: string;
  /** Two lines in plain words for the method card. */
  readonly summary: string;
  readonly promise: string;
  readonly assumes: readonly string[];
  /** Ids of the checks (evaluate/checks) that the promise rests on, beside those that matter to every fit. */
  readonly restsOn?: readonly string[];
  /** When another method is the better choice. */
  readonly whenNot: string;
  readonly source: string;
  /** A number of experts that is the method's own, whatever is asked for. */
  readonly experts?: number;
  /** A response that is the method's own, whatever is asked for. */
  readonly activation?: 'linear';
  readonly options: readonly Option[];
  /** Why the method cannot run on this problem, or null. Said before anything runs. */
  refusal(problem: Problem, settings: Settings): AppError | null;
  starts(problem: Problem, settings: Settings): Start[];
  fit(problem: Problem, settings: Settings, start: Start, random: Random): Fit;
  /** About what a start takes, where that is not EM's usual number of passes over the rows. */
  work?(problem: Problem, settings: Settings): Work;
  /**
   * What the method has to say about its starts once they have all ended.
   *
   * @param best  index of the start that is kept
   */
  notesOn?(problem: Problem, settings: Settings, results: readonly StartResult[], best: number): string[];
}
