import type { TerminationCode } from '../../core/fit/method';

const soundEnds: readonly string[] = [
  'converged',
  'iteration-limit',
  'time-limit',
  'cancelled',
] satisfies TerminationCode[];

/** Whether a start that ended so may win: its parameters are what they seem. A start still running (null) may. */
export const isSound = (termination: string | null): boolean => termination === null || soundEnds.includes(termination);
