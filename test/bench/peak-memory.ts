import { Worker } from 'node:worker_threads';

/** Looks at the process's resident memory every few milliseconds, while this thread is busy with something else. */
const watch = `
const { workerData } = require('node:worker_threads');
const [peak] = [new Float64Array(workerData)];
setInterval(() => { peak[0] = Math.max(peak[0], process.memoryUsage.rss()); }, 5);
`;

/** By how many MB the resident memory of this process rises at most while something runs. */
export async function peakMemory<T>(run: () => T | Promise<T>): Promise<{ value: T; megabytes: number }> {
  const shared = new SharedArrayBuffer(8);
  const peak = new Float64Array(shared);
  const worker = new Worker(watch, { eval: true, workerData: shared });
  await new Promise((online) => worker.once('online', online));
  const before = process.memoryUsage.rss();
  peak[0] = before;
  const value = await run();
  await worker.terminate();
  return { value, megabytes: (peak[0] - before) / 2 ** 20 };
}
