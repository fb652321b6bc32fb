import type { Problem, Rows } from '../model/problem';
import { isInMemory, isWeighted, windows } from '../model/row-windows';
import { type AppError, fail } from '../result';
import { targetMoments } from './target';

const refuse = (code: string, message: string): AppError => fail(code, message).error;

/** Why no method can run on this problem, or null. */
export function refusalOf(problem: Problem): AppError | null {
  const { train, k, d, expertColumns, intercept } = problem;
  if (!isFinite(train, d) || (problem.test !== null && !isFinite(problem.test, d)))
    return refuse(
      'fit/not-finite',
      'The rows hold a value that is not a finite number: leave out or mend such rows before fitting.',
    );
  const rows = rowsThatCount(train, d);
  if (rows === 0)
    return refuse('fit/no-rows', 'There are no training rows: hold out fewer rows or keep rows with missing values.');
  const { mean, sd } = targetMoments(train, d);
  if (rows > 1 && sd <= 1e-12 * Math.abs(mean))
    return refuse('fit/constant-target', 'The target has the same value in every training row: choose another target.');
  const numbers = expertColumns.reduce((count, flag) => count + flag, 0) + (intercept ? 2 : 1);
  if (rows < k * numbers)
    return refuse(
      'fit/too-few-rows',
      `${k === 1 ? 'One expert' : `${k} experts`} with ${numbers} numbers each need at least ${k * numbers} training rows and there are ${rows}: use fewer experts, fewer features or more rows.`,
    );
  return null;
}

function isFinite(rows: Rows, d: number): boolean {
  if (!isInMemory(rows) && rows.facts !== null) return rows.facts.finite;
  for (const { first, from, to, x, y, weights } of windows(rows, d)) {
    const [begin, end] = [from - first, to - first];
    for (let at = begin * d; at < end * d; at++) if (!Number.isFinite(x[at])) return false;
    for (let r = begin; r < end; r++) if (!Number.isFinite(y[r])) return false;
    if (weights !== null)
      for (let r = begin; r < end; r++) if (!(weights[r] >= 0 && weights[r] < Infinity)) return false;
  }
  return true;
}

/** Rows of a weight above 0. */
function rowsThatCount(rows: Rows, d: number): number {
  if (!isWeighted(rows)) return rows.n;
  if (!isInMemory(rows) && rows.facts !== null) return rows.facts.counted;
  let count = 0;
  for (const { first, from, to, weights } of windows(rows, d))
    for (let r = from - first; r < to - first; r++) if (weights === null || weights[r] > 0) count++;
  return count;
}
