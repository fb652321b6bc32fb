import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { Session } from './cdp';
import { startChromium, type Chromium } from './chromium';
import { OWN_HOSTS } from './addresses';
import { serveSchemes, type SchemeHandler } from './scheme-server';

/** A page that Chromium has just made; it stands still until it is resumed. */
export interface NewPage {
  readonly targetId: string;
  readonly session: Session;
}

/** Chromium and what the program serves to it. Pages can be asked for at once; they come when Chromium runs. */
export interface Engine {
  /** Handlers of the program's schemes, by their names. */
  readonly schemes: Map<string, SchemeHandler>;
  readonly secret: string;
  /** `ended` when Chromium has ended by itself; `popup` (NewPage) for a page that a page has opened, `gone` (targetId). */
  readonly events: EventEmitter;
  start(profile: string): Promise<void>;
  browser(): Promise<Session>;
  createPage(): Promise<NewPage>;
  /** Resolves when Chromium has ended. */
  stop(): Promise<void>;
  kill(): void;
}

export function createEngine(): Engine {
  const schemes = new Map<string, SchemeHandler>();
  const events = new EventEmitter();
  const attached = new Map<string, NewPage>();
  const made = new Set<string>();
  const started = deferred<Session>();
  let creating: Promise<unknown> = Promise.resolve();
  let stopping = false;
  let chromium: Chromium | null = null;
  let closeServer = () => undefined as void;

  function onAttached(session: Session, targetId: string): void {
    attached.set(targetId, { targetId, session });
    // Whose page it is, is known when no page of ours is on its way.
    void creating.then(() => made.has(targetId) || events.emit('popup', { targetId, session }));
  }

  async function start(profile: string): Promise<void> {
    const server = await serveSchemes(schemes);
    closeServer = server.close;
    chromium = startChromium({ profile, hosts: OWN_HOSTS, port: server.port });
    const { connection } = chromium;
    const { browser } = connection;
    const pageOf = new Map<string, string>();
    connection.onClose(() => stopping || events.emit('ended'));
    browser.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      const session = connection.session(sessionId);
      pageOf.set(sessionId, targetInfo.targetId);
      if (targetInfo.type === 'page') onAttached(session, targetInfo.targetId);
      else void session.send('Runtime.runIfWaitingForDebugger').catch(() => undefined);
    });
    browser.on('Target.detachedFromTarget', ({ sessionId }) => events.emit('gone', pageOf.get(sessionId)));
    await browser.send('Target.setDiscoverTargets', { discover: true });
    await browser.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true });
    started.resolve(browser);
  }

  return {
    schemes,
    secret: randomUUID(),
    events,
    start,
    browser: () => started.promise,
    async createPage() {
      const browser = await started.promise;
      const created = browser.send('Target.createTarget', { url: 'about:blank', newWindow: true });
      creating = Promise.all([creating, created.then(({ targetId }) => made.add(targetId))]);
      const { targetId } = await created;
      const page = attached.get(targetId);
      if (!page) throw new Error('Chromium made a page and did not show it');
      return page;
    },
    async stop() {
      stopping = true;
      closeServer();
      await chromium?.close();
    },
    kill: () => chromium?.kill(),
  };
}

function deferred<T>() {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((done) => (resolve = done));
  return { promise, resolve };
}
