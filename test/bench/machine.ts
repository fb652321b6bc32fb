import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import type { BenchResult } from './case';

/** Processors' worth of other work that a measurement bears. */
const MOST_BUSY = 0.15;
/** Load average that a measurement bears where the system does not tell the work of others: its own is in it. */
const MOST_LOAD = 1.5;
/** A median beyond this times the least says that something came between. */
const MOST_SPREAD = 1.2;
/** Share of its time that a contestant may wait for a processor. */
const MOST_WAITING = 0.05;
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

/** Why nothing that was measured meanwhile counts; null where it does. */
function disturbance({ load, others }: Quiet): string | null {
  if (others === null) return load > MOST_LOAD ? `the load average was ${load.toFixed(1)}` : null;
  return others > MOST_BUSY ? `other programs used ${others.toFixed(2)} processors` : null;
}

/** Why the repeated runs of a line do not go together; null where they do. */
function scatter({ ours, peer, steady }: BenchResult): string | null {
  if (!steady) return null;
  const sides = [['ours', ours] as const, ...(peer ? [[peer.name, peer] as const] : [])];
  const wide = sides.find(([, { median, min }]) => median > MOST_SPREAD * min);
  return wide ? `${wide[0]}: the median is ${(wide[1].median / wide[1].min).toFixed(2)} times the least` : null;
}

/** Why a line was held up; null where it was not. */
const queue = ({ waited }: BenchResult): string | null =>
  waited !== undefined && waited > MOST_WAITING
    ? `${(100 * waited).toFixed(0)} % of the time was waiting for a processor`
    : null;

/** The lines with what speaks against each: other work against all of them, scattered runs and waiting against the line they are in. */
export const judged = (quiet: Quiet, results: readonly BenchResult[]): BenchResult[] =>
  results.map((result) => {
    const doubts = [disturbance(quiet), scatter(result), queue(result)].filter((doubt) => doubt !== null);
    return doubts.length === 0 ? result : { ...result, doubt: doubts.join('; ') };
  });
