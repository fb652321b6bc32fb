/**
 * npm start itself, shortly: in a folder with a blank and letters beyond ASCII, without git, from nothing built. Every condition at
 * length: npm run conditions -- start
 */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { reach } from '../conditions/page';
import { until } from '../conditions/processes';
import { startProgram, type Program } from '../conditions/program';

/** Nothing of what a start does is about these, or must be there before. */
const LEFT_OUT = ['node_modules', 'out', 'dist', 'test', 'test-results', 'docs', '.git'];
/** Building is part of the first start, beside other tests. */
const SECONDS = 50;

// /proc tells what a start leaves behind; elsewhere `npm run conditions` says aloud that it did not run.
describe.skipIf(process.platform !== 'linux')('npm start', () => {
  const folder = mkdtempSync(join(tmpdir(), 'moe-lab-start-'));
  const project = join(folder, 'Zoë’s Übung');
  const started: Program[] = [];

  beforeAll(() => {
    mkdirSync(project);
    readdirSync('.')
      .filter((name) => !LEFT_OUT.includes(name))
      .forEach((name) => cpSync(name, join(project, name), { recursive: true }));
    symlinkSync(realpathSync(resolve('node_modules')), join(project, 'node_modules'));
  });
  afterEach(() => started.splice(0).forEach((program) => program.destroy()));
  afterAll(() => rmSync(folder, { recursive: true }));

  function start(args: string[], env: NodeJS.ProcessEnv = {}, byNpm = false): Program {
    const command = byNpm ? ['npm', 'start', '--', ...args] : [process.execPath, 'scripts/start.mjs', ...args];
    const { PATH, HOME } = process.env;
    const program = startProgram(command, {
      cwd: project,
      env: { PATH, HOME, npm_config_update_notifier: 'false', ...env },
      // Of its own: what one that was killed has left is not the next one's.
      temp: mkdtempSync(join(folder, 'temp-')),
    });
    started.push(program);
    return program;
  }

  async function nothingLeft(program: Program): Promise<void> {
    expect(
      await until(
        () => program.running(),
        3,
        (left) => left.length === 0,
      ),
    ).toEqual([]);
    expect(program.leftFiles().filter((name) => name.startsWith('moe-lab'))).toEqual([]);
  }

  test('builds, says why there is no window, and serves a page whose core reads the named table; Ctrl-C ends all', async () => {
    cpSync(join(project, 'resources/samples/auto-mpg.csv'), join(project, 'Größe.csv'));
    const program = start(['Größe.csv']);
    const reached = await reach(await program.address(SECONDS));
    expect(reached.file).toEqual({ name: 'Größe.csv', rows: 406 });
    expect(program.output()).toContain('Using the browser instead of a window: there is no display.');
    expect(program.running().some((command) => command.includes('core.js'))).toBe(true);
    program.signal('SIGINT', 'group');
    expect(await program.ended(10)).toBe(0);
    await nothingLeft(program);
  });

  test('a second one runs beside the first; a port that is taken is said, and status 1', async () => {
    const [first, second] = [start([]), start([])];
    const [here, there] = await Promise.all([first.address(SECONDS), second.address(SECONDS)]);
    second.signal('SIGTERM', 'program');
    await second.ended(10);
    await nothingLeft(second);
    expect((await reach(here)).samples).toBeGreaterThan(0);
    expect(new URL(here).port).not.toBe(new URL(there).port);

    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    const third = start(['--port', String(port)]);
    expect(await third.ended(SECONDS)).toBe(1);
    expect(third.output()).toContain(`Port ${port} is taken by another program`);
    server.close();
  });

  test('npm killed takes everything with it, though it tells nobody', async () => {
    const program = start([], {}, true);
    await program.address(SECONDS);
    program.signal('SIGKILL', 'program');
    await nothingLeft(program);
  });

  test('an Electron that ends at once, or is never heard of while the user presses Ctrl-C', async () => {
    const electron = join(folder, 'electron');
    const env = { DISPLAY: ':99', ELECTRON_EXEC_PATH: electron };
    writeFileSync(electron, '#!/bin/sh\necho no usable sandbox >&2\nexit 1\n', { mode: 0o755 });
    const broken = start(['--no-open'], env);
    await reach(await broken.address(SECONDS));
    expect(broken.output()).toContain('Electron ended with status 1 (no usable sandbox)');

    const mark = join(folder, 'started');
    writeFileSync(electron, `#!/bin/sh\necho yes > '${mark}'\nsleep 100\n`);
    const silent = start(['--no-open'], env);
    await until(() => readIfThere(mark), SECONDS);
    silent.signal('SIGINT', 'group');
    await silent.ended(10);
    expect(silent.output()).not.toContain('browser');
    await nothingLeft(silent);
  });

  test('a temporary folder that is none is said in a sentence', async () => {
    const program = startProgram([process.execPath, 'scripts/start.mjs'], {
      cwd: project,
      env: { PATH: process.env.PATH, HOME: process.env.HOME },
      temp: join(folder, 'temp/none'),
    });
    started.push(program);
    rmSync(join(folder, 'temp/none'), { recursive: true });
    expect(await program.ended(SECONDS)).toBe(1);
    expect(program.output()).toMatch(/MoE Lab cannot write into the temporary folder .*ENOENT/);
    expect(program.output()).not.toMatch(/^\s+at /m);
  });
});

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
