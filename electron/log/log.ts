/**
 * What happened to the program, one line a thing, in a file that the user may hand to others. So it holds no value of any table: what
 * is written is made of words that stand in our own source, which the compiler checks, and of numbers.
 */
import { accessSync, constants, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import logger from 'electron-log/node';
import { errorFacts, factsText, type ErrorFacts } from '../../core/error-facts';

/** A text that is written in the source, or one of several; nothing that is known only when the program runs, in whole or in part. */
type Written<T> = T extends string ? (Record<never, never> extends Record<T, 1> ? never : T) : T;
type Facts = Readonly<Record<string, string | number | boolean | null>>;

export interface Log {
  /** Null where nothing can be written; the last lines are kept then, too. */
  readonly file: string | null;
  info<const E extends string, const F extends Facts>(
    event: Written<E>,
    facts?: { [K in keyof F]: Written<F[K]> },
  ): void;
  warn<const E extends string, const F extends Facts>(
    event: Written<E>,
    facts?: { [K in keyof F]: Written<F[K]> },
  ): void;
  /** An error by its name, its code and its places in the program. */
  error<const E extends string>(event: Written<E>, error: unknown): void;
  /** The same for an error that was met by the core. */
  coreError(facts: ErrorFacts): void;
  /** The last lines, oldest first. */
  tail(): string[];
}

/** Then it is put aside, and with it the one before is forgotten. */
const LARGEST_BYTES = 1024 * 1024;
const TAIL = 100;

/**
 * @param folder  made if it is not there
 * @param program  the address of the folder of the built program
 */
export function openLog(folder: string, program: string): Log {
  const file = writable(folder) ? join(folder, 'moe-lab.log') : null;
  const kept: string[] = [];
  // One a place: the library keeps its settings with the name.
  const out = logger.create({ logId: `moe-lab ${folder}` });
  for (const transport of Object.values(out.transports)) if (transport) transport.level = false;
  if (file !== null) {
    Object.assign(out.transports.file, {
      level: 'silly',
      maxSize: LARGEST_BYTES,
      resolvePathFn: () => file,
      format: '{y}-{m}-{d} {h}:{i}:{s}.{ms} {level} {text}',
      writeOptions: { flag: 'a', mode: 0o600, encoding: 'utf8' },
    });
  }

  function write(level: 'info' | 'warn' | 'error', event: string, rest: string): void {
    const line = rest === '' ? event : `${event}: ${rest}`;
    out[level](line);
    kept.push(`${level} ${line}`);
    if (kept.length > TAIL) kept.shift();
  }

  return {
    file,
    info: (event, facts) => write('info', event, factsLine(facts)),
    warn: (event, facts) => write('warn', event, factsLine(facts)),
    error: (event, error) => write('error', event, factsText(errorFacts(error, program))),
    coreError: (facts) => write('error', 'engine', factsText(facts)),
    tail: () => (file === null ? [...kept] : lastLines(file)),
  };
}

const factsLine = (facts: Facts = {}): string =>
  Object.entries(facts)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');

function writable(folder: string): boolean {
  try {
    make(folder);
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Folder by folder: Node's own way tries for ever where a file system denies that the parent is there, as /proc does. */
function make(folder: string): void {
  if (existsSync(folder)) return;
  make(dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}

function lastLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').trimEnd().split(/\r?\n/).slice(-TAIL);
  } catch {
    return [];
  }
}
