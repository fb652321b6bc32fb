import { spawn } from 'node:child_process';

export interface Ended {
  readonly status: number | null;
  /** Both streams. */
  readonly output: string;
}

/** Runs a script with this Node. */
export function run(args: readonly string[], options: { cwd: string; env?: NodeJS.ProcessEnv }): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (text: string) => (output += text);
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.on('error', reject).on('close', (status) => resolve({ status, output }));
  });
}
