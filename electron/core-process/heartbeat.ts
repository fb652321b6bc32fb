/**
 * Tells a process that hangs from one that is busy, starved or asleep. It is asked for a sign of life twice a second, and missing
 * signs are counted by checks, not by the clock: a check that comes late says that this process was held up itself (the computer
 * slept, a dialog kept the thread), and then the other has not had its chance either. And where four programs want each processor, a
 * step of half a second takes two: the patience grows with the load.
 */

export const ASK_EVERY_MS = 500;
/** Two seconds without an answer, and at most half a second more until it is noticed; on a computer that is not overloaded. */
const MISSES = 4;
/** A check may be this late and still count. */
const LATE_MS = 250;

export interface HeartbeatOptions {
  /** Asks the process for a sign of life. */
  ask(): void;
  /** It has not given one to this many questions in a row; called once. */
  onSilence(): void;
  /** Milliseconds. */
  now(): number;
  /** How many want each processor, at least 1. */
  overload(): number;
  /** Checks without a sign until it counts as silent. */
  readonly misses?: number;
}

export interface Heartbeat {
  /** The process has said something, whatever it was. */
  heard(): void;
  stop(): void;
}

export function watchHeartbeat({ ask, onSilence, now, overload, misses = MISSES }: HeartbeatOptions): Heartbeat {
  let missed = 0;
  let answered = false;
  let due = now() + ASK_EVERY_MS;
  ask();
  const timer = setInterval(() => {
    const late = now() - due > LATE_MS;
    due = now() + ASK_EVERY_MS;
    missed = late || answered ? 0 : missed + 1;
    answered = false;
    if (missed < misses * overload()) return ask();
    clearInterval(timer);
    onSilence();
  }, ASK_EVERY_MS);
  timer.unref?.();
  return {
    heard: () => void (answered = true),
    stop: () => clearInterval(timer),
  };
}
