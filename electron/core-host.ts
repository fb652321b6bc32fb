import { MessageChannelMain, utilityProcess, type MessagePortMain, type WebContents } from 'electron';
import type { CoreMessage, Grant } from '../core/protocol';
import { superviseCore, type CoreChild } from './core-supervisor';
import { processEnd, LAST_WORDS } from './exit-reason';
import { channels } from './bridge';

export interface CoreHost {
  /** Gives this page a port to the core, now or when one is ready, and again after every restart. */
  connect(contents: WebContents): void;
  grant(path: string): Grant;
  stop(): Promise<void>;
}

/** The core in a utility process of Electron; every page talks to it over a port of its own, main only introduces them. */
export function createCoreHost(corePath: string): CoreHost {
  const pages = new Set<WebContents>();
  let clients = 0;

  const core = superviseCore<MessagePortMain>({
    start: () => forkCore(corePath),
    onStatus: (status) => pages.forEach((page) => page.send(channels.status, status)),
    // Pages of Electron have ports: nothing comes this way.
    onClientMessage: () => undefined,
    onReady: () => pages.forEach(introduce),
  });

  function introduce(page: WebContents): void {
    const { port1, port2 } = new MessageChannelMain();
    clients += 1;
    core.send({ type: 'client-open', client: clients }, port1);
    page.postMessage(channels.port, null, [port2]);
  }

  return {
    connect(page) {
      if (!pages.has(page)) {
        pages.add(page);
        // A page whose process has ended cannot be given a port (Electron throws); loaded again, it asks anew.
        const forget = () => void pages.delete(page);
        page.once('destroyed', forget);
        page.once('render-process-gone', forget);
      }
      core.revive();
      const status = core.status();
      page.send(channels.status, status);
      if (status.state === 'ready') introduce(page);
    },
    grant: core.grant,
    stop: core.stop,
  };
}

function forkCore(path: string): CoreChild<MessagePortMain> {
  const child = utilityProcess.fork(path, [], { serviceName: 'MoE Lab engine', stdio: ['ignore', 'inherit', 'pipe'] });
  let lastWords = '';
  const keep = (text: string) => (lastWords = (lastWords + text).slice(-LAST_WORDS));
  child.stderr?.on('data', (data: Buffer) => {
    keep(data.toString());
    process.stderr.write(data);
  });
  child.on('error', (type, location) => keep(`${type} ${location}`));
  return {
    send: (message, port) => child.postMessage(message, port ? [port] : []),
    onMessage: (listener) => void child.on('message', (message: CoreMessage) => listener(message)),
    onExit: (listener) => void child.once('exit', (code) => listener(processEnd(code, null, lastWords))),
    kill: () => void child.kill(),
  };
}
