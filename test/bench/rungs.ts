/**
 * Would short runs of all restarts, of which only the better half goes on, find the same optimum?
 *   node scripts/run-ts.mjs test/bench/rungs.ts <table.csv> [more tables] [--experts 2,3,4] [--seeds 20]
 * Runs ten restarts of joint EM to their ends and reads from their curves where each stood at the rungs: which start would have been
 * kept, and how many iterations had been saved. Tables are split 80/20 by the seed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Table } from '../../core/data/table';
import { chooseBest } from '../../core/fit/race';
import type { StartResult } from '../../core/fit/run';
import { fromRandom, openReal, problemOn, SAME } from './real-tables';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { experts: { type: 'string', default: '2,3,4' }, seeds: { type: 'string', default: '20' } },
});
if (positionals.length === 0)
  throw new Error('Name the tables: CSV files whose target is proposed when they are opened.');
const RESTARTS = 10;
/** A ladder: after so many iterations so large a share of the starts goes on. */
const LADDERS: readonly { readonly name: string; readonly rungs: readonly (readonly [at: number, kept: number])[] }[] =
  [
    { name: '10: half', rungs: [[10, 5]] },
    { name: '20: half', rungs: [[20, 5]] },
    { name: '40: half', rungs: [[40, 5]] },
    {
      name: '20: half, 40: a quarter',
      rungs: [
        [20, 5],
        [40, 3],
      ],
    },
    {
      name: '40: half, 80: a quarter',
      rungs: [
        [40, 5],
        [80, 3],
      ],
    },
    { name: '80: half', rungs: [[80, 5]] },
  ];

const temp = mkdtempSync(join(tmpdir(), 'moe-lab-bench-'));

async function race(table: Table, k: number, seed: number): Promise<{ results: StartResult[]; rows: number }> {
  const problem = await problemOn(table, k, seed);
  return { results: fromRandom(problem, RESTARTS, seed), rows: problem.train.n };
}

const objectiveAt = ({ trace }: StartResult, iteration: number): number =>
  trace[Math.min(iteration, trace.length - 1)].objective ?? -Infinity;

/** What a ladder would have kept, and the iterations it would have run. */
function climb(results: readonly StartResult[], rungs: (typeof LADDERS)[number]['rungs']) {
  let left = results.map((_, at) => at);
  let iterations = 0;
  let from = 0;
  for (const [at, kept] of rungs) {
    for (const i of left) iterations += Math.max(0, Math.min(results[i].iterations, at) - from);
    from = at;
    left = left.toSorted((a, b) => objectiveAt(results[b], at) - objectiveAt(results[a], at)).slice(0, kept);
  }
  for (const i of left) iterations += Math.max(0, results[i].iterations - from);
  const kept = left.map((i) => results[i]);
  return { kept: kept[chooseBest(kept)], iterations };
}

for (const file of positionals) {
  const table = await openReal(file, temp);
  for (const k of values.experts.split(',').map(Number)) {
    const races = [];
    for (let seed = 1; seed <= Number(values.seeds); seed++) races.push(await race(table, k, seed));
    for (const { name, rungs } of LADDERS) {
      let same = 0;
      let saved = 0;
      let lost = 0;
      for (const { results, rows } of races) {
        const full = results[chooseBest(results)];
        const { kept, iterations } = climb(results, rungs);
        const gap = (full.objective - kept.objective) / rows;
        if (gap <= SAME) same++;
        lost = Math.max(lost, gap);
        saved += 1 - iterations / results.reduce((sum, one) => sum + one.iterations, 0);
      }
      console.log(
        `${basename(file)} k=${k}, ${name}: the same optimum in ${same} of ${races.length}, at most ${lost.toFixed(4)} nats a row lost, ${((100 * saved) / races.length).toFixed(0)} % of the iterations saved`,
      );
    }
  }
  await table.close();
}
rmSync(temp, { recursive: true });
