import { spawn } from 'node:child_process';

/** A failure that one sentence explains; shown without a stack trace. */
export class Failure extends Error {
  constructor(sentence, status = 1) {
    super(sentence);
    this.status = status;
  }
}

/** Runs the main function of a script: a Failure becomes its sentence and its exit status. */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.error(error.message);
    process.exitCode = error.status;
  }
}

/**
 * Runs a program to its end and keeps what it prints; with `show` it is printed, too. `seconds` ends it when it takes longer.
 * `status` is null when it could not be started or was ended.
 */
export function run(command, args, { show = false, seconds = 0, ...options } = {}) {
  return new Promise((resolve) => {
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
    const end = (status, said = '') => {
      clearTimeout(timer);
      resolve({ status, output: output + said });
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
