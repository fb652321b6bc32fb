/**
 * Long computations in turns. The engine's thread answers everybody, its host's question whether it is alive among them, so nothing may
 * keep it for long: what passes over many rows is a generator that stops every few thousand of them, and whoever runs it decides
 * whether others get a turn there. Where it stops changes no digit.
 */
import { setImmediate as breathe } from 'node:timers/promises';

/** A computation that can be left and taken up again wherever it yields. */
export type Steps<T> = Generator<void, T, void>;

/** Milliseconds after which others get their turn. */
const TURN_MS = 20;

/** Numbers looked at between two stops: a millisecond or so. */
const NUMBERS_AT_ONCE = 200_000;

/** All of it at once: in a thread of its own, on the command line, in tests. */
export function finish<T>(steps: Steps<T>): T {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/**
 * Lets others run every 20 ms.
 *
 * @param now  milliseconds
 */
export async function inTurns<T>(steps: Steps<T>, now: () => number = () => performance.now()): Promise<T> {
  await breathe();
  let begun = now();
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    if (now() - begun < TURN_MS) continue;
    await breathe();
    begun = now();
  }
}

/**
 * Goes over n rows block by block and stops in between.
 *
 * @param width  numbers looked at in a row
 */
export function* inBlocks(n: number, width: number, work: (from: number, to: number) => void): Steps<void> {
  const rows = Math.max(1, Math.floor(NUMBERS_AT_ONCE / Math.max(1, width)));
  for (let from = 0; from < n; from += rows) {
    work(from, Math.min(n, from + rows));
    yield;
  }
}
