import { Worker } from 'node:worker_threads';
import { ok, type Result } from '../result';
import { boardMemory, boardOn } from './board';
import { deathOf } from './death';
import { createHelpers } from './helpers';
import { isCancelled, type Job, type Work } from './job';
import { createQueue } from './queue';

export type { Work } from './job';

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

/** Cancelled work answers within a pass over the rows; what does not is stuck in a step that cannot be asked. */
const PATIENCE_MS = 1000;
/** Between two looks at the flag. */
const WATCH_MS = 50;

/**
 * Threads that do work, made when first needed. Waiting work is taken in turn from the runs, so that several runs advance side by
 * side. Threads without work help those whose work can be shared, until there is work again.
 */
export function createPool(workerPath: string, size: number): Pool {
  const idle: Worker[] = [];
  const busy = new Map<Worker, Job>();
  const helpers = createHelpers();
  const queue = createQueue();
  /** Boards that nobody works on. */
  const boards: SharedArrayBuffer[] = [];
  let nextId = 0;
  let closed = false;

  const hasPlace = () => busy.size + helpers.count() < size;

  function spawn(): Worker {
    const worker = new Worker(workerPath);
    worker.on('message', (message: FromWorker) => hear(worker, message));
    worker.on('error', (error: NodeJS.ErrnoException) => lose(worker, error));
    worker.on('exit', () => lose(worker, null));
    worker.unref();
    return worker;
  }

  function hear(worker: Worker, message: FromWorker): void {
    const helper = helpers.of(worker);
    if (helper?.id === message.id) {
      helpers.remove(worker);
      idle.push(worker);
      keepBoard(helper.board);
      return advance();
    }
    const job = busy.get(worker);
    if (!job || job.id !== message.id) return;
    if (message.type === 'news') return job.onNews(message.news);
    busy.delete(worker);
    idle.push(worker);
    helpers.askBack(job);
    if (job.board) keepBoard(job.board);
    job.settle(message.result);
    advance();
  }

  /** A thread that died takes its work with it, and nothing else. */
  function lose(worker: Worker, error: NodeJS.ErrnoException | null): void {
    const job = busy.get(worker);
    const board = job?.board ?? helpers.of(worker)?.board;
    busy.delete(worker);
    helpers.remove(worker);
    if (idle.includes(worker)) idle.splice(idle.indexOf(worker), 1);
    // Whoever worked with it, as its helper or for it, waits for no piece of its.
    if (board) boardOn(board).fail();
    if (job) {
      helpers.askBack(job);
      job.settle(isCancelled(job) ? ok(null) : deathOf(job.work, error));
    }
    if (!closed) advance();
  }

  /** A board is for the next work once the last thread has left it: one that is late must not find other work there. */
  function keepBoard(board: SharedArrayBuffer): void {
    const isUsed = helpers.isOn(board) || [...busy.values()].some((job) => job.board === board);
    if (!isUsed && !boardOn(board).isFailed()) boards.push(board);
  }

  function begin(worker: Worker, job: Job): void {
    busy.set(worker, job);
    const { kind, task, shared } = job.work;
    if (size > 1 && shared !== undefined) job.board = boards.pop() ?? boardMemory();
    worker.postMessage({ id: job.id, kind, task, board: job.board } satisfies ToWorker);
  }

  function advance(): void {
    for (const job of queue.takeCancelled()) job.settle(ok(null));
    // A thread that is asked back comes within a pass's smallest piece, and this is called again.
    if (!queue.isEmpty()) helpers.askBack();
    while (!queue.isEmpty() && hasPlace()) {
      const job = queue.take([...busy.values()]);
      if (job) begin(idle.pop() ?? spawn(), job);
    }
    if (queue.isEmpty()) sendHelp();
  }

  /** Threads without work, and such as were not needed yet, go to those whose work can be shared. */
  function sendHelp(): void {
    while (hasPlace() && !closed) {
      const job = helpers.leastHelped([...busy.values()]);
      if (!job) return;
      helpers.send(idle.pop() ?? spawn(), job, nextId++);
    }
  }

  /** Watches the shared flag: waiting work is dropped, a thread that does not stop in time is ended. */
  function watchCancel(job: Job): NodeJS.Timeout {
    let since = 0;
    return setInterval(() => {
      if (!isCancelled(job)) return;
      if (queue.has(job)) return advance();
      since += WATCH_MS;
      const worker = [...busy].find(([, running]) => running === job)?.[0];
      if (worker && since >= PATIENCE_MS) void worker.terminate();
    }, WATCH_MS);
  }

  function run(work: Work, onNews: (news: unknown) => void): Promise<Result<unknown>> {
    return new Promise((resolve) => {
      const settle = (result: Result<unknown>) => {
        clearInterval(timer);
        resolve(result);
      };
      const job: Job = { id: nextId++, work, board: null, onNews, settle };
      const timer = watchCancel(job);
      queue.add(job);
      advance();
    });
  }

  return {
    size,
    run,
    hasRoom: () => !closed && queue.isEmpty() && hasPlace(),
    warm(threads = size) {
      const wanted = Math.min(threads, size);
      while (!closed && idle.length + busy.size + helpers.count() < wanted) idle.push(spawn());
    },
    first: queue.prefer,
    async close() {
      closed = true;
      await Promise.all([...idle, ...busy.keys(), ...helpers.workers()].map((worker) => worker.terminate()));
    },
  };
}
