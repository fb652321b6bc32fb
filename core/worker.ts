/** The thread that does one piece of work at a time. Its only state is the work it is doing. */
import { parentPort } from 'node:worker_threads';
import { kernelNamed } from './fit/kernels';
import { help, type SharedRows } from './kernels/shared-pass';
import { threadLines } from './kernels/thread-lines';
import { ok } from './result';
import { boardOn } from './threads/board';
import type { FromWorker, ToWorker } from './threads/pool';
import { doWork } from './work';

const port = parentPort;
if (!port) throw new Error('The worker is started by the pool, not by hand.');

// The kernels are compiled while the thread waits for its first work.
threadLines();

const post = (message: FromWorker) => port.postMessage(message);

port.on('message', async (message: ToWorker) => {
  const { id } = message;
  if (message.kind === 'help') {
    const { board, shared, asked } = message;
    help(boardOn(board), shared as SharedRows, kernelNamed, () => Atomics.load(asked, 0) !== 0);
    return post({ type: 'done', id, result: ok(null) });
  }
  const result = await doWork(
    message,
    (news) => post({ type: 'news', id, news }),
    () => Date.now() / 1000,
  );
  post({ type: 'done', id, result });
});
