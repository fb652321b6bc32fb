/** Tries conditions one after another and notes what happened in each. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createLab, freshClone, missingTools, plainEnvironment } from './lab';
import { reach, type Reached } from './page';
import { startProgram, type Program } from './program';
import type { Row } from './table';

export interface StartOptions {
  readonly cwd: string;
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Stands before the command and takes something away from it: see lab.ts. */
  readonly before?: readonly string[];
  readonly home?: string;
}

export interface Trial {
  /** A folder of this condition's own. */
  readonly folder: string;
  /** The temporary folder of the program that is started next. */
  temp(): string;
  clone(name?: string, packages?: 'none' | 'linked'): string;
  /** The real npm start, in the environment of a plain login without a display. */
  npmStart(options: StartOptions): Program;
  /** The real npm test in the same. */
  npmTest(options: StartOptions): Program;
  /** What the row says happened, in place of all that was printed. */
  note(text: string): void;
  /** Waits until the printed address leads to a page and a core that answer; the time until then is the row's. */
  reached(program: Program, seconds?: number): Promise<Reached>;
  /** The same for one that has no network but its own. */
  reachedInside(program: Program, seconds?: number): Promise<Reached>;
  /** Waits for its end, and for nothing of it to be left; the row's time ends here unless it has before. */
  ended(program: Program, status: number | string, seconds?: number): Promise<void>;
  /** No process of it runs any more, and no temporary file of it is left. */
  nothingLeft(program: Program): Promise<void>;
  /** Ctrl-C, its end, and nothing left. */
  stopped(program: Program): Promise<void>;
  /** This must have been printed. */
  says(program: Program, text: string | RegExp): void;
  saysNot(program: Program, text: string | RegExp): void;
}

export interface Condition {
  readonly name: string;
  /** It takes something away that only root of a Linux can. */
  readonly takesAway?: boolean;
  try(trial: Trial): Promise<void>;
}

/** Fault of a condition: the end of the row. */
export class Fault extends Error {}

const REGISTRY = () =>
  execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();

/** Tries each condition and prints a line for it as it ends. */
export async function tryAll(conditions: readonly Condition[]): Promise<Row[]> {
  const lab = createLab();
  const rows: Row[] = [];
  const missing = missingTools();
  const registry = REGISTRY();
  try {
    for (const [i, condition] of conditions.entries()) {
      const row =
        condition.takesAway && missing
          ? { condition: condition.name, happened: '', seconds: 0, fault: `not run: it needs ${missing}` }
          : await tryOne(condition, join(lab.path, String(i + 1)), { npm_config_registry: registry });
      rows.push(row);
      // Each holds some hundred MB.
      rmSync(join(lab.path, String(i + 1)), { recursive: true, force: true });
      console.error(
        `${row.fault === null ? 'ok' : row.fault.startsWith('not run') ? 'NOT RUN' : 'FAILED'}  ${row.condition} (${row.seconds.toFixed(1)} s)${row.fault ? `: ${row.fault}` : ''}`,
      );
    }
  } finally {
    lab.remove();
  }
  return rows;
}

async function tryOne(condition: Condition, folder: string, npmEnvironment: NodeJS.ProcessEnv): Promise<Row> {
  mkdirSync(folder, { recursive: true });
  const programs: Program[] = [];
  const clock = { started: performance.now(), taken: null as number | null };
  const lap = () => (clock.taken ??= (performance.now() - clock.started) / 1000);
  const tempFolder = () => {
    const path = join(folder, `temp-${programs.length}`);
    mkdirSync(path, { recursive: true });
    // Whoever the program runs as.
    chmodSync(path, 0o777);
    return path;
  };
  let noted: string | null = null;
  const npm = (
    script: string,
    { cwd, args = [], env = {}, before = [], home = join(folder, 'home') }: StartOptions,
  ) => {
    const command = [...before, 'npm', script, ...(args.length > 0 ? ['--', ...args] : [])];
    const temp = tempFolder();
    const whole = { ...plainEnvironment(home), ...npmEnvironment, ...env };
    clock.started = performance.now();
    clock.taken = null;
    const program = startProgram(command, { cwd, env: whole, temp });
    programs.push(program);
    return program;
  };
  const trial: Trial = {
    folder,
    temp: tempFolder,
    clone: (name = 'moe-lab', packages = 'linked') => freshClone(join(folder, name), packages),
    npmStart: (options) => npm('start', options),
    npmTest: (options) => npm('test', options),
    note: (text) => (noted = text),
    async reached(program, seconds = 90) {
      const found = await reach(await program.address(seconds));
      lap();
      return found;
    },
    async reachedInside(program, seconds = 90) {
      const address = await program.address(seconds);
      const found = execFileSync(
        'nsenter',
        [
          '--net',
          `--target=${program.pid}`,
          process.execPath,
          'scripts/run-ts.mjs',
          'test/conditions/index.ts',
          'reach',
          address,
        ],
        { encoding: 'utf8' },
      );
      lap();
      return JSON.parse(found) as Reached;
    },
    async ended(program, status, seconds = 90) {
      const end = await program.ended(seconds);
      lap();
      if (end !== status) throw new Fault(`it ended with ${end} and not with ${status}`);
      await nothingLeft(program);
    },
    async stopped(program) {
      program.signal('SIGINT', 'group');
      await program.ended(10);
      await nothingLeft(program);
    },
    nothingLeft,
    says(program, text) {
      if (!matches(program, text)) throw new Fault(`it does not say ${text}`);
    },
    saysNot(program, text) {
      if (matches(program, text)) throw new Fault(`it says ${text}`);
    },
  };
  let fault: string | null = null;
  try {
    await condition.try(trial);
    const traced = programs.find((program) => /^\s+at .+:\d+:\d+\)?$/m.test(program.output()));
    if (traced) throw new Fault('it prints a stack trace');
  } catch (error) {
    fault = error instanceof Error ? error.message : String(error);
  }
  lap();
  programs.forEach((program) => program.destroy());
  const happened = noted ?? programs.map((program) => told(program.output(), folder)).join(' — ');
  return { condition: condition.name, happened, seconds: clock.taken ?? 0, fault };
}

const matches = (program: Program, text: string | RegExp) =>
  typeof text === 'string' ? program.output().includes(text) : text.test(program.output());

/** A moment is allowed for what ends because its parent has. */
async function nothingLeft(program: Program): Promise<void> {
  for (let tries = 0; tries < 60 && program.running().length > 0; tries++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  const running = program.running();
  if (running.length > 0) throw new Fault(`still running: ${running.join('; ')}`);
  const files = program.leftFiles().filter((name) => name.startsWith('moe-lab'));
  if (files.length > 0) throw new Fault(`left behind: ${files.join(', ')}`);
}

/** What a user reads, without what npm itself prints, secrets and this machine's folders. */
function told(output: string, folder: string): string {
  return output
    .split('\n')
    .filter((line) => !/^(npm (warn|notice)|> )/.test(line) && line.trim())
    .map((line) => line.replace(/token=\S+/, 'token=…').replaceAll(folder, '…'))
    .map((line) => (line.length > 400 ? `${line.slice(0, 400)} …` : line))
    .join(' / ');
}
