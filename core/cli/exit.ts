import type { AppError, Result } from '../result';
import type { Io } from './io';

/** Exit statuses. Public. */
export const exit = { done: 0, inputAtFault: 1, usage: 2, noModel: 3 } as const;

/** Codes of errors that mean: the fit ran and ended without a usable model. */
const NO_MODEL = /^((fit|experiment)\/(no-model|numerical|cancelled|out-of-memory|worker-died)|numerical\/)/;

export function statusOf({ code }: AppError): number {
  if (code.startsWith('usage/')) return exit.usage;
  return NO_MODEL.test(code) ? exit.noModel : exit.inputAtFault;
}

/** A command's outcome as an exit status; a fault is one sentence on standard error. */
export function settle(outcome: Result<unknown>, io: Io): number {
  if (outcome.ok) return exit.done;
  io.err(`${outcome.error.message}\n`);
  return statusOf(outcome.error);
}
