import { readdirSync, readFileSync } from 'node:fs';

/** Where a program's environment says which start it belongs to; everything it starts inherits it, wherever it hangs later. */
export const MARK = 'MOE_LAB_CONDITION';

interface Process {
  readonly pid: number;
  readonly parent: number;
  /** Clock ticks since the computer started: with the number it names a process for good. */
  readonly started: string;
}

/**
 * Finds, each time it is called, the command lines by process number of all that carries this mark, of what such processes started
 * (Chromium's overwrite their environment) and of what was found before and still runs. From /proc, which only Linux has.
 */
export function watchProcesses(mark: string): () => Map<number, string> {
  const sign = `${MARK}=${mark}`;
  const seen = new Map<number, string>();
  return () => {
    const all = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => processOf(Number(name)));
    const ours = new Map<number, Process>();
    const isOurs = (process: Process) =>
      seen.get(process.pid) === process.started ||
      ours.has(process.parent) ||
      read(`/proc/${process.pid}/environ`).split('\0').includes(sign);
    for (let before = -1; before < ours.size;) {
      before = ours.size;
      all.filter((one) => !ours.has(one.pid) && isOurs(one)).forEach((one) => ours.set(one.pid, one));
    }
    ours.forEach(({ pid, started }) => seen.set(pid, started));
    // One that has ended and waits for its parent to ask how has no command line.
    const commands = [...ours.keys()].map((pid) => [pid, commandOf(pid)] as const);
    return new Map(commands.filter(([, command]) => command));
  };
}

const commandOf = (pid: number) => read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();

/** "pid (name) state ppid ...", the 22nd its start: the name may hold blanks and parentheses. */
function processOf(pid: number): Process[] {
  const fields = read(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ');
  return fields.length > 19 ? [{ pid, parent: Number(fields[1]), started: fields[19] }] : [];
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It has ended since, or is another user's.
    return '';
  }
}

/** Looks until `value` gives something good, at most so long; then what it gave last. */
export async function until<T>(value: () => T, seconds: number, good: (value: T) => boolean = Boolean): Promise<T> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const now = value();
    if (good(now) || performance.now() > end) return now;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
