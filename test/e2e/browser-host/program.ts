import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '../fixtures';
import { ask, connect, type Answer, type Client } from '../../electron/browser/ask';
import { addressOf } from '../fixtures/browser-host';
import { childrenOf } from '../fixtures/processes';
import { appRoot } from '../fixtures/root';

type Headers = Readonly<Record<string, string>>;

/** A browser host that a test talks to over the wire, without a browser. */
export interface Program {
  readonly child: ChildProcess;
  readonly port: number;
  /** As printed, token included. */
  readonly address: string;
  readonly token: string;
  /** What our own page sends with every request. */
  readonly ours: Headers;
  ask(path: string, headers?: Headers, method?: string, body?: string): Promise<Answer>;
  connect(headers?: Headers, path?: string): Promise<Client>;
  /** Process numbers of the cores it runs. */
  cores(): number[];
  /** What it takes for the system's temporary folder: empty at first, and its own. */
  readonly temp: string;
  ended(): Promise<number | null>;
}

interface Fixtures {
  /** Starts one more; it ends with the test. */
  start: (options?: { programArguments?: string[]; env?: NodeJS.ProcessEnv }) => Promise<Program>;
}

/** `program` is shared by the tests of a file: a test that harms it starts its own. */
export const test = base.extend<Fixtures, { program: Program }>({
  program: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads what a fixture needs from this pattern
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'moe-lab-e2e-'));
      const temp = join(folder, 'temp');
      mkdirSync(temp);
      const program = await startProgram(temp, ['--no-open'], process.env);
      await use(program);
      await stop(program);
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  // eslint-disable-next-line no-empty-pattern -- as above
  start: async ({}, use) => {
    const temp = mkdtempSync(join(tmpdir(), 'moe-lab-e2e-'));
    const started: Program[] = [];
    await use(async ({ programArguments = ['--no-open'], env = process.env } = {}) => {
      const own = join(temp, String(started.length));
      mkdirSync(own);
      const program = await startProgram(own, programArguments, env);
      started.push(program);
      return program;
    });
    for (const program of started) await stop(program);
    rmSync(temp, { recursive: true, force: true });
  },
});

export { expect } from '../fixtures';

async function startProgram(temp: string, programArguments: string[], env: NodeJS.ProcessEnv): Promise<Program> {
  const child = spawn(process.execPath, [join(appRoot, 'out/main/browser-host.js'), ...programArguments], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // Its log is for no folder of the user's, and is none of its temporary files.
    env: { ...env, TMPDIR: temp, XDG_STATE_HOME: join(temp, '..', 'state') },
  });
  const ending = new Promise<number | null>((resolve) => child.once('exit', (status) => resolve(status)));
  const address = await addressOf(child);
  const url = new URL(address);
  const port = Number(url.port);
  const token = url.searchParams.get('token') ?? '';
  const ours = { host: url.host, origin: url.origin, cookie: `moe-lab-${port}=${token}` };
  return {
    child,
    port,
    address,
    token,
    ours,
    ask: (path, headers = ours, method = 'GET', body = '') => ask(port, path, { headers, method, body }),
    connect: (headers = ours, path = '/channel') => connect(port, path, headers),
    cores: () => childrenOf(child.pid),
    temp,
    ended: () => ending,
  };
}

async function stop({ child, ended }: Program): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT');
  await ended();
}
