import { readFileSync } from 'node:fs';

/**
 * The most memory this process has held at once, in MB. Linux counts in `maxRSS` what the parent held when it started this process, so
 * there the process's own account is read.
 */
export function peakMegabytes(): number {
  try {
    const kilobytes = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    if (kilobytes !== undefined) return Number(kilobytes) / 1000;
  } catch {
    // No Linux.
  }
  return process.resourceUsage().maxRSS / 1000;
}
