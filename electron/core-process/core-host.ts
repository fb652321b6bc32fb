import {
  app,
  MessageChannelMain,
  utilityProcess,
  type Details,
  type MessagePortMain,
  type WebContents,
} from 'electron';
import type { CoreMessage, Grant } from '../../core/protocol';
import { removeLeftFolders } from '../../core/temp-folder';
import { watchCore } from './core-story';
import { superviseCore, type CoreChild } from './core-supervisor';
import { LAST_WORDS, memoryKills, processEnd, type ProcessEnd } from './exit-reason';
import { channels } from '../bridge';
import type { Log } from '../log/log';

export interface CoreHost {
  /** Gives this page a port to the core, now or when one is ready, and again after every restart. */
  connect(contents: WebContents): void;
  grant(path: string): Grant;
  /** Tries again after it is gone. */
  revive(): void;
  stop(): Promise<void>;
  /** Its state and its ends, for diagnostics. */
  story(): string[];
}

/** The core in a utility process of Electron; every page talks to it over a port of its own, main only introduces them. */
export function createCoreHost(corePath: string, log: Log): CoreHost {
  const story = watchCore(log, () => new Date());
  const pages = new Set<WebContents>();
  let clients = 0;

  const core = superviseCore<MessagePortMain>({
    start: () => forkCore(corePath),
    onStatus(status) {
      story.onStatus(status);
      pages.forEach((page) => page.send(channels.status, status));
    },
    onError: log.coreError,
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
    revive: core.revive,
    stop: async () => {
      await core.stop();
      // A core that had to be ended leaves its folder.
      removeLeftFolders();
    },
    story: story.lines,
  };
}

/** How Electron calls the process when it tells why it has ended. */
const SERVICE_NAME = 'MoE Lab engine';
/** `child-process-gone`, which knows why, may come after `exit`, whose code can be wrong (electron/electron 42283). */
const SETTLE_MS = 100;

function forkCore(path: string): CoreChild<MessagePortMain> {
  const killsBefore = memoryKills();
  const child = utilityProcess.fork(path, [], { serviceName: SERVICE_NAME, stdio: ['ignore', 'inherit', 'pipe'] });
  let lastWords = '';
  let gone: string | null = null;
  let ended = false;
  const keep = (text: string) => (lastWords = (lastWords + text).slice(-LAST_WORDS));
  const onGone = (_: unknown, { type, name, reason }: Details) => {
    if (type === 'Utility' && name === SERVICE_NAME) gone = reason;
  };
  child.stderr?.on('data', (data: Buffer) => {
    keep(data.toString());
    process.stderr.write(data);
  });
  // The report that comes third holds the environment.
  child.on('error', (type, location) => keep(`${type} ${location}`));
  app.on('child-process-gone', onGone);
  // A promise, so that who asks in the moment between its end and our word of it is told, too.
  const end = new Promise<ProcessEnd>((resolve) => {
    child.once('exit', (code) => {
      ended = true;
      setTimeout(() => {
        app.off('child-process-gone', onGone);
        const memoryRanOut = (memoryKills() ?? 0) > (killsBefore ?? 0);
        resolve(processEnd({ code, gone, lastWords, memoryRanOut }));
      }, SETTLE_MS);
    });
  });
  return {
    // To post to a process that is just ending has ended Electron itself (electron/electron 53923).
    send: (message, port) => {
      if (!ended) child.postMessage(message, port ? [port] : []);
    },
    onMessage: (listener) => void child.on('message', (message: CoreMessage) => listener(message)),
    onExit: (listener) => void end.then(listener),
    kill: () => void child.kill(),
  };
}
