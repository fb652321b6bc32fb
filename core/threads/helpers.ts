import type { Worker } from 'node:worker_threads';
import { boardOn } from './board';
import { isCancelled, type Job } from './job';
import type { ToWorker } from './pool';

/** A thread that helps another, and how it is asked back. */
export interface Helper {
  readonly id: number;
  readonly job: Job;
  readonly board: SharedArrayBuffer;
  readonly asked: Int32Array;
}

/** The threads that help others with their work. */
export interface Helpers {
  count(): number;
  workers(): Iterable<Worker>;
  /** What the thread helps with. */
  of(worker: Worker): Helper | undefined;
  isOn(board: SharedArrayBuffer): boolean;
  /** Of the work under way that can be helped, where fewest help. */
  leastHelped(running: readonly Job[]): (Job & { readonly board: SharedArrayBuffer }) | undefined;
  send(worker: Worker, job: Job & { readonly board: SharedArrayBuffer }, id: number): void;
  /** Asks those of some work, or all, to come back as soon as they can. */
  askBack(job?: Job): void;
  /** The thread has come back, or has died. */
  remove(worker: Worker): void;
}

export function createHelpers(): Helpers {
  const helping = new Map<Worker, Helper>();
  const isShareable = (job: Job): job is Job & { board: SharedArrayBuffer } =>
    job.board !== null && !isCancelled(job) && !boardOn(job.board).isFailed();

  return {
    count: () => helping.size,
    workers: () => helping.keys(),
    of: (worker) => helping.get(worker),
    isOn: (board) => [...helping.values()].some((one) => one.board === board),

    leastHelped(running) {
      const count = (job: Job) => [...helping.values()].filter((helper) => helper.job === job).length;
      return running.filter(isShareable).sort((a, b) => count(a) - count(b))[0];
    },

    send(worker, job, id) {
      const { board, work } = job;
      const asked = new Int32Array(new SharedArrayBuffer(4));
      helping.set(worker, { id, job, board, asked });
      worker.postMessage({ kind: 'help', id, shared: work.shared, board, asked } satisfies ToWorker);
    },

    askBack(job) {
      for (const helper of helping.values())
        if (job === undefined || helper.job === job) Atomics.store(helper.asked, 0, 1);
    },

    remove: (worker) => void helping.delete(worker),
  };
}
