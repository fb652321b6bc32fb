// A worker that does what the label of its task says: the pool's side of the bargain is tested, not the work.
import { parentPort, threadId } from 'node:worker_threads';

parentPort.on('message', ({ id, task }) => {
  const { label } = task;
  if (label === 'crash') throw new Error('broken on purpose');
  if (label === 'hungry') for (const kept = []; ;) kept.push(new Array(1000).fill(Math.random()));
  if (label === 'large') new Float64Array(new ArrayBuffer(2 ** 52));
  if (label === 'stuck') for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  const done = () => parentPort.postMessage({ type: 'done', id, result: { ok: true, value: { label, threadId } } });
  if (label === 'until-cancelled') {
    const timer = setInterval(() => {
      if (Atomics.load(task.cancel, 0) === 0) return;
      clearInterval(timer);
      done();
    }, 5);
  } else setTimeout(done, label.startsWith('slow') ? 500 : 20);
});
