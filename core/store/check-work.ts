import type { z } from 'zod';
import type { RunResult } from '../protocol';
import { finiteCopy } from './json';
import type { SavedRun, SavedWork } from './work';

/** Where a value is not as its description says, and how. Null when all is well. */
export function fault(schema: z.ZodType, value: unknown): string | null {
  const checked = schema.safeParse(finiteCopy(value));
  if (checked.success) return null;
  const [{ path, message }] = checked.error.issues;
  return `${path.join('.') || 'the whole'}: ${message}`;
}

/** What the descriptions cannot say: parts of the work that must agree, since charts and tables rely on it. */
export function disagreement({ runs, experiments }: Pick<SavedWork, 'runs' | 'experiments'>): string | null {
  const ids = [...runs, ...experiments].map(({ id }) => id);
  if (new Set(ids).size < ids.length) return 'two runs have the same id';
  for (const run of runs) {
    const found = runDisagreement(run);
    if (found) return `run ${run.number}: ${found}`;
  }
  return null;
}

function runDisagreement({ id, state, result }: SavedRun): string | null {
  if ((state === 'done' || state === 'partial') !== (result !== null)) return 'its state and its result do not agree';
  if (!result) return null;
  if (result.runId !== id) return 'its result is of another run';
  const k = result.report.model.experts.length;
  if (result.experts.length !== k) return `${result.experts.length} experts are described where there are ${k}`;
  const { terms } = result.experts[0];
  if (result.experts.some((expert) => expert.terms.length !== terms.length)) return 'its experts have different terms';
  return (
    pointsDisagreement(result.points.train, k) ?? (result.points.test && pointsDisagreement(result.points.test, k))
  );
}

function pointsDisagreement(points: RunResult['points']['train'], k: number): string | null {
  const { row, actual, prediction, sd, expert } = points;
  if ([actual, prediction, sd, expert].some(({ length }) => length !== row.length))
    return 'its points are not complete';
  return expert.every((i) => Number.isInteger(i) && i >= 0 && i < k) ? null : 'a point belongs to no expert';
}
