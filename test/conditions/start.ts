/** `npm start` in every condition a user may have: each ends in front of a working application, or with one sentence. */
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { buildStandIn } from '../stand-in/build';
import { giveTo, nodeOf, NOBODY, offline, ordinaryUser, programsWithout, readOnly } from './lab';
import { until } from './processes';
import type { Program } from './program';
import { Fault, type Condition, type Trial } from './trial';

/** There is none behind it; that is what Electron has to find out. */
const DISPLAY = { DISPLAY: ':99' };
const NO_DISPLAY = 'Using the browser instead of a window: there is no display.';
const SAMPLE = 'resources/samples/auto-mpg.csv';
const SAMPLE_ROWS = 406;

const withNode = (version: string): NodeJS.ProcessEnv => ({
  PATH: `${nodeOf(version)}${delimiter}${process.env.PATH}`,
});

/** A program in Electron's place, written in shell: it needs no Node, as Electron does not. `fd 3` speaks to npm start. */
function electronThat(trial: Trial, code: string): NodeJS.ProcessEnv {
  const path = join(trial.folder, 'electron');
  writeFileSync(path, `#!/bin/sh\n${code}\n`);
  chmodSync(path, 0o755);
  return { ...DISPLAY, ELECTRON_EXEC_PATH: path };
}

const READY = `echo '"ready"' >&$NODE_CHANNEL_FD`;

/** What would open a browser's window notes what it was asked for instead. */
function browserOpener(trial: Trial): { env: NodeJS.ProcessEnv; opened(): string | null } {
  const folder = join(trial.folder, 'bin');
  const note = join(trial.folder, 'opened');
  mkdirSync(folder);
  writeFileSync(join(folder, 'xdg-open'), `#!/bin/sh\necho "$1" > '${note}'\n`, { mode: 0o755 });
  return {
    env: { PATH: `${folder}${delimiter}${process.env.PATH}` },
    opened: () => (existsSync(note) ? readFileSync(note, 'utf8').trim() : null),
  };
}

/** To the end of a start that reached the browser, by Ctrl-C. */
async function inBrowser(trial: Trial, program: Program, inside = false): Promise<void> {
  const { samples, version } = await (inside ? trial.reachedInside(program) : trial.reached(program));
  if (samples === 0 || !version) throw new Fault('the core knows no samples or no version');
  await trial.stopped(program);
}

/** One sentence for the user, and nothing like it twice. */
function oneSentence(program: Program): void {
  const lines = program
    .output()
    .split('\n')
    .filter((line) => line.trim() && !/^(> |npm (warn|notice)|Installing packages|Building)/.test(line));
  if (lines.length !== 1 || !/\.$/.test(lines[0]))
    throw new Fault(`it says ${lines.length} lines and not one sentence`);
}

const sleep = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

const installing: Condition[] = [
  {
    name: 'Nothing but the clone: packages from the network, none in npm’s cache',
    async try(trial) {
      const cwd = trial.clone('moe-lab', 'none');
      const program = trial.npmStart({ cwd, env: { npm_config_cache: cacheOf(trial) } });
      await trial.reached(program, 600);
      await trial.stopped(program);
      trial.says(program, /Packages installed in \d+ s/);
    },
  },
  {
    name: 'Nothing but the clone, no network, packages in npm’s cache',
    takesAway: true,
    async try(trial) {
      if (!existsSync(cacheOf(trial))) throw new Fault('not run: the condition before it fills the cache');
      const cwd = trial.clone('moe-lab', 'none');
      const program = trial.npmStart({ cwd, before: offline, env: { npm_config_cache: cacheOf(trial) } });
      await trial.reachedInside(program, 600);
      await trial.stopped(program);
    },
  },
  {
    name: 'Nothing but the clone, no network, npm’s cache empty',
    takesAway: true,
    async try(trial) {
      const cwd = trial.clone('moe-lab', 'none');
      const program = trial.npmStart({ cwd, before: offline });
      await trial.ended(program, 1, 120);
      oneSentence(program);
    },
  },
  {
    name: 'Nothing but the clone, home read-only: npm has no cache to write',
    takesAway: true,
    async try(trial) {
      const cwd = trial.clone('moe-lab', 'none');
      const home = join(trial.folder, 'home');
      mkdirSync(home);
      const program = trial.npmStart({ cwd, home, before: readOnly(home) });
      await trial.reached(program, 600);
      await trial.stopped(program);
    },
  },
  {
    name: 'Ctrl-C while packages are installed; then once more',
    async try(trial) {
      const cwd = trial.clone('moe-lab', 'none');
      const env = { npm_config_cache: cacheOf(trial) };
      const first = trial.npmStart({ cwd, env });
      await until(() => existsSync(join(cwd, 'node_modules')), 60);
      first.signal('SIGINT', 'group');
      await first.ended(30);
      trial.saysNot(first, 'Packages installed');
      const second = trial.npmStart({ cwd, env });
      await trial.reached(second, 600);
      await trial.stopped(second);
    },
  },
];

