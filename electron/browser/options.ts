import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Result } from '../../core/result';

export interface BrowserHostOptions {
  /** 0 lets the system choose. */
  readonly port: number;
  readonly open: boolean;
  /** The absolute path of a file to open. */
  readonly file: string | null;
}

const USAGE = 'Usage: [file] [--port N] [--no-open].';

/** The command line of the browser host. The error's code `usage` means exit status 2, any other 1. */
export function browserHostOptions(args: readonly string[]): Result<BrowserHostOptions> {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { port: { type: 'string' }, 'no-open': { type: 'boolean' } },
    });
  } catch (error) {
    return usage(error instanceof Error ? error.message.split('.')[0] : String(error));
  }
  const { values, positionals } = parsed;
  const port = Number(values.port ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65535 || values.port === '') {
    return usage(`“${values.port}” is no port: use a whole number from 1 to 65535`);
  }
  if (positionals.length > 1) return usage(`One file can be opened, and ${positionals.length} were named`);
  const file = positionals.length ? resolve(positionals[0]) : null;
  if (file && !statSync(file, { throwIfNoEntry: false })?.isFile()) {
    return { ok: false, error: { code: 'host/no-file', message: `There is no file ${file}.` } };
  }
  return { ok: true, value: { port, open: !values['no-open'], file } };
}

const usage = (said: string): Result<never> => ({ ok: false, error: { code: 'usage', message: `${said}. ${USAGE}` } });
