import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../../core/cli';
import type { Io } from '../../../core/cli/io';

export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/**
 * Runs a command line in this process and catches what it prints.
 *
 * @param interruptWhen  a bar of progress on which the user presses Ctrl-C once; standard error is then a terminal
 */
export async function moe(argv: readonly string[], interruptWhen?: (bar: string) => boolean): Promise<Ran> {
  let [out, err] = ['', ''];
  let interrupt = () => {};
  const io: Io = {
    out: (text) => void (out += text),
    err(text) {
      err += text;
      if (!interruptWhen?.(text)) return;
      const press = interrupt;
      interrupt = () => {};
      press();
    },
    terminal: interruptWhen !== undefined,
    now: () => performance.now() / 1000,
    onInterrupt(listener) {
      interrupt = listener;
      return () => undefined;
    },
    quit: (status) => {
      throw new Error(`The program was ended with status ${status}.`);
    },
  };
  const status = await main(argv, io);
  return { status, out, err };
}

/** A folder of this test file's own. */
export function workFolder() {
  const path = mkdtempSync(join(tmpdir(), 'moe-lab-test-'));
  return {
    path,
    at: (name: string) => join(path, name),
    write(name: string, content: string | Uint8Array): string {
      writeFileSync(join(path, name), content);
      return join(path, name);
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