/** Shared by the conditions that install. */
const cacheOf = (trial: Trial) => join(trial.folder, '../npm-cache');

const computers: Condition[] = [
  {
    name: 'No display',
    async try(trial) {
      const { env, opened } = browserOpener(trial);
      const program = trial.npmStart({ cwd: trial.clone(), env });
      await inBrowser(trial, program);
      trial.says(program, NO_DISPLAY);
      if (opened() !== null) throw new Fault('it tried to open a browser');
    },
  },
  {
    name: 'No network, packages installed',
    takesAway: true,
    async try(trial) {
      await inBrowser(trial, trial.npmStart({ cwd: trial.clone(), before: offline }), true);
    },
  },
  {
    name: 'A display, Electron’s binary not to be had; the address opens in a browser',
    takesAway: true,
    async try(trial) {
      const { env, opened } = browserOpener(trial);
      const program = trial.npmStart({ cwd: trial.clone(), env: { ...DISPLAY, ...env }, before: offline });
      await trial.reachedInside(program);
      trial.says(program, /Electron's binary could not be fetched: .* does not answer/);
      const address = await until(opened, 5);
      if (!address?.startsWith('http://127.0.0.1:')) throw new Fault('no browser was opened');
      await trial.stopped(program);
    },
  },
  {
    name: '… and on the next start, which remembers that',
    takesAway: true,
    async try(trial) {
      const cwd = trial.clone();
      const before = offline;
      const first = trial.npmStart({ cwd, env: DISPLAY, before, args: ['--no-open'] });
      await first.address(90);
      await trial.stopped(first);
      const second = trial.npmStart({ cwd, env: DISPLAY, before, args: ['--no-open'] });
      await inBrowser(trial, second, true);
      trial.saysNot(second, 'Fetching');
      trial.says(second, 'npm start -- --electron');
    },
  },
  {
    name: 'A display, ELECTRON_SKIP_BINARY_DOWNLOAD=1',
    async try(trial) {
      const env = { ...DISPLAY, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' };
      const program = trial.npmStart({ cwd: trial.clone(), env, args: ['--no-open'] });
      await inBrowser(trial, program);
      trial.says(program, 'ELECTRON_SKIP_BINARY_DOWNLOAD is set');
    },
  },
  {
    name: '--electron where Electron cannot be had',
    async try(trial) {
      const env = { ...DISPLAY, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' };
      const program = trial.npmStart({ cwd: trial.clone(), env, args: ['--electron'] });
      await trial.ended(program, 1);
      oneSentence(program);
    },
  },
  {
    name: '--browser on a computer with Electron',
    async try(trial) {
      const env = electronThat(trial, `touch '${trial.folder}/started'`);
      const program = trial.npmStart({ cwd: trial.clone(), env, args: ['--browser', '--no-open'] });
      await inBrowser(trial, program);
      if (existsSync(join(trial.folder, 'started'))) throw new Fault('Electron was started');
    },
  },
  {
    name: 'Path with blanks and letters beyond ASCII, and a table in it',
    async try(trial) {
      const cwd = trial.clone('Zoë’s Übung 数据 & (1)');
      copyFileSync(join(cwd, SAMPLE), join(cwd, 'Größe in cm.csv'));
      const program = trial.npmStart({ cwd, args: ['Größe in cm.csv'] });
      const { file } = await trial.reached(program);
      if (file?.name !== 'Größe in cm.csv' || file.rows !== SAMPLE_ROWS) throw new Fault('the table is not open');
      await trial.stopped(program);
    },
  },
  {
    name: 'No git, and no .git folder',
    async try(trial) {
      const cwd = trial.clone();
      rmSync(join(cwd, '.git'), { recursive: true });
      const PATH = programsWithout(['git'], join(trial.folder, 'bin'));
      await inBrowser(trial, trial.npmStart({ cwd, env: { PATH } }));
    },
  },
  {
    name: 'Home read-only',
    takesAway: true,
    async try(trial) {
      const home = join(trial.folder, 'home');
      mkdirSync(home);
      await inBrowser(trial, trial.npmStart({ cwd: trial.clone(), home, before: readOnly(home) }));
    },
  },
  {
    name: 'Program folder read-only, built before',
    takesAway: true,
    async try(trial) {
      const cwd = trial.clone();
      const first = trial.npmStart({ cwd });
      await first.address(90);
      await trial.stopped(first);
      const env = electronThat(trial, 'exit 1');
      await inBrowser(trial, trial.npmStart({ cwd, env, args: ['--no-open'], before: readOnly(cwd) }));
    },
  },
  {
    name: 'Temporary folder read-only',
    takesAway: true,
    async try(trial) {
      const program = trial.npmStart({ cwd: trial.clone(), before: readOnly(trial.temp()) });
      await trial.ended(program, 1);
      trial.says(program, 'MoE Lab cannot write into the temporary folder');
    },
  },
  {
    name: 'An ordinary user',
    takesAway: true,
    async try(trial) {
      await inBrowser(trial, trial.npmStart({ cwd: ownedClone(trial), before: ordinaryUser }));
    },
  },
  {
    name: 'All at once: no network, no git, no display, odd path, home read-only, ordinary user, Node 24',
    takesAway: true,
    async try(trial) {
      const cwd = ownedClone(trial, 'Zoë’s Übung');
      rmSync(join(cwd, '.git'), { recursive: true });
      const PATH = `${nodeOf('24.21.0')}${delimiter}${programsWithout(['git'], join(trial.folder, 'bin'))}`;
      const before = [...offline, ...readOnly(join(trial.folder, 'home')), ...ordinaryUser];
      await inBrowser(trial, trial.npmStart({ cwd, env: { PATH }, before }), true);
    },
  },
];

/** A clone, a home and temporary folders that belong to an ordinary user. */
function ownedClone(trial: Trial, name?: string): string {
  const cwd = trial.clone(name);
  const home = join(trial.folder, 'home');
  mkdirSync(home);
  giveTo(NOBODY, trial.folder);
  return cwd;
}

const shells: Condition[] = [
  {
    name: 'Electron ends at once: a library is missing',
    async try(trial) {
      const said = 'electron: error while loading shared libraries: libnss3.so: cannot open shared object file';
      const env = electronThat(trial, `echo '${said}' >&2; exit 127`);
      const program = trial.npmStart({ cwd: trial.clone(), env, args: ['--no-open'] });
      await inBrowser(trial, program);
      trial.says(program, `Using the browser instead of a window: Electron ended with status 127 (${said}).`);
    },
  },
  {
    name: 'Electron ends at once with status 0 and without a word',
    async try(trial) {
      const program = trial.npmStart({
        cwd: trial.clone(),
        env: electronThat(trial, 'exit 0'),
        args: ['--no-open'],
      });
      await inBrowser(trial, program);
      trial.says(program, 'Electron ended without a window');
    },
  },
  {
    name: 'Electron is killed by a signal',
    async try(trial) {
      const env = electronThat(trial, 'kill -SEGV $$');
      const program = trial.npmStart({ cwd: trial.clone(), env, args: ['--no-open'] });
      await inBrowser(trial, program);
      trial.says(program, 'Electron ended with SIGSEGV');
    },
  },
  {
    name: 'Electron shows no window (20 s), with a process of its own that hangs, too',
    async try(trial) {
      const env = electronThat(trial, `trap '' TERM; sleep 1000 & sleep 1000`);
      const program = trial.npmStart({ cwd: trial.clone(), env, args: ['--no-open'] });
      await trial.reached(program);
      trial.says(program, 'Electron showed no window within 20 s');
      if (program.running().some((command) => command.startsWith('sleep'))) throw new Fault('what hung still runs');
      await trial.stopped(program);
    },
  },
  {
    name: '… and Ctrl-C while waiting for it: no browser instead',
    async try(trial) {
      const env = electronThat(trial, `touch '${trial.folder}/started'; sleep 1000`);
      const program = trial.npmStart({ cwd: trial.clone(), env, args: ['--no-open'] });
      await until(() => existsSync(join(trial.folder, 'started')), 60);
      await trial.stopped(program);
      trial.saysNot(program, 'browser');
    },
  },
  {
    name: 'Electron shows a window and is closed',
    async try(trial) {
      const program = trial.npmStart({ cwd: trial.clone(), env: electronThat(trial, `${READY}; sleep 1; exit 0`) });
      await trial.ended(program, 0);
      trial.saysNot(program, 'browser');
    },
  },
  {
    name: 'The built shell on the stand-in for Electron: a window, still there after 22 s; a second start; Ctrl-C',
    async try(trial) {
      const cwd = trial.clone();
      const env = { ...DISPLAY, ELECTRON_EXEC_PATH: await buildStandIn() };
      const first = trial.npmStart({ cwd, env });
      const hasWindow = () => first.running().some((command) => command.includes('--type=renderer'));
      if (!(await until(hasWindow, 60))) throw new Fault('no window came');
      await sleep(22);
      trial.saysNot(first, 'browser');
      if (!hasWindow()) throw new Fault('the window has gone');
      const second = trial.npmStart({ cwd, env });
      await trial.ended(second, 0);
      trial.says(second, 'MoE Lab is already open');
      await trial.stopped(first);
    },
  },
];

const commandLines: Condition[] = [
  {
    name: 'Port taken',
    async try(trial) {
      const cwd = trial.clone();
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      const program = trial.npmStart({ cwd, args: ['--port', String(port)] });
      await trial.ended(program, 1);
      trial.says(program, `Port ${port} is taken by another program`);
      server.close();
    },
  },
  {
    name: 'A second start beside a running one',
    async try(trial) {
      const cwd = trial.clone();
      const first = trial.npmStart({ cwd });
      await trial.reached(first);
      const second = trial.npmStart({ cwd });
      await trial.reached(second);
      await trial.stopped(second);
      await trial.reached(first);
      await trial.stopped(first);
    },
  },
  {
    name: 'A table named',
    async try(trial) {
      const program = trial.npmStart({ cwd: trial.clone(), args: [SAMPLE] });
      const { file } = await trial.reached(program);
      if (file?.rows !== SAMPLE_ROWS) throw new Fault('the table is not open');
      await trial.stopped(program);
    },
  },
  {
    name: 'A file named that is not there: said before anything is installed',
    async try(trial) {
      const program = trial.npmStart({ cwd: trial.clone('moe-lab', 'none'), args: ['absent.csv'] });
      await trial.ended(program, 1);
      oneSentence(program);
    },
  },
  {
    name: 'A flag that does not exist',
    async try(trial) {
      const program = trial.npmStart({ cwd: trial.clone('moe-lab', 'none'), args: ['--what'] });
      await trial.ended(program, 2);
      trial.says(program, 'Usage: npm start');
    },
  },
  {
    name: '--help',
    async try(trial) {
      const program = trial.npmStart({ cwd: trial.clone('moe-lab', 'none'), args: ['--help'] });
      await trial.ended(program, 0);
      ['--browser', '--electron', '--no-open', '--port N'].forEach((flag) => trial.says(program, flag));
    },
  },
];

const nodes: Condition[] = [
  ...['20.19.0', '22.12.0', '22.23.3', '24.21.0'].map((version): Condition => ({
    name: `Node ${version}`,
    async try(trial) {
      await inBrowser(trial, trial.npmStart({ cwd: trial.clone(), env: withNode(version) }));
    },
  })),
  ...['18.20.8', '22.11.0'].map((version): Condition => ({
    name: `Node ${version}, which is too old`,
    async try(trial) {
      const program = trial.npmStart({ cwd: trial.clone('moe-lab', 'none'), env: withNode(version) });
      await trial.ended(program, 1);
      oneSentence(program);
      trial.says(program, version);
    },
  })),
];

/**
 * The signals that end it; npm passes none on to what its shell started. On a shell that waits for its child before it minds Ctrl-C
 * (dash), npm alone cannot be stopped so: everything goes on working, and that is not "left behind".
 */
const endings: Condition[] = [
  ...(['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((signal): Condition => ({
    name: `${signal} to everything, as from a terminal`,
    try: (trial) => endsBy(trial, signal, 'group'),
  })),
  ...(['SIGTERM', 'SIGHUP', 'SIGKILL'] as const).map((signal): Condition => ({
    name: `${signal} to npm alone`,
    try: (trial) => endsBy(trial, signal, 'program'),
  })),
  {
    name: 'SIGINT to npm alone: all ends, or all goes on and ends with the next Ctrl-C',
    async try(trial) {
      const program = trial.npmStart({ cwd: trial.clone() });
      await trial.reached(program);
      program.signal('SIGINT', 'program');
      await sleep(2);
      if (program.running().some((command) => command.startsWith('npm'))) await trial.reached(program);
      await trial.stopped(program);
    },
  },
];

async function endsBy(trial: Trial, signal: NodeJS.Signals, to: 'group' | 'program'): Promise<void> {
  const program = trial.npmStart({ cwd: trial.clone() });
  await trial.reached(program);
  const core = program.running().find((command) => command.includes('core.js'));
  if (!core) throw new Fault('its core is not among its processes: what follows would see nothing');
  program.signal(signal, to);
  await program.ended(10);
  await trial.nothingLeft(program);
}

export const startConditions: readonly Condition[] = [
  ...installing,
  ...computers,
  ...shells,
  ...commandLines,
  ...nodes,
  ...endings,
];
