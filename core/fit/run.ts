import { Cancelled, neverCancelled } from '../kernels/pass';
import { activationNamed } from '../model/activations';
import { normalise } from '../model/normalise';
import { orderExperts } from '../model/order';
import { summarise } from '../model/predict';
import type { Problem } from '../model/problem';
import { UnreadableRows } from '../model/row-file';
import type { Parameters } from '../model/spec';
import { random } from '../random';
import { fail, ok, type Result } from '../result';
import type { Check, Fit, FitEvent, Method, Outcome, Settings, Start, TerminationCode } from './method';
import { isMeasured, type Iteration, originalUnits, type TracePoint, tracePoint } from './trace';

export type { TracePoint } from './trace';

/** Where a stage of a start began. */
export interface StageMark {
  readonly iteration: number;
  readonly seconds: number;
  readonly stage: string;
  readonly label: string;
}

/** How one start ended. Plain data: crosses threads and processes. */
export interface StartResult {
  readonly start: Start;
  /** In fit coordinates; experts by mean training gate probability, largest first, the last gate 0. */
  readonly parameters: Parameters;
  readonly termination: TerminationCode;
  readonly stage: string;
  readonly iterations: number;
  readonly seconds: number;
  /** Mean per row, nats, target in original units, without the penalty. */
  readonly logLikelihood: number;
  /** Sum over rows, with the penalty, target in original units: what starts are compared on. */
  readonly objective: number;
  readonly trace: readonly TracePoint[];
  readonly stages: readonly StageMark[];
  readonly notes: readonly string[];
  readonly checks: readonly Check[];
}

export type RunNews =
  { readonly type: 'stage'; readonly mark: StageMark } | { readonly type: 'point'; readonly point: TracePoint };

export interface RunHooks {
  /** Seconds on any steady clock. */
  readonly now: () => number;
  /** Seconds this start may take, or null. Looked at after each iteration. */
  readonly timeLimit: number | null;
  readonly onEvent: (news: RunNews) => void;
}

/**
 * Drives one start of a method to its end, a cancel or the time limit. Whatever stops it, the last parameters it reported are kept;
 * an error comes back only where the method refuses the problem or there are no parameters yet.
 */
export function runStart(
  asked: Problem,
  method: Method,
  settings: Settings,
  start: Start,
  seed: number,
  hooks: RunHooks,
): Result<StartResult> {
  const begun = hooks.now();
  const seconds = () => hooks.now() - begun;
  const problem =
    method.activation === undefined ? asked : { ...asked, activation: activationNamed(method.activation) };
  const refusal = method.refusal(problem, settings);
  if (refusal) return { ok: false, error: refusal };
  const { problem: inner, restore } = normalise(problem);
  const units = originalUnits(problem);
  const said: Said = { last: null, trace: [], stages: [], notes: new Set(), checks: [] };

  const take = (event: FitEvent) => {
    if (event.type === 'note') said.notes.add(event.sentence);
    if (event.type === 'check') said.checks.push(event.check);
    if (event.type === 'stage') {
      const { stage, label } = event;
      const mark = { iteration: said.last?.iteration ?? 0, seconds: seconds(), stage, label };
      said.stages.push(mark);
      hooks.onEvent({ type: 'stage', mark });
    }
    if (event.type === 'iteration') {
      said.last = { ...event, parameters: restore(event.parameters) };
      const point = tracePoint(problem, units, said.last, seconds(), isMeasured(event.iteration));
      said.trace.push(point);
      hooks.onEvent({ type: 'point', point });
    }
  };
  const stop = (): TerminationCode | null => {
    if (Atomics.load(problem.cancel, 0) !== 0) return 'cancelled';
    return hooks.timeLimit !== null && said.last !== null && seconds() > hooks.timeLimit ? 'time-limit' : null;
  };

  const ended = drive(method.fit(inner, settings, start, random(seed, start.stream)), take, stop);
  const { last, trace, stages, checks } = said;
  if (last === null) return nothingToKeep(ended);
  const outcome =
    typeof ended === 'string'
      ? { ...last, termination: ended, iterations: last.iteration }
      : { ...ended, parameters: restore(ended.parameters) };
  const end = trace[trace.length - 1];
  if (end.testRmse === null) trace[trace.length - 1] = tracePoint(problem, units, last, end.seconds, true);
  // Not to be cancelled: a cancelled fit is reported like any other.
  const { shares } = summarise(problem.train, outcome.parameters, problem.activation, neverCancelled());
  return ok({
    start,
    parameters: orderExperts(outcome.parameters, shares),
    termination: outcome.termination,
    stage: outcome.stage,
    iterations: outcome.iterations,
    seconds: seconds(),
    logLikelihood: units.logLikelihood(outcome.logLikelihood),
    objective: units.objective(outcome.objective),
    trace,
    stages,
    notes: [...said.notes],
    checks,
  });
}

/** What a start has said so far. */
interface Said {
  last: Iteration | null;
  readonly trace: TracePoint[];
  readonly stages: StageMark[];
  readonly notes: Set<string>;
  readonly checks: Check[];
}

/** Steps the fit until it returns, is told to stop, or breaks down. */
function drive(
  fit: Fit,
  take: (event: FitEvent) => void,
  stop: () => TerminationCode | null,
): Outcome | TerminationCode {
  for (;;) {
    const step = next(fit);
    if (typeof step === 'string') return step;
    if (step.done) return step.value;
    take(step.value);
    const code = stop();
    if (code !== null) return code;
  }
}

function next(fit: Fit): IteratorResult<FitEvent, Outcome> | TerminationCode {
  try {
    return fit.next();
  } catch (error) {
    if (error instanceof Cancelled) return 'cancelled';
    // A mistake in our code must be seen; what a matrix library throws on numbers is an outcome.
    if (error instanceof TypeError || error instanceof ReferenceError || error instanceof UnreadableRows) throw error;
    return 'numerical-failure';
  }
}

const nothingToKeep = (ended: Outcome | TerminationCode): Result<StartResult> =>
  ended === 'cancelled'
    ? fail('fit/cancelled', 'The fit was cancelled before it had any parameters.')
    : fail('fit/numerical-failure', 'The fit broke down before it had any parameters: look for extreme values.');
