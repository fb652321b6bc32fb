/** The thread that runs one start at a time. Its only state is the start it is running. */
import { parentPort } from 'node:worker_threads';
import type { FromWorker, ToWorker } from './pool';
import { runTask } from './task';

const port = parentPort;
if (!port) throw new Error('The fit worker is started by the pool, not by hand.');

const post = (message: FromWorker) => port.postMessage(message);

port.on('message', ({ task, id }: ToWorker) => {
  const result = runTask(
    task,
    (news) => post({ type: 'news', id, news }),
    () => Date.now() / 1000,
  );
  post({ type: 'done', id, result });
});
