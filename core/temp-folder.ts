import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Who made the folder, and the process it belongs to. */
const NAME = /^moe-lab-(?:core|host)-(\d+)-/;

/**
 * A private folder for this process, readable by its user alone. Folders of processes that ended without tidying up (killed, power
 * lost) are removed on the way: their names carry the process number.
 */
export function privateTempFolder(owner: 'core' | 'host' = 'core'): { path: string; remove(): void } {
  removeLeftFolders();
  const path = mkdtempSync(join(tmpdir(), `moe-lab-${owner}-${process.pid}-`));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 3 }) };
}

/** Of processes that are no more. */
export function removeLeftFolders(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = NAME.exec(name)?.[1];
    if (!pid || isAlive(Number(pid))) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // Another user's folder: theirs to remove.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process: alive, and its folder not ours to remove.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
