import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import manifest from '../../package.json' with { type: 'json' };
import { commitOf, diagnosticsText } from '../log/diagnostics';
import type { Log } from '../log/log';

/** The diagnostics of the browser host, as they are now. What the browser is, the page says. */
export const hostDiagnostics = (log: Log, core: readonly string[]): string =>
  diagnosticsText({
    version: manifest.version,
    commit: commitOf(fileURLToPath(new URL('../../', import.meta.url))),
    host: 'browser',
    versions: { Node: process.versions.node },
    display: [],
    core,
    logFile: log.file,
    dumpFolder: null,
    lastLines: log.tail(),
    home: homedir(),
    now: new Date(),
  });
