import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';

/** MB are 10^6 bytes everywhere. */
const MEGABYTE = 1e6;
/** What the system calls a kB is 1,024 bytes. */
const KIBIBYTE = 1024;

/** What a process holds (VmRSS), or has held at most (VmHWM), in MB; null where nobody tells, or when it has ended. Linux alone tells. */
export function megabytesOf(pid: number | 'self', what: 'VmRSS' | 'VmHWM'): number | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const kibibytes = new RegExp(`^${what}:\\s*(\\d+) kB$`, 'm').exec(status)?.[1];
    return kibibytes === undefined ? null : (Number(kibibytes) * KIBIBYTE) / MEGABYTE;
  } catch {
    return null;
  }
}

/** What this process holds, in MB. */
export const megabytesNow = (): number => process.memoryUsage.rss() / MEGABYTE;

/**
 * The most memory this process has held at once, in MB. Linux counts in `maxRSS` what the parent held when it started this process, so
 * there the process's own account is read.
 */
export const peakMegabytes = (): number =>
  megabytesOf('self', 'VmHWM') ?? (process.resourceUsage().maxRSS * KIBIBYTE) / MEGABYTE;

/** Looks at the process's resident memory every few milliseconds, while this thread is busy with something else. */
const watch = `
const { workerData } = require('node:worker_threads');
const [peak] = [new Float64Array(workerData)];
setInterval(() => { peak[0] = Math.max(peak[0], process.memoryUsage.rss()); }, 5);
`;

/**
 * By how many MB the memory of this process rises at most while something runs: the peak of the process may have been before.
 */
export async function peakRise<T>(run: () => T | Promise<T>): Promise<{ value: T; megabytes: number }> {
  const shared = new SharedArrayBuffer(8);
  const peak = new Float64Array(shared);
  const worker = new Worker(watch, { eval: true, workerData: shared });
  await new Promise((online) => worker.once('online', online));
  const before = process.memoryUsage.rss();
  peak[0] = before;
  const value = await run();
  await worker.terminate();
  return { value, megabytes: (peak[0] - before) / MEGABYTE };
}
