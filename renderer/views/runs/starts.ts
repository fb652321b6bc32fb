import type { StartsData } from '../../charts/starts-strip';
import type { RunResult } from '../../../core/protocol';

/**
 * Where the starts of a run ended. Starts are grouped by the words of their label before its number ("Random start 4"), or by
 * their method when several took part.
 */
export function startsOf(result: RunResult, methodName: (id: string) => string): StartsData {
  const { starts } = result.report;
  const several = new Set(starts.map((start) => start.method)).size > 1;
  return {
    ends: starts.map((start) => ({
      label: start.label,
      kind: several ? methodName(start.method) : start.label.replace(/[\s\d]+$/, '').replace(/ start$/i, ''),
      logLikelihood: start.logLikelihood,
      termination: start.termination,
    })),
  };
}
