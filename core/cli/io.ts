/** What a command may touch of the world; a test gives its own. */
export interface Io {
  /** Standard output: the result, and with --json one document and nothing else. */
  out(text: string): void;
  /** Standard error: warnings, faults and progress. */
  err(text: string): void;
  /** Whether standard error is a terminal, so that a bar makes sense. */
  readonly terminal: boolean;
  /** Seconds on a steady clock. */
  now(): number;
  /** Calls the listener when the user asks to stop (Ctrl-C); returns how to stop listening. */
  onInterrupt(listener: () => void): () => void;
  /** Ends the program at once. */
  quit(status: number): void;
}

/** The terminal the program was started from. */
export function processIo(): Io {
  // A reader that has seen enough (`| head`) closes the pipe: not a fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    terminal: process.stderr.isTTY === true,
    now: () => performance.now() / 1000,
    onInterrupt(listener) {
      process.on('SIGINT', listener);
      return () => void process.off('SIGINT', listener);
    },
    quit: (status) => process.exit(status),
  };
}
