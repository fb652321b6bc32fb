/**
 * The first fit of an example, from the message that asks for it to the message with its result, on the built core:
 *   node scripts/run-ts.mjs test/bench/first-fit.ts [repetitions] [pause before it, ms]
 * Each repetition is a core of its own, which opens Auto MPG, prepares the design (as the page does when its form is shown), waits as
 * a user who reads, and fits ten starts of joint EM; then fits again, when everything has been loaded. Medians.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import type { DesignRecipe } from '../../core/data/types';
import { defaultFeatures } from '../../core/data/roles';
import { defaults } from '../../core/fit/settings';
import type { FitSpec } from '../../core/protocol';
import { quantileSorted } from '../../core/quantile';
import { type CoreClient, startCore } from './core-client';

const repetitions = Number(process.argv[2] ?? 5);
const pause = Number(process.argv[3] ?? 1000);

/** Processor time of a process so far, ms: its first thread's, and all the others' together. NaN where the system does not tell. */
function processorTime(pid: number): { main: number; others: number } {
  const threads = `/proc/${pid}/task`;
  if (!existsSync(threads)) return { main: Number.NaN, others: Number.NaN };
  const used = { main: 0, others: 0 };
  for (const thread of readdirSync(threads))
    used[thread === `${pid}` ? 'main' : 'others'] +=
      Number(readFileSync(`${threads}/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  return used;
}

async function timedFit(core: CoreClient, tableId: string, design: DesignRecipe, fit: FitSpec, runId: string) {
  const before = processorTime(core.pid);
  const begun = performance.now();
  const ended = core.next('run/finished');
  const { value: finished, pause: wait } = await core.watched(async () => {
    await core.ask('fit/start', { runId, tableId, design, fit });
    const value = await ended;
    return { value, ms: performance.now() - begun };
  });
  const after = processorTime(core.pid);
  if (finished.value.state !== 'done') throw new Error(`The fit ended ${finished.value.state}.`);
  const starts = 1000 * finished.value.result.report.termination.seconds;
  return {
    whole: finished.ms,
    starts,
    rest: finished.ms - starts,
    main: after.main - before.main,
    others: after.others - before.others,
    wait,
  };
}

async function once() {
  const core = await startCore();
  const table = await core.ask('data/open', { source: { kind: 'sample', id: 'auto-mpg' }, dialect: {} });
  const target = table.columns.find(({ suggestedRole }) => suggestedRole === 'target')?.name ?? '';
  const design: DesignRecipe = {
    target,
    features: defaultFeatures(table.columns, target),
    gateFeatures: null,
    types: {},
    preprocess: 'standardise',
    output: 'auto',
    intercept: true,
    split: { kind: 'fraction', fraction: 0.2, seed: 1 },
  };
  const fit: FitSpec = {
    method: 'joint-em',
    experts: 3,
    activation: 'linear',
    seed: 1,
    noise: null,
    timeLimit: null,
    options: {},
    ...defaults,
    restarts: 10,
  };
  await core.ask('design/prepare', { tableId: table.tableId, design, fit });
  await new Promise((resolve) => setTimeout(resolve, pause));
  const first = await timedFit(core, table.tableId, design, fit, 'first');
  const second = await timedFit(core, table.tableId, design, fit, 'second');
  await core.close();
  return { first, second };
}

const runs: Awaited<ReturnType<typeof once>>[] = [];
for (let i = 0; i < repetitions; i++) runs.push(await once());
console.log(
  `Auto MPG, joint-em, 10 starts, ${repetitions} times, load ${loadavg()[0].toFixed(1)}, Node ${process.version}`,
);
for (const which of ['first', 'second'] as const) {
  const middle = (part: keyof (typeof runs)[number]['first']) => {
    const sorted = Float64Array.from(runs, (run) => run[which][part]).sort();
    return quantileSorted(sorted, 0.5).toFixed(0).padStart(5);
  };
  console.log(`${which} fit: ${middle('whole')} ms from the request to the result`);
  console.log(`  ${middle('starts')} ms until all starts had ended, ${middle('rest')} ms before and after`);
  console.log(`  ${middle('main')} ms of processor time on the core's own thread, ${middle('others')} on all others`);
  console.log(`  ${middle('wait')} ms was the longest wait for a sign of life`);
}
