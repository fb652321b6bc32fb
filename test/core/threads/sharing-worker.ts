/** A thread that passes over rows with others or helps with that, and fails where it is told to. */
import { parentPort } from 'node:worker_threads';
import { kernelNamed } from '../../../core/fit/kernels';
import { help, type SharedRows, teamOn } from '../../../core/kernels/shared-pass';
import type { MemoryRows, Rows } from '../../../core/model/problem';
import { secondMoments } from '../../../core/moments/second-moments';
import { boardOn } from '../../../core/threads/board';
import type { ToWorker } from '../../../core/threads/pool';

export interface SharingTask {
  /** What happens while the thread reads its first piece, others having begun with theirs. */
  readonly fault: 'none' | 'throws' | 'exits';
  readonly passes: number;
  readonly rows: MemoryRows;
  readonly shared: Sharing;
}

export interface Sharing extends SharedRows {
  /** What a thread that is sent to help does. */
  readonly helper: 'helps' | 'exits';
  /** How often a thread was sent to help. */
  readonly sent: Int32Array;
}

const sleep = (milliseconds: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);

/** Rows whose reading ends as told, once somebody helps and has begun with a piece. */
function faulty({ fault, rows, shared: { sent } }: SharingTask): MemoryRows {
  if (fault === 'none') return rows;
  const { n, y, weights } = rows;
  return {
    n,
    get x(): Float64Array {
      Atomics.wait(sent, 0, 0, 5000);
      sleep(100);
      if (fault === 'exits') process.exit(1);
      throw new Error('broken on purpose');
    },
    y,
    weights,
  };
}

/** The last of the passes. */
function passOver(task: SharingTask, board: SharedArrayBuffer | null): unknown {
  const { d, cancel } = task.shared;
  const rows = faulty(task);
  if (board === null) return secondMoments(rows, d, cancel);
  const parts: Rows[] = [];
  // Not by a spread: that would read x.
  const shared = Object.defineProperty(rows, 'team', { value: teamOn(boardOn(board), { d, parts, cancel }) });
  parts.push(shared);
  let last: unknown = null;
  for (let at = 0; at < task.passes; at++) last = secondMoments(shared, d, cancel);
  return last;
}

parentPort?.on('message', (message: ToWorker) => {
  const { id } = message;
  const done = (result: unknown) => parentPort?.postMessage({ type: 'done', id, result });
  if (message.kind === 'help') {
    const shared = message.shared as Sharing;
    Atomics.add(shared.sent, 0, 1);
    Atomics.notify(shared.sent, 0);
    const isAskedBack = () => Atomics.load(message.asked, 0) !== 0;
    if (shared.helper === 'helps') help(boardOn(message.board), shared, kernelNamed, isAskedBack);
    else {
      while (!isAskedBack()) sleep(5);
      process.exit(1);
    }
    return done({ ok: true, value: null });
  }
  const task = message.task as SharingTask | Int32Array;
  if (task instanceof Int32Array) {
    Atomics.wait(task, 0, 0);
    return done({ ok: true, value: null });
  }
  try {
    done({ ok: true, value: passOver(task, message.board) });
  } catch (error) {
    done({ ok: false, error: { code: 'fit/broken', message: String(error) } });
  }
});
