import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { ControlMessage, HostStatus } from '../../../core/protocol';
import { acceptClients } from '../../../electron/browser/clients';
import { createGate } from '../../../electron/browser/gate';
import { createHttpHandler, type HttpOptions } from '../../../electron/browser/http';
import { test as withFolder } from '../folder';
import { ask, connect } from './ask';

type Headers = Record<string, string>;

/** The browser host without a core: what would be said to one is kept. */
async function startHost(folder: string) {
  for (const name of ['page', 'uploads']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'page', 'index.html'), '<title>MoE Lab</title>');
  writeFileSync(join(folder, 'secret.html'), 'secret');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const gate = createGate(port);
  const said: ControlMessage[] = [];
  const granted: string[] = [];
  const state = { status: { state: 'ready', restarts: 0 } as HostStatus, revived: 0 };
  const grant = (path: string) => {
    granted.push(path);
    return { id: `id-${granted.length}`, name: 'a.csv', bytes: 3 };
  };
  const [pageFolder, uploadFolder] = [join(folder, 'page'), join(folder, 'uploads')];
  const logged: string[] = [];
  const log: HttpOptions['log'] = {
    warn: (event, facts) => void logged.push(`${event} ${JSON.stringify(facts)}`),
    error: (event) => void logged.push(event),
  };
  const diagnostics = () => 'MoE Lab, browser host\n';
  const revive = () => void (state.revived += 1);
  server.on('request', createHttpHandler({ gate, port, pageFolder, uploadFolder, grant, revive, log, diagnostics }));
  const clients = acceptClients({
    server,
    gate,
    send: (message) => said.push(message),
    status: () => state.status,
    revive,
    file: { id: 'named', name: 'named.csv', bytes: 1 },
  });

  /** The headers of our own page. */
  const ours: Headers = {
    host: `127.0.0.1:${port}`,
    origin: `http://127.0.0.1:${port}`,
    cookie: gate.cookie.split(';')[0],
  };

  const askHere = (path: string, headers: Headers = ours, method = 'GET', body = '') =>
    ask(port, path, { headers, method, body });
  const connectHere = (headers: Headers = ours, path = '/channel') => connect(port, path, headers);

  async function stop(): Promise<void> {
    clients.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  return { port, gate, clients, said, granted, logged, state, ours, ask: askHere, connect: connectHere, stop };
}

/** A test with a running browser host of its own. */
export const test = withFolder.extend<{ host: Awaited<ReturnType<typeof startHost>> }>({
  host: async ({ folder }, use) => {
    const host = await startHost(folder);
    await use(host);
    await host.stop();
  },
});
