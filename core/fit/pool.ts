import { Worker } from 'node:worker_threads';
import type { Problem } from '../model/problem';
import { fail, ok, type Result } from '../result';
import type { StartResult } from './run';
import type { StartNews, StartRunner, StartTask } from './task';

export interface ToWorker {
  readonly id: number;
  readonly task: StartTask;
}
export type FromWorker =
  | { readonly type: 'news'; readonly id: number; readonly news: StartNews }
  | { readonly type: 'done'; readonly id: number; readonly result: Result<StartResult | null> };

export interface Pool {
  readonly size: number;
  readonly run: StartRunner;
  close(): Promise<void>;
}

interface Job {
  readonly id: number;
  readonly task: StartTask;
  readonly onNews: (news: StartNews) => void;
  readonly settle: (result: Result<StartResult | null>) => void;
}

/** A cancelled start answers within a pass over the rows; one that does not is stuck in a step that cannot be asked. */
const PATIENCE_MS = 1000;

/**
 * Threads that run starts, made when first needed. Waiting starts are taken in turn from the runs, so that several runs advance
 * side by side.
 */
export function createPool(workerPath: string, size: number): Pool {
  const idle: Worker[] = [];
  const busy = new Map<Worker, Job>();
  const waiting: Job[] = [];
  /** Starts begun so far, a run (known by its problem). */
  const begun = new WeakMap<Problem, number>();
  let nextId = 0;
  let closed = false;

  const isCancelled = (job: Job) => Atomics.load(job.task.problem.cancel, 0) !== 0;

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

  /** A thread that died takes its start with it, and nothing else. */
  function lose(worker: Worker, error: NodeJS.ErrnoException | null) {
    const job = busy.get(worker);
    busy.delete(worker);
    if (idle.includes(worker)) idle.splice(idle.indexOf(worker), 1);
    if (!job) return;
    job.settle(
      isCancelled(job)
        ? ok(null)
        : error?.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? fail(
              'fit/out-of-memory',
              'The fit needed more memory than a thread may use; try fewer experts or fewer features.',
            )
          : fail(
              'fit/worker-died',
              `The thread that ran the fit ended unexpectedly (${error?.message ?? 'no reason given'}); run it again.`,
            ),
    );
    if (!closed) advance();
  }

  /** Fewest running first; of equals the run that has had the fewest starts, so that none waits for another to finish. */
  function takeNext(): Job | undefined {
    const turn = ({ task: { problem } }: Job) => {
      const running = [...busy.values()].filter((job) => job.task.problem === problem).length;
      return running * 1e9 + (begun.get(problem) ?? 0);
    };
    let best = -1;
    for (let i = 0; i < waiting.length; i++) if (best < 0 || turn(waiting[i]) < turn(waiting[best])) best = i;
    const job = best < 0 ? undefined : waiting.splice(best, 1)[0];
    if (job) begun.set(job.task.problem, (begun.get(job.task.problem) ?? 0) + 1);
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
      worker.postMessage({ id: job.id, task: job.task } satisfies ToWorker);
    }
  }

  /** Watches the shared flag: waiting starts are dropped, a thread that does not stop in time is ended. */
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
    run: (task, onNews) =>
      new Promise((resolve) => {
        const job: Job = {
          id: nextId++,
          task,
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
