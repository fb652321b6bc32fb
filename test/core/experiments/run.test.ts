import { expect, test } from 'vitest';
import type { Experiment } from '../../../core/experiments/experiment';
import { effortOf, runExperiment, runTask, type ExperimentState, type TaskRunner } from '../../../core/experiments/run';
import { Cancelled } from '../../../core/kernels/pass';
import { random } from '../../../core/random';

/** Measures its seed, and fails or stops where the setting says so. */
const sample: Experiment = {
  name: 'sample',
  title: 'A sample',
  source: 'nowhere',
  question: 'What?',
  seeds: 5,
  claims: [],
  figures: [],
  tasks: ({ seeds }) => Array.from({ length: seeds }, (_, i) => ({ setting: i % 2 ? 'odd' : 'even', seed: i })),
  run({ setting, seed }, _effort, _tables, cancel) {
    if (Atomics.load(cancel, 0) !== 0) throw new Cancelled();
    if (setting === 'fails') throw new Error('no such number.');
    return { observations: [{ setting, method: 'm', metric: 'x', value: seed }], lines: [] };
  },
  findings: ({ rows }) => [`${rows.length} rows`],
};
const flag = () => new Int32Array(new SharedArrayBuffer(4));
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
/** A runner whose tasks end in another order than they began. */
const shuffled = (size: number, seed: number): TaskRunner => {
  const stream = random(seed);
  return {
    size,
    async run(work) {
      await pause(20 * stream.uniform());
      return runTask(sample, work);
    },
  };
};
const quiet = () => undefined;

test('The report does not depend on how many tasks run side by side and which ends first', async () => {
  const effort = { seeds: 12, quick: false };
  const alone = await runExperiment(sample, effort, [], shuffled(1, 1), flag(), quiet);
  const many = await runExperiment(sample, effort, [], shuffled(5, 2), flag(), quiet);
  expect(alone).toMatchObject({ ok: true, value: { seeds: 12, findings: ['2 rows'] } });
  expect(many).toEqual(alone);
});

test('Progress counts the tasks that are done, and the report so far is without findings', async () => {
  const states: ExperimentState[] = [];
  await runExperiment(sample, { seeds: 4, quick: true }, [], shuffled(1, 3), flag(), (state) => states.push(state));
  expect(states.map(({ done, total }) => [done, total])).toEqual([0, 1, 2, 3, 4].map((done) => [done, 4]));
  expect(states[1].report()).toMatchObject({ quick: true, findings: [] });
});

test('A cancel keeps what was done and says no findings', async () => {
  const cancel = flag();
  const onProgress = ({ done }: ExperimentState) => {
    if (done === 2) Atomics.store(cancel, 0, 1);
  };
  const stopped = await runExperiment(sample, { seeds: 9, quick: false }, [], shuffled(1, 4), cancel, onProgress);
  expect(stopped).toMatchObject({ ok: true, value: { findings: [] } });
  const measured = stopped.ok ? stopped.value.rows.reduce((sum, { seeds }) => sum + seeds, 0) : 0;
  expect(measured).toBe(2);
});

test('Tables of one name are told apart, so that each is run as itself', async () => {
  const tableOf = (name: string, value: number) => ({ name, n: 1, d: 0, values: Float64Array.of(value) });
  const onTables: Experiment = {
    ...sample,
    tasks: (_effort, tables) => tables.map(({ name }) => ({ setting: name, seed: 1 })),
    run: ({ setting }, _effort, tables) => {
      const table = tables.find(({ name }) => name === setting);
      return { observations: [{ setting, method: 'm', metric: 'x', value: table?.values[0] ?? NaN }], lines: [] };
    },
  };
  const runner: TaskRunner = { size: 1, run: async (work) => runTask(onTables, work) };
  const tables = [tableOf('cars', 1), tableOf('cars', 2), tableOf('cars (2)', 3)];
  const report = await runExperiment(onTables, { seeds: 1, quick: false }, tables, runner, flag(), quiet);
  if (!report.ok) throw new Error(report.error.message);
  expect(report.value.rows.map(({ setting, median }) => [setting, median])).toEqual([
    ['cars', 1],
    ['cars (2)', 2],
    ['cars (2) (2)', 3],
  ]);
});

test('A task that cannot be measured ends the experiment with one sentence that names it', async () => {
  const broken = { ...sample, tasks: () => [{ setting: 'fails', seed: 3 }] };
  const runner: TaskRunner = { size: 1, run: async (work) => runTask(broken, work) };
  expect(await runExperiment(broken, { seeds: 1, quick: false }, [], runner, flag(), quiet)).toEqual({
    ok: false,
    error: {
      code: 'experiment/failed',
      message: 'Seed 3 of sample, fails, could not be measured: no such number.',
    },
  });
});

test('A task that is cancelled before or while it runs has no result', () => {
  const work = {
    experiment: 'sample',
    task: { setting: 'even', seed: 1 },
    effort: { seeds: 1, quick: true },
    tables: [],
    cancel: flag().fill(1),
  };
  expect(runTask(sample, work)).toEqual({ ok: true, value: null });
  const stops = {
    ...sample,
    run: () => {
      throw new Cancelled();
    },
  };
  expect(runTask(stops, { ...work, cancel: flag() })).toEqual({ ok: true, value: null });
  expect(runTask(undefined, work)).toMatchObject({ ok: false, error: { code: 'experiment/unknown' } });
});

test('Seeds asked for count; else all of them, and in a quick run at most four', () => {
  expect(effortOf(sample, null, false)).toEqual({ seeds: 5, quick: false });
  expect(effortOf(sample, null, true)).toEqual({ seeds: 4, quick: true });
  expect(effortOf({ ...sample, seeds: 1 }, null, true).seeds).toBe(1);
  expect(effortOf(sample, 40, true)).toEqual({ seeds: 40, quick: true });
});
