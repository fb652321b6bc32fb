import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import type { BenchResult } from './case';

/** Processors' worth of other work that a measurement bears. */
const MOST_BUSY = 0.15;
/** A median beyond this times the least says that something came between. */
const MOST_SPREAD = 1.3;
/** Ticks of /proc a second, on every Linux that Node runs on. */
const TICKS = 100;

export const machineName = (): string => `${cpus().length} x ${cpus()[0].model.trim()}`;

/** Seconds all processors have worked, and seconds this process and those of its children that have ended have. */
function worked(): { all: number; own: number } | null {
  const all = cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0) / 1000;
  try {
    // After the name, which may hold anything: utime, stime, cutime and cstime are fields 14 to 17.
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return { all, own: fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0) / TICKS };
  } catch {
    return null;
  }
}

/** What a stretch of time was worth for measuring. */
export interface Quiet {
  /** Of the last minute, at the end: with the benchmark's own work. */
  readonly load: number;
  /** Processors' worth of work that was not the benchmark's; null where the system does not tell. */
  readonly others: number | null;
}

/** Begins to watch; the function it gives ends that. Children that still run count as others. */
export function watchOthers(): () => Quiet {
  const before = worked();
  const begun = performance.now();
  return () => {
    const after = worked();
    const seconds = (performance.now() - begun) / 1000;
    const others = before && after ? Math.max(0, after.all - before.all - (after.own - before.own)) / seconds : null;
    return { load: loadavg()[0], others };
  };
}

/** Why what was measured meanwhile does not count, a sentence each; none where it does. */
export function doubts({ load, others }: Quiet, results: readonly BenchResult[]): string[] {
  const found: string[] = [];
  if (others === null && load > 1.5) found.push(`The load average was ${load.toFixed(1)}.`);
  if (others !== null && others > MOST_BUSY)
    found.push(`Other programs used ${others.toFixed(2)} processors (load average ${load.toFixed(1)}).`);
  for (const { name, ours, peer, steady } of results) {
    if (!steady) continue;
    for (const [who, { median, min }] of [['ours', ours], ...(peer ? [[peer.name, peer] as const] : [])] as const)
      if (median > MOST_SPREAD * min)
        found.push(
          `${name}, ${who}: the median ${median.toFixed(1)} is over ${MOST_SPREAD} times the least, ${min.toFixed(1)}.`,
        );
  }
  return [...new Set(found)];
}
