import { spawn } from 'node:child_process';
import { onEnding } from './ending.mjs';

/** A failure that one sentence explains; shown without a stack trace. */
export class Failure extends Error {
  constructor(sentence, status = 1) {
    super(sentence);
    this.status = status;
  }
}

/** A signal asked us to end while another program was at work. */
class Ending extends Error {
  constructor(signal) {
    super(`ended by ${signal}`);
    this.signal = signal;
  }
}

/** Runs the main function of a script: a Failure becomes its sentence and its exit status. */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (error instanceof Ending) return void process.kill(process.pid, error.signal);
    if (!(error instanceof Failure)) throw error;
    console.error(error.message);
    process.exitCode = error.status;
  }
}

/**
 * Runs a program to its end and keeps what it prints; with `show` it is printed, too. `seconds` ends it when it takes longer.
 * `status` is null when it could not be started or was ended. What asks us to end ends it, too, and everything here.
 */
export function run(command, args, { show = false, seconds = 0, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let output = '';
    for (const [stream, target] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
        if (show) target.write(text);
      });
    }
    const timer = seconds && setTimeout(() => child.kill('SIGKILL'), seconds * 1000);
    let asked = null;
    const stopWatching = onEnding((signal) => {
      asked = signal;
      // Ctrl-C in a terminal reaches it without us, and some programs take a second one for impatience.
      if (signal !== 'SIGINT') child.kill(signal);
    });
    const end = (status, said = '') => {
      clearTimeout(timer);
      stopWatching();
      if (asked) reject(new Ending(asked));
      else resolve({ status, output: output + said });
    };
    child.on('error', (error) => end(null, error.message));
    child.on('close', (status) => end(status));
  });
}

/** The last line that says something, for "why". */
export const lastLine = (output) =>
  output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line && !/^npm (warn|notice)/.test(line))
    .at(-1)
    ?.slice(0, 300) ?? 'no reason given';
