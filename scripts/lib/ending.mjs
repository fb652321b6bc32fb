/**
 * Whoever wants this program to end wants what it started to end, too: by Ctrl-C, by a signal, or by ending npm. npm may end without a
 * word to us, because it and its shell pass on no signal to what the shell started.
 */
import { readFileSync } from 'node:fs';
import process from 'node:process';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const LOOK_EVERY_MS = 500;

/** Who waits for us: when one of them has gone, a process number here is another. */
const waiting = waitingProcesses();

/**
 * Calls `end` with a signal's name whenever the program should end; the signal itself no longer ends it. The program still ends when
 * nothing is left to do. Gives a function that stops this.
 */
export function onEnding(end) {
  const listeners = SIGNALS.map((signal) => [signal, () => end(signal)]);
  listeners.forEach(([signal, listener]) => process.on(signal, listener));
  const timer = setInterval(() => {
    if (waitingProcesses().every((pid, i) => pid === waiting[i])) return;
    clearInterval(timer);
    end('SIGTERM');
  }, LOOK_EVERY_MS).unref();
  return () => {
    clearInterval(timer);
    listeners.forEach(([signal, listener]) => process.off(signal, listener));
  };
}

/** Under npm: our parent, and its parent where that can be read, because there may be a shell between npm and us. */
function waitingProcesses() {
  if (!process.env.npm_lifecycle_event) return [];
  if (process.platform !== 'linux') return [process.ppid];
  return [process.ppid, parentOf(process.ppid)];
}

/** "pid (name) state ppid": the name may hold blanks and parentheses. */
function parentOf(pid) {
  try {
    return Number(
      readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) \S /s, '')
        .split(' ')[0],
    );
  } catch {
    return null;
  }
}
