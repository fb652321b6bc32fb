/** A value with the values it had before and, after undoing, those it had later. Plain data: every function returns a new one. */
export interface History<T> {
  readonly past: readonly T[];
  readonly present: T;
  readonly future: readonly T[];
}

export const begin = <T>(present: T): History<T> => ({ past: [], present, future: [] });

/** A step forward; what had been undone is gone. */
export const record = <T>(history: History<T>, next: T): History<T> =>
  next === history.present ? history : { past: [...history.past, history.present], present: next, future: [] };

export function undo<T>(history: History<T>): History<T> {
  if (history.past.length === 0) return history;
  return {
    past: history.past.slice(0, -1),
    present: history.past[history.past.length - 1],
    future: [history.present, ...history.future],
  };
}

export function redo<T>(history: History<T>): History<T> {
  if (history.future.length === 0) return history;
  const [present, ...future] = history.future;
  return { past: [...history.past, history.present], present, future };
}
