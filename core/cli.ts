#!/usr/bin/env node
/** The command line: the core's functions from a terminal, in one process. */
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { processIo } from './cli/io';
import { main } from './cli/main';

export { main };

const invoked = process.argv[1];
// Installed programs are links: the file they lead to is this one, or it was imported.
if (invoked !== undefined && realpathSync(invoked) === fileURLToPath(import.meta.url)) {
  process.exitCode = await main(process.argv.slice(2), processIo());
}
