/**
 * The isolated core process. Its host starts it, hands it clients and the files the user chose, and may kill it at any time.
 * In Electron the host speaks over process.parentPort and each client brings a MessagePort; elsewhere everything travels over
 * the process's own message channel.
 */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { inbox, type Channel } from './channel';
import { serve } from './client-connection';
import { errorFacts } from './error-facts';
import { loadTableEngine } from './data/database';
import { createPool } from './threads/pool';
import { controlMessage, type ClientMessage, type CoreMessage } from './protocol';
import { loadSamples } from './samples';
import { createSession, type Shared } from './service/session';
import { privateTempFolder } from './temp-folder';
import { usualLimit } from './usual-limit';

/** The part of Electron's ports that is used here. */
interface Port {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown; ports?: Port[] }) => void): void;
  on(event: 'close', listener: () => void): void;
  start?(): void;
  close?(): void;
}

/** The page that has just connected is being shown; after that the core has time to load what the first table needs. */
const WARM_UP_MS = 800;

interface Client {
  readonly deliver: (message: unknown) => void;
  readonly close: () => void;
}

function main(): void {
  const parentPort = (process as unknown as { parentPort?: Port }).parentPort;
  // A host that has gone is known by `disconnect`; a send that fails before must not end this process before it has tidied up.
  const unheard = () => undefined;
  const say = (message: CoreMessage) => {
    if (parentPort) parentPort.postMessage(message);
    else process.send?.(message, undefined, undefined, unheard);
  };
  // The terminal may see all of it, the host's log what holds no data.
  const program = new URL('../', import.meta.url).href;
  const log = (error: unknown) => {
    console.error(error);
    say({ type: 'error', error: errorFacts(error, program) });
  };

  const temp = privateTempFolder();
  const shared: Shared = {
    grants: new Map(),
    samples: loadSamples(fileURLToPath(new URL('../../resources/samples/', import.meta.url))),
    tempFolder: temp.path,
    pool: createPool(fileURLToPath(new URL('worker.js', import.meta.url)), Math.max(1, availableParallelism())),
    memory: { bytes: usualLimit() },
    now: () => performance.now() / 1000,
    log,
  };
  const clients = new Map<number, Client>();

  function open(client: number, port: Port | undefined): void {
    const session = createSession(shared, (event, data) => channel.post({ type: 'event', event, data }));
    const held = inbox<unknown>();
    const closing: (() => void)[] = [() => session.close(), () => clients.delete(client)];
    const channel: Channel<unknown, ClientMessage> = {
      post: (message) => (port ? port.postMessage(message) : say({ type: 'client-message', client, message })),
      onMessage: held.listen,
      onClose: (listener) => void closing.push(listener),
      close: () => closing.splice(0).forEach((listener) => listener()),
    };
    port?.on('message', (event) => held.deliver(event.data));
    port?.on('close', channel.close);
    port?.start?.();
    clients.set(client, { deliver: held.deliver, close: channel.close });
    serve(channel, session.handlers, log);
    setTimeout(warmUp, WARM_UP_MS).unref();
  }

  /** What cannot be loaded is told again, and to the user, when a table needs it. */
  const warmUp = () => void loadTableEngine().catch(log);

  async function shutdown(): Promise<void> {
    clients.forEach((client) => client.close());
    await shared.pool.close();
    temp.remove();
    process.exit(0);
  }

  function onControl(data: unknown, ports: Port[] = []): void {
    const checked = controlMessage.safeParse(data);
    if (!checked.success) return log(checked.error);
    const message = checked.data;
    if (message.type === 'client-open') open(message.client, ports[0]);
    else if (message.type === 'client-message') clients.get(message.client)?.deliver(message.message);
    else if (message.type === 'client-close') clients.get(message.client)?.close();
    else if (message.type === 'ping') say({ type: 'alive' });
    else if (message.type === 'grant') shared.grants.set(message.id, { name: message.name, path: message.path });
    else void shutdown();
  }

  if (parentPort) parentPort.on('message', (event) => onControl(event.data, event.ports));
  else {
    process.on('message', (data) => onControl(data));
    // The host is gone: nobody is left to serve.
    process.on('disconnect', () => void shutdown());
  }
  say({ type: 'ready' });
}

main();
