/** The thread that does one piece of work at a time. Its only state is the work it is doing. */
import { parentPort } from 'node:worker_threads';
import type { FromWorker, ToWorker } from './threads/pool';
import { doWork } from './work';

const port = parentPort;
if (!port) throw new Error('The worker is started by the pool, not by hand.');

const post = (message: FromWorker) => port.postMessage(message);

port.on('message', (work: ToWorker) => {
  const { id } = work;
  const result = doWork(
    work,
    (news) => post({ type: 'news', id, news }),
    () => Date.now() / 1000,
  );
  post({ type: 'done', id, result });
});
