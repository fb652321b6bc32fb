/** `npm test` from a fresh clone, with nothing installed: a few runs that together cover every condition. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { browserNames } from '../../scripts/lib/chromium.mjs';
import { giveTo, nodeOf, NOBODY, offline, ordinaryUser, programsWithout, readOnly, root } from './lab';
import { Fault, type Condition, type StartOptions, type Trial } from './trial';

const SECONDS = 3600;

/** Where what each run printed is kept. */
export const logFolder = join(root, 'node_modules/.cache/moe-lab/conditions');

interface TestRun {
  readonly name: string;
  readonly takesAway: boolean;
  readonly expects?: RegExp;
  prepare(trial: Trial): StartOptions;
}

const path = (...places: string[]) => places.join(delimiter);

const runs: readonly TestRun[] = [
  {
    name: 'Node 22; no git, no .git folder; a path with blanks and letters beyond ASCII; no display',
    takesAway: false,
    prepare(trial) {
      const cwd = trial.clone('Zoë’s Übung 数据 & (1)', 'none');
      rmSync(join(cwd, '.git'), { recursive: true });
      const programs = programsWithout(['git'], join(trial.folder, 'bin'));
      return { cwd, env: { PATH: path(nodeOf('22.23.3'), programs), npm_config_cache: npmCache() } };
    },
  },
  {
    name: 'Node 24; no Chrome, Edge or Chromium installed; an ordinary user; home read-only; no display',
    takesAway: true,
    // That the one in the package was used, and nothing skipped.
    expects: /Unpacking the Chromium inside @sparticuz\/chromium/,
    prepare(trial) {
      const cwd = trial.clone('moe-lab', 'none');
      const home = join(trial.folder, 'home');
      mkdirSync(home);
      const programs = programsWithout(browserNames, join(trial.folder, 'bin'));
      giveTo(NOBODY, trial.folder);
      return {
        cwd,
        home,
        env: { PATH: path(nodeOf('24.21.0'), programs) },
        before: [...readOnly(home), ...ordinaryUser],
      };
    },
  },
  {
    name: 'Node 20.19; no network, packages from npm’s cache; no display',
    takesAway: true,
    prepare(trial) {
      const cwd = trial.clone('moe-lab', 'none');
      const PATH = path(nodeOf('20.19.0'), process.env.PATH ?? '');
      return { cwd, env: { PATH, npm_config_cache: npmCache() }, before: offline };
    },
  },
];

/** This user's own: the first run fills it, if nothing has before. */
const npmCache = () => execFileSync('npm', ['config', 'get', 'cache'], { encoding: 'utf8' }).trim();

/** With `parts`, as `npm test -- <parts>`. */
export const testConditions = (parts: readonly string[]): readonly Condition[] =>
  runs.map(({ name, takesAway, expects, prepare }, i) => ({
    name,
    takesAway,
    async try(trial) {
      const program = trial.npmTest({ ...prepare(trial), args: parts });
      // A browser that was not found is a failure here, and not a skip.
      try {
        await trial.ended(program, 0, SECONDS);
        if (expects && (parts.length === 0 || parts.includes('e2e'))) trial.says(program, expects);
        trial.saysNot(program, 'SKIPPED: the application was not tested');
      } finally {
        mkdirSync(logFolder, { recursive: true });
        const log = join(logFolder, `test-${i + 1}.log`);
        writeFileSync(log, program.output());
        console.error(`What it printed: ${log}`);
        trial.note(summaryOf(program.output()));
      }
      if (!/^\d+ passed, 0 failed/m.test(program.output()))
        throw new Fault('it does not end with a count of its tests');
    },
  }));

/** The lines that sum up: what was skipped and why, and the count. */
function summaryOf(output: string): string {
  const lines = output.split('\n').filter((line) => /^(SKIPPED|Packages installed|\d+ passed, \d+ failed)/.test(line));
  return lines.join(' / ') || output.trim().split('\n').slice(-3).join(' / ');
}
