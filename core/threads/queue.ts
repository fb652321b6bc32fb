import { isCancelled, type Job } from './job';

/** Work that waits for a thread, of all runs. */
export interface Queue {
  isEmpty(): boolean;
  has(job: Job): boolean;
  add(job: Job): void;
  /**
   * Takes the next: of the preferred run; then of the one with the fewest running; of equals of the run that has had the fewest turns,
   * so that none waits for another to finish.
   */
  take(running: readonly Job[]): Job | undefined;
  takeCancelled(): Job[];
  /** From now on the run with this flag goes before all other. */
  prefer(cancel: Int32Array): void;
}

export function createQueue(): Queue {
  const waiting: Job[] = [];
  /** Work begun so far, by run (known by its cancel flag). */
  const begun = new WeakMap<Int32Array, number>();
  let preferred: Int32Array | null = null;

  return {
    isEmpty: () => waiting.length === 0,
    has: (job) => waiting.includes(job),
    add: (job) => void waiting.push(job),

    take(running) {
      const turn = ({ work: { cancel } }: Job) => {
        const beside = running.filter((job) => job.work.cancel === cancel).length;
        return cancel === preferred ? -1 : beside * 1e9 + (begun.get(cancel) ?? 0);
      };
      let best = -1;
      for (let i = 0; i < waiting.length; i++) if (best < 0 || turn(waiting[i]) < turn(waiting[best])) best = i;
      const job = best < 0 ? undefined : waiting.splice(best, 1)[0];
      if (job) begun.set(job.work.cancel, (begun.get(job.work.cancel) ?? 0) + 1);
      return job;
    },

    takeCancelled() {
      const cancelled = waiting.filter(isCancelled);
      for (const job of cancelled) waiting.splice(waiting.indexOf(job), 1);
      return cancelled;
    },

    prefer: (cancel) => void (preferred = cancel),
  };
}
