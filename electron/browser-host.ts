/**
 * The browser host: the same page and the same core without Electron, for computers without a display or without its binary, and
 * for remote use through an ssh tunnel. Prints one line with the full address; Ctrl-C stops everything.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { privateTempFolder, removeLeftFolders } from '../core/temp-folder';
import { acceptClients, type Clients } from './browser/clients';
import { forkCore } from './browser/forked-core';
import { createGate } from './browser/gate';
import { createHttpHandler } from './browser/http';
import { hostDiagnostics } from './browser/host-diagnostics';
import { logFolder } from './browser/log-folder';
import { hasDisplay, openBrowser } from './browser/open-browser';
import { browserHostOptions, type BrowserHostOptions } from './browser/options';
import { watchCore } from './core-process/core-story';
import { superviseCore } from './core-process/core-supervisor';
import { openLog } from './log/log';

type TempFolder = ReturnType<typeof privateTempFolder>;

const built = (path: string) => fileURLToPath(new URL(path, import.meta.url));

function main(): void {
  const options = browserHostOptions(process.argv.slice(2));
  if (!options.ok) return giveUp(options.error.message, options.error.code === 'usage' ? 2 : 1);
  const server = createServer();
  server.once('error', (error: NodeJS.ErrnoException) => giveUp(listenError(error, options.value.port), 1));
  server.listen(options.value.port, '127.0.0.1', () => {
    const temp = ownTempFolder();
    if (temp) serve(server, options.value, temp);
    else server.close();
  });
}

function serve(server: Server, { open, file }: BrowserHostOptions, temp: TempFolder): void {
  const { port } = server.address() as AddressInfo;
  const gate = createGate(port);
  const log = openLog(logFolder(process.platform, process.env, homedir()), new URL('../', import.meta.url).href);
  process.on('uncaughtExceptionMonitor', (error) => log.error('the host ended by an error of its own', error));
  log.info('started', { pid: process.pid, node: Number(process.versions.node.split('.')[0]) });
  const story = watchCore(log, () => new Date());
  let clients: Clients | null = null;
  const core = superviseCore<undefined>({
    start: () => forkCore(built('core.js')),
    onStatus(status) {
      story.onStatus(status);
      clients?.tellAll({ type: 'host', status });
    },
    onError: log.coreError,
    onClientMessage: (client, message) => clients?.tell(client, message),
    onReady: () => clients?.openAll(),
  });
  const named = file === null ? null : core.grant(file);
  clients = acceptClients({ ...core, server, gate, file: named });
  const pageFolder = built('../renderer');
  const diagnostics = () => hostDiagnostics(log, story.lines());
  server.on(
    'request',
    createHttpHandler({
      ...{ gate, port, pageFolder, uploadFolder: temp.path },
      ...{ grant: core.grant, revive: core.revive, log, diagnostics },
    }),
  );

  const address = (token: string) => `http://127.0.0.1:${port}/?token=${token}`;
  console.log(`MoE Lab is running, and Ctrl-C stops it. Open ${address(gate.token)}`);
  if (open && hasDisplay(process.platform, process.env)) openBrowser(address(gate.issueOnce()), process.platform);

  let asked = 0;
  async function stop(): Promise<void> {
    asked += 1;
    if (asked > 1) process.exit(1);
    server.close();
    clients?.close();
    await core.stop();
    temp.remove();
    // A core that had to be ended leaves its folder.
    removeLeftFolders();
    log.info('stopped');
    process.exit(0);
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());
  // npm start was ended by force: nobody would know of us.
  process.once('disconnect', () => asked === 0 && void stop());
}

/** Null when there can be none, which has been said. */
function ownTempFolder(): TempFolder | null {
  try {
    return privateTempFolder('host');
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? String(error);
    giveUp(
      `MoE Lab cannot write into the temporary folder ${tmpdir()} (${why}): mend that, or name another in TMPDIR.`,
      1,
    );
    return null;
  }
}

function listenError(error: NodeJS.ErrnoException, port: number): string {
  if (error.code === 'EADDRINUSE')
    return `Port ${port} is taken by another program: name another with --port, or none to let one be chosen.`;
  if (error.code === 'EACCES')
    return `Port ${port} is reserved by the operating system: name one above 1023 with --port.`;
  return `MoE Lab cannot listen on 127.0.0.1 (${error.message}).`;
}

function giveUp(sentence: string, status: number): void {
  console.error(sentence);
  process.exitCode = status;
}

main();
