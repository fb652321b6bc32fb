import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SecondStart {
  readonly argv: string[];
  readonly folder: string;
  readonly data: unknown;
}

const LOCK = 'StandInLock';
const HANDED = 'StandInStart-';

/**
 * One program a user: the first to come writes its number into a file beside the settings; another leaves word of itself there and is
 * refused. Gives whether this is the first, and how to stop being it.
 */
export function singleInstance(userData: string, own: SecondStart, onSecond: (start: SecondStart) => void) {
  mkdirSync(userData, { recursive: true });
  const lock = join(userData, LOCK);
  if (isHeld(lock)) {
    const name = join(userData, `${HANDED}${process.pid}`);
    writeFileSync(`${name}.tmp`, JSON.stringify(own));
    renameSync(`${name}.tmp`, name);
    return { first: false, release: () => undefined };
  }
  writeFileSync(lock, String(process.pid));
  const watcher = watch(userData, () => {
    for (const name of readdirSync(userData).filter((file) => file.startsWith(HANDED) && !file.endsWith('.tmp'))) {
      const path = join(userData, name);
      const start = JSON.parse(readFileSync(path, 'utf8')) as SecondStart;
      rmSync(path);
      onSecond(start);
    }
  });
  return {
    first: true,
    release: () => {
      watcher.close();
      rmSync(lock, { force: true });
    },
  };
}

function isHeld(lock: string): boolean {
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
}
