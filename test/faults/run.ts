/**
 * Injects each fault of the list into a copy of the tree, builds it, and runs the end-to-end specs on it until one fails:
 *
 *     npm run faults [-- id …] [--jobs=N]
 *
 * A test counts when it fails again, and passes on the application without the fault: one that fails anyway sees nothing. Prints which test saw which
 * fault, as a table in Markdown. The exit status is 1 when a fault survives.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, copyTree, inject, occurrences, partsOf } from './copy';
import { faults, type Fault } from './faults';
import { run } from './process';
import { ALL, firstFailure, specsNamed, type Failure, type Specs } from './specs';

interface Outcome {
  readonly fault: Fault;
  readonly seen: Failure | null;
  /** Of a fault that no spec saw: whether unit tests do. */
  readonly byUnitTests: boolean;
  readonly seconds: number;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

async function main(words: readonly string[]): Promise<number> {
  const ids = words.filter((word) => !word.startsWith('--'));
  const jobs = Number(
    words.find((word) => word.startsWith('--jobs='))?.slice(7) ?? Math.min(2, availableParallelism()),
  );
  const unknown = ids.find((id) => !faults.some((fault) => fault.id === id));
  if (unknown !== undefined || !(jobs >= 1)) {
    console.error(`There is no fault "${unknown}": see test/faults/faults.ts.`);
    return 2;
  }
  const chosen = ids.length ? faults.filter(({ id }) => ids.includes(id)) : [...faults];
  const lost = chosen.find((fault) => occurrences(root, fault) !== 1);
  if (lost) throw new Error(`The place of "${lost.id}" is not in ${lost.file} exactly once any more: mend the list.`);

  const folder = mkdtempSync(join(tmpdir(), 'moe-lab-faults-'));
  try {
    const sound = join(folder, 'sound');
    copyTree(root, sound);
    const failed = await build(sound, ['main', 'preload', 'renderer']);
    if (failed !== null) throw new Error(`The application does not build:\n${failed}`);
    const look = lookout(sound);
    const outcomes = await inParallel(chosen, jobs, async (fault) => {
      const outcome = await tryFault(fault, sound, join(folder, fault.id), look);
      const { seen, seconds } = outcome;
      console.error(`${fault.id}: ${seen ? `${seen.project}, ${seen.file}` : 'SURVIVED'} (${seconds.toFixed(0)} s)`);
      return outcome;
    });
    console.log(table(outcomes));
    return outcomes.every(({ seen }) => seen) ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

type Look = (app: string, specs: Specs) => Promise<Failure | null>;

/** Looks for a test that fails on a faulted application, again when it is run alone, and passes on the sound one. */
function lookout(sound: string): Look {
  const known = new Map<string, Promise<boolean>>();
  const alone = (app: string, { project, file, title }: Failure, retries: number) =>
    firstFailure(root, app, { project, files: [file] }, { only: title, retries });

  function passesSound(failure: Failure): Promise<boolean> {
    const key = `${failure.project} ${failure.file} ${failure.title}`;
    const looked = known.get(key) ?? alone(sound, failure, 1).then((again) => !again);
    known.set(key, looked);
    return looked;
  }

  return async (app, specs) => {
    const blind: string[] = [];
    for (;;) {
      const failure = await firstFailure(root, app, specs, { except: blind });
      if (!failure || ((await passesSound(failure)) && (await alone(app, failure, 1)))) return failure;
      console.error(`"${failure.title}" (${failure.project}) fails without any fault, or not again: it sees nothing.`);
      blind.push(failure.title);
    }
  };
}

async function tryFault(fault: Fault, sound: string, app: string, look: Look): Promise<Outcome> {
  const started = performance.now();
  copyTree(sound, app);
  inject(app, fault);
  const failed = await build(app, partsOf(fault.file));
  if (failed !== null) throw new Error(`"${fault.id}" does not build:\n${failed}`);
  let seen: Failure | null = null;
  for (const specs of [specsNamed(fault.seenBy), ...ALL]) {
    seen = await look(app, specs);
    if (seen) break;
  }
  const byUnitTests = !seen && (await unitTestsFail(app));
  const seconds = (performance.now() - started) / 1000;
  rmSync(app, { recursive: true, force: true, maxRetries: 5 });
  return { fault, seen, byUnitTests, seconds };
}

async function unitTestsFail(app: string): Promise<boolean> {
  const files = ['test/electron', 'test/core/codec', 'test/core/protocol', 'test/core/client', 'test/renderer/host'];
  const { status } = await run([join(app, 'node_modules/vitest/vitest.mjs'), 'run', ...files], { cwd: app });
  return status !== 0;
}

async function inParallel<T, R>(items: readonly T[], workers: number, act: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const waiting = [...items.entries()];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) results[next[0]] = await act(next[1]);
  };
  await Promise.all(Array.from({ length: workers }, work));
  return results;
}

function table(outcomes: readonly Outcome[]): string {
  const cell = (text: string) => text.replaceAll('|', '\\|');
  const rows = outcomes.map(({ fault, seen, byUnitTests, seconds }) => {
    const by = seen ? `${seen.project}: ${seen.file} › ${seen.title}` : byUnitTests ? 'unit tests only' : 'nothing';
    return `| ${[fault.id, fault.where, fault.harm, by, seen?.said ?? '', seconds.toFixed(0)].map(cell).join(' | ')} |`;
  });
  const caught = outcomes.filter(({ seen }) => seen).length;
  return [
    '| fault | where | what it would do | seen by | which said | s |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
    `${caught} of ${outcomes.length} faults are seen by an end-to-end spec.`,
  ].join('\n');
}

process.exitCode = await main(process.argv.slice(2));
