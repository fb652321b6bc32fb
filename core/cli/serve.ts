import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { fail, ok, type Result } from '../result';
import { builtProgram } from './built-program';
import { wholeNumber } from './parsers';

/** `moe-lab serve`: the application in a browser, over the same core. */
export function defineServe(program: Command): Command {
  return program
    .command('serve')
    .description('open the application in a browser; prints its address')
    .argument('[file]', 'a table to open')
    .option('--port <n>', 'port on 127.0.0.1 (default: any free one)', wholeNumber(1, 65535))
    .option('--no-open', 'do not open a browser');
}

/** The host is a program of its own, found by path: the core imports nothing of it. */
export async function runServe(
  file: string | undefined,
  flags: { port?: number; open: boolean },
): Promise<Result<null>> {
  const host = builtProgram('browser-host.js');
  if (host === null) return fail('serve/not-built', 'The application is not built yet; run npm run build first.');
  if (file !== undefined && !existsSync(file))
    return fail('file/not-found', `There is no file ${file}; check its name.`);
  const args = [
    ...(flags.port === undefined ? [] : ['--port', String(flags.port)]),
    ...(flags.open ? [] : ['--no-open']),
    ...(file === undefined ? [] : [resolve(file)]),
  ];
  const child = spawn(process.execPath, [host, ...args], { stdio: 'inherit' });
  // Ctrl-C reaches the host too, being of the same terminal: wait for it to tidy up rather than leave first.
  const wait = () => undefined;
  process.on('SIGINT', wait);
  const stop = () => child.kill('SIGTERM');
  process.on('SIGTERM', stop);
  const code = await new Promise<number>((settled) => {
    child.on('exit', (status, signal) => settled(signal === null ? (status ?? 1) : 0));
    child.on('error', () => settled(1));
  });
  process.off('SIGINT', wait);
  process.off('SIGTERM', stop);
  return code === 0
    ? ok(null)
    : fail('serve/ended', 'The application’s host ended unexpectedly; its last words are above.');
}
