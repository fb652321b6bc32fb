import { Worker } from 'node:worker_threads';
import { fail, ok, type Result } from '../result';
import { boardMemory, boardOn } from './board';

/** A piece of work for a thread: plain data, and how its run is asked to stop. */
export interface Work {
  /** Which of the thread's tasks it is; also what a fault is about. */
  readonly kind: 'fit' | 'experiment' | 'rate' | 'intervals';
  readonly task: unknown;
  /** Shared flag of the run that the work belongs to: non-zero asks it to stop. Work of one run has one flag. */
  readonly cancel: Int32Array;
  /** What other threads must be told to help with the work while they have none of their own; nothing where they cannot. */
  readonly shared?: unknown;
}

/** Work of its own; or help with another's, until the first word of `asked` is not 0. */
export type ToWorker =
  | (Pick<Work, 'kind' | 'task'> & { readonly id: number; readonly board: SharedArrayBuffer | null })
  | {
      readonly kind: 'help';
      readonly id: number;
      readonly shared: unknown;
      readonly board: SharedArrayBuffer;
      readonly asked: Int32Array;
    };
export type FromWorker =
  | { readonly type: 'news'; readonly id: number; readonly news: unknown }
  | { readonly type: 'done'; readonly id: number; readonly result: Result<unknown> };

export interface Pool {
  readonly size: number;
  /** Null: it was cancelled before it had a result. */
  run(work: Work, onNews: (news: unknown) => void): Promise<Result<unknown>>;
  /** Whether work would begin at once. */
  hasRoom(): boolean;
  /** Starts the threads there may be, or so many of them, so that the first work does not wait for them. */
  warm(threads?: number): void;
  /** From now on waiting work of the run with this flag goes before all other. */
  first(cancel: Int32Array): void;
  close(): Promise<void>;
}

interface Job {
  readonly id: number;
  readonly work: Work;
  /** While a thread does it, where that can be helped. */
  board: SharedArrayBuffer | null;
  readonly onNews: (news: unknown) => void;
  readonly settle: (result: Result<unknown>) => void;
}

/** Cancelled work answers within a pass over the rows; what does not is stuck in a step that cannot be asked. */
const PATIENCE_MS = 1000;

/** A thread that helps another, and how it is asked back. */
interface Helper {
  readonly id: number;
  readonly job: Job;
  readonly board: SharedArrayBuffer;
  readonly asked: Int32Array;
}

/**
 * Threads that do work, made when first needed. Waiting work is taken in turn from the runs, so that several runs advance side by
 * side. Threads without work help those whose work can be shared, until there is work again.
 */
export function createPool(workerPath: string, size: number): Pool {
  const idle: Worker[] = [];
  const busy = new Map<Worker, Job>();
  const helping = new Map<Worker, Helper>();
  const waiting: Job[] = [];
  /** Work begun so far, by run (known by its cancel flag). */
  const begun = new WeakMap<Int32Array, number>();
  /** Boards that nobody works on. */
  const boards: SharedArrayBuffer[] = [];
  let preferred: Int32Array | null = null;
  let nextId = 0;
  let closed = false;

  const isCancelled = (job: Job) => Atomics.load(job.work.cancel, 0) !== 0;

  function spawn(): Worker {
    const worker = new Worker(workerPath);
    worker.on('message', (message: FromWorker) => {
      const helper = helping.get(worker);
      if (helper?.id === message.id) {
        helping.delete(worker);
        idle.push(worker);
        keepBoard(helper.board);
        return advance();
      }
      const job = busy.get(worker);
      if (!job || job.id !== message.id) return;
      if (message.type === 'news') return job.onNews(message.news);
      busy.delete(worker);
      idle.push(worker);
      askBack((one) => one.job === job);
      if (job.board) keepBoard(job.board);
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
    const board = job?.board ?? helping.get(worker)?.board;
    helping.delete(worker);
    // Whoever worked with it, as its helper or for it, waits for no piece of its.
    if (board) boardOn(board).fail();
    if (job) {
      askBack((helper) => helper.job === job);
      job.settle(isCancelled(job) ? ok(null) : deathOf(job.work, error));
    }
    if (!closed) advance();
  }

  /**
   * The preferred run; then the one with the fewest running; of equals the run that has had the fewest turns, so that none waits for
   * another to finish.
   */
  function takeNext(): Job | undefined {
    const turn = ({ work: { cancel } }: Job) => {
      const running = [...busy.values()].filter((job) => job.work.cancel === cancel).length;
      return cancel === preferred ? -1 : running * 1e9 + (begun.get(cancel) ?? 0);
    };
    let best = -1;
    for (let i = 0; i < waiting.length; i++) if (best < 0 || turn(waiting[i]) < turn(waiting[best])) best = i;
    const job = best < 0 ? undefined : waiting.splice(best, 1)[0];
    if (job) begun.set(job.work.cancel, (begun.get(job.work.cancel) ?? 0) + 1);
    return job;
  }

  /** A board is for the next work once the last thread has left it: one that is late must not find other work there. */
  function keepBoard(board: SharedArrayBuffer): void {
    const isUsed = [...busy.values(), ...helping.values()].some((one) => one.board === board);
    if (!isUsed && !boardOn(board).isFailed()) boards.push(board);
  }

  function askBack(which: (helper: Helper) => boolean): void {
    for (const helper of helping.values()) if (which(helper)) Atomics.store(helper.asked, 0, 1);
  }

  /** Threads without work, and such as were not needed yet, go to those whose work can be shared: where fewest help. */
  function sendHelp(): void {
    for (;;) {
      const count = (job: Job) => [...helping.values()].filter((helper) => helper.job === job).length;
      const shareable = [...busy.values()].filter(
        (job) => job.board !== null && !isCancelled(job) && !boardOn(job.board).isFailed(),
      );
      const [job] = shareable.sort((a, b) => count(a) - count(b));
      if (!job?.board || busy.size + helping.size >= size || closed) return;
      const worker = idle.pop() ?? spawn();
      const { board } = job;
      const helper: Helper = { id: nextId++, job, board, asked: new Int32Array(new SharedArrayBuffer(4)) };
      helping.set(worker, helper);
      const { shared } = job.work;
      worker.postMessage({
        kind: 'help',
        id: helper.id,
        shared,
        board: job.board,
        asked: helper.asked,
      } satisfies ToWorker);
    }
  }

  function advance() {
    for (const job of waiting.filter(isCancelled)) {
      waiting.splice(waiting.indexOf(job), 1);
      job.settle(ok(null));
    }
    // A thread that is asked back comes within a pass's smallest piece, and this is called again.
    if (waiting.length > 0) askBack(() => true);
    while (waiting.length > 0 && busy.size + helping.size < size) {
      const job = takeNext();
      if (!job) return;
      const worker = idle.pop() ?? spawn();
      busy.set(worker, job);
      const { kind, task, shared } = job.work;
      if (size > 1 && shared !== undefined) job.board = boards.pop() ?? boardMemory();
      worker.postMessage({ id: job.id, kind, task, board: job.board } satisfies ToWorker);
    }
    if (waiting.length === 0) sendHelp();
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
          board: null,
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
    hasRoom: () => !closed && waiting.length === 0 && busy.size + helping.size < size,
    warm(threads = size) {
      const wanted = Math.min(threads, size);
      while (!closed && idle.length + busy.size + helping.size < wanted) idle.push(spawn());
    },
    first: (cancel) => void (preferred = cancel),
    async close() {
      closed = true;
      await Promise.all([...idle, ...busy.keys(), ...helping.keys()].map((worker) => worker.terminate()));
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
