import { Worker } from 'node:worker_threads';
import { fail, ok, type Result } from '../result';

/** A piece of work for a thread: plain data, and how its run is asked to stop. */
export interface Work {
  /** Which of the thread's tasks it is; also what a fault is about. */
  readonly kind: 'fit' | 'experiment';
  readonly task: unknown;
  /** Shared flag of the run that the work belongs to: non-zero asks it to stop. Work of one run has one flag. */
  readonly cancel: Int32Array;
}

export interface ToWorker extends Pick<Work, 'kind' | 'task'> {
  readonly id: number;
}
export type FromWorker =
  | { readonly type: 'news'; readonly id: number; readonly news: unknown }
  | { readonly type: 'done'; readonly id: number; readonly result: Result<unknown> };

export interface Pool {
  readonly size: number;
  /** Null: it was cancelled before it had a result. */
  run(work: Work, onNews: (news: unknown) => void): Promise<Result<unknown>>;
  close(): Promise<void>;
}

interface Job {
  readonly id: number;
  readonly work: Work;
  readonly onNews: (news: unknown) => void;
  readonly settle: (result: Result<unknown>) => void;
}

/** Cancelled work answers within a pass over the rows; what does not is stuck in a step that cannot be asked. */
const PATIENCE_MS = 1000;

/**
 * Threads that do work, made when first needed. Waiting work is taken in turn from the runs, so that several runs advance side by
 * side.
 */
export function createPool(workerPath: string, size: number): Pool {
  const idle: Worker[] = [];
  const busy = new Map<Worker, Job>();
  const waiting: Job[] = [];
  /** Work begun so far, by run (known by its cancel flag). */
  const begun = new WeakMap<Int32Array, number>();
  let nextId = 0;
  let closed = false;

  const isCancelled = (job: Job) => Atomics.load(job.work.cancel, 0) !== 0;

  function spawn(): Worker {
    const worker = new Worker(workerPath);
    worker.on('message', (message: FromWorker) => {
      const job = busy.get(worker);
      if (!job || job.id !== message.id) return;
      if (message.type === 'news') return job.onNews(message.news);
      busy.delete(worker);
      idle.push(worker);
      job.settle(message.result);
      advance();
    });
    worker.on('error', (error: NodeJS.ErrnoException) => lose(worker, error));
    worker.on('exit', () => lose(worker, null));
    worker.unref();
    return worker;
  }

  /** A thread that died takes its work with it, and nothing else. */
  function lose(worker: Worker, error: NodeJS.ErrnoException | null) {
    const job = busy.get(worker);
    busy.delete(worker);
    if (idle.includes(worker)) idle.splice(idle.indexOf(worker), 1);
    if (!job) return;
    job.settle(isCancelled(job) ? ok(null) : deathOf(job.work, error));
    if (!closed) advance();
  }

  /** Fewest running first; of equals the run that has had the fewest turns, so that none waits for another to finish. */
  function takeNext(): Job | undefined {
    const turn = ({ work: { cancel } }: Job) => {
      const running = [...busy.values()].filter((job) => job.work.cancel === cancel).length;
      return running * 1e9 + (begun.get(cancel) ?? 0);
    };
    let best = -1;
    for (let i = 0; i < waiting.length; i++) if (best < 0 || turn(waiting[i]) < turn(waiting[best])) best = i;
    const job = best < 0 ? undefined : waiting.splice(best, 1)[0];
    if (job) begun.set(job.work.cancel, (begun.get(job.work.cancel) ?? 0) + 1);
    return job;
  }

  function advance() {
    for (const job of waiting.filter(isCancelled)) {
      waiting.splice(waiting.indexOf(job), 1);
      job.settle(ok(null));
    }
    while (waiting.length > 0 && busy.size < size) {
      const job = takeNext();
      if (!job) return;
      const worker = idle.pop() ?? spawn();
      busy.set(worker, job);
      worker.postMessage({ id: job.id, kind: job.work.kind, task: job.work.task } satisfies ToWorker);
    }
  }

  /** Watches the shared flag: waiting work is dropped, a thread that does not stop in time is ended. */
  function watchCancel(job: Job): NodeJS.Timeout {
    let since = 0;
    const timer = setInterval(() => {
      if (!isCancelled(job)) return;
      if (waiting.includes(job)) return advance();
      since += 50;
      const worker = [...busy].find(([, running]) => running === job)?.[0];
      if (worker && since >= PATIENCE_MS) void worker.terminate();
    }, 50);
    return timer;
  }

  return {
    size,
    run: (work, onNews) =>
      new Promise((resolve) => {
        const job: Job = {
          id: nextId++,
          work,
          onNews,
          settle: (result) => {
            clearInterval(timer);
            resolve(result);
          },
        };
        const timer = watchCancel(job);
        waiting.push(job);
        advance();
      }),
    async close() {
      closed = true;
      await Promise.all([...idle, ...busy.keys()].map((worker) => worker.terminate()));
    },
  };
}

/** The thread's own heap is full, or the system has no room for one more array of numbers. */
const isOutOfMemory = (error: NodeJS.ErrnoException | null): boolean =>
  error?.code === 'ERR_WORKER_OUT_OF_MEMORY' ||
  /allocation failed|Invalid typed array length/i.test(error?.message ?? '');

const deathOf = ({ kind }: Work, error: NodeJS.ErrnoException | null): Result<never> =>
  isOutOfMemory(error)
    ? fail(
        `${kind}/out-of-memory`,
        `The ${kind} needed more memory than a thread may use; try fewer experts or fewer features.`,
      )
    : fail(
        `${kind}/worker-died`,
        `The thread that ran the ${kind} ended unexpectedly (${error?.message ?? 'no reason given'}); run it again.`,
      );
